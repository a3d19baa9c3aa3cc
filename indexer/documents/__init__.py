"""Stored documents: queries for the later stages and for display."""
