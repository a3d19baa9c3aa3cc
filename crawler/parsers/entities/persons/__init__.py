"""Persons in a text, each with the name in the nominative as value.

A run of words with a capital becomes a name where something says so: a title or a role before it, a
role after it, a known first name, an initial. In German every noun has a capital, so there a run is
first split at everything that is known to be something else.
"""

from crawler.parsers.entities.persons.finder import PersonFinder

__all__ = ["PersonFinder"]
