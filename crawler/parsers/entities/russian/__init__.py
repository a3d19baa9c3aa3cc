"""Nominatives of Russian names and noun phrases."""
