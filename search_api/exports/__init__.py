"""Searches as files for other programs, complete and written as they are read."""
