"""`radar forget` and retention: removing pages from database, archive and index."""
