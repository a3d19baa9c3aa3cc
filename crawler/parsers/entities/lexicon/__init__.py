"""All names of the tables, in all their written forms, found in one pass."""
