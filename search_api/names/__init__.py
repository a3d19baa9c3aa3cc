"""Persons, organisations, strategies, series of events and places: their lists and pages."""
