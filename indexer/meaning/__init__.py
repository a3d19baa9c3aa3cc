"""Meaning: vectors of passages that are near to each other where they say the same."""
