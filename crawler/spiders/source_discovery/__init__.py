"""Discovery of one source in one run: its entry points are fetched, their links collected."""
