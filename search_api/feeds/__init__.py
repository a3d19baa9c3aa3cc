"""Atom feeds of searches and watches."""
