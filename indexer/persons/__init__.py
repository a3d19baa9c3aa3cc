"""Persons: whom pages mean that give a person's first name by an initial."""
