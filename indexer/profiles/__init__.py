"""Profiles of sites, as they are kept: what was learnt, from what, and whether it still holds."""
