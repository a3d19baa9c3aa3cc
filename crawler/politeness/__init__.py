"""Politeness and self-defence: robots.txt, pace, back-off, forbidden addresses, size limits."""
