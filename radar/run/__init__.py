"""`radar run`: its stages, and what they share."""
