"""Genders of the nouns that bodies and events are called by: the key `genders` of a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LONGEST_COMPOUND = 100
"""Letters of a noun that are looked at: each costs a look for the endings from there."""


class NounGenders:
    """Told by the longest ending that is one of the nouns (Dachverband: Verband)."""

    def __init__(self, genders: Mapping[str, Sequence[str]]) -> None:
        self.number_words = frozenset[str]()
        """None: names of bodies hold no words for numbers that would be adjectives."""
        self._genders = {n.casefold(): gender for gender, nouns in genders.items() for n in nouns}

    def gender_of(self, noun: str) -> str | None:
        """Gender of a noun in the nominative; `plural` for one that stands for several things. None
        for another word.
        """
        low = noun.casefold()[-LONGEST_COMPOUND:]
        return next((g for i in range(len(low)) if (g := self._genders.get(low[i:]))), None)

    def ordinal(self, word: str) -> None:
        """None: an ordinal is no part of what a body is called."""
