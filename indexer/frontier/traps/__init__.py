"""Traps: addresses without end that show what is known already."""
