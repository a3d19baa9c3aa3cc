"""Persons in Latin script: German and English constructions around names that aren't inflected."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.folding import (
    APOSTROPHES,
    LETTER_APOSTROPHE,
    fold,
    word_before,
)
from crawler.parsers.entities.persons.roles import FARTHEST_ROLE, SINGLE_WORD, Roles, last_word
from crawler.parsers.entities.persons.tokens import NameToken, token_pattern
from crawler.parsers.scripts import LATIN_TRANSCRIPTIONS

_JOINED_PARTICLES = r"(?<!\bVander)(?<!\bVanden)(?<!\bDella)(?<!\bDegli)"
_LETTER = rf"(?:(?!(?<=[a-zß-öø-ÿ]{{4}}){_JOINED_PARTICLES}[A-ZÀ-ÖØ-Þ])[^\W\d]|['’ʻ‘ʼ])"
"""A capital amid a word is part of a name behind few letters (MacArthur) and behind a particle that
is written with it (VanderBilt), and else of a word that pages show without a space between
(Roe|November).
"""
_WORD = (
    rf"[A-ZÀ-ÖØ-ÞĀ-Ž]{_LETTER}{{0,60}}[a-zß-öø-ÿā-ž]{_LETTER}*+(?:-(?:[^\W\d]|['’ʻ])++)*+(?!-\s)"
)
"""The bound is for what goes on without end: no name has a small letter as late as that. What ends
with a hyphen is a part of a word (die Genese von Zinn- und Wolframerzen).
"""
_INITIAL = rf"(?:(?:{LATIN_TRANSCRIPTIONS}|[A-ZÄÖÜ])\.-?){{1,3}}"
_APOSTROPHE = re.compile(rf"(?<=\w)['{APOSTROPHES}](?=\w)")
_LONGEST_ROLE = 6


class LatinPersons:
    """Rules for Latin script."""

    def __init__(self, words: EntityWords) -> None:
        self._words = words
        self.roles = Roles(words, gap=r"[^\S\n]+")
        self.token = token_pattern(_INITIAL, words.name_particles, _WORD)
        self._speaks = re.compile(rf"[^\S\n]+(?:{any_of(map(re.escape, words.speaking))})(?!\w)")

    def role_up_to(self, before: str) -> re.Match[str] | None:
        """The role that leads up to the end; tried only where its last word may be of a role."""
        if not (self._may_end_role(last_word(before)) or self._ends_role_with_sign(before)):
            return None
        words = list(SINGLE_WORD.finditer(before))[-FARTHEST_ROLE:]
        return self.roles.before.search(before, words[max(0, len(words) - _LONGEST_ROLE)].start())

    def speaks_behind(self, text: str, end: int) -> bool:
        """Whether a verb of speaking follows (`A B said`)."""
        return self._speaks.match(text, end) is not None

    def is_first_name(self, word: str) -> bool:
        """Whether it is a known first name."""
        return fold(word) in self._words.first_names

    def is_patronymic(self, word: str) -> bool:
        """By its ending (Petrovich, Petrowitsch)."""
        return word.endswith(self._words.patronymic_endings)

    def is_ordinary(self, word: str) -> bool:
        """Unknown: there is no dictionary."""
        return False

    def is_numbering(self, text: str, piece: Sequence[NameToken]) -> bool:
        """`A. Introduction` at the start of a line. Besides what only looks like an initial: a
        country (U.S. Attorney), the end of a sentence behind a word that a letter counts (to point
        B. It …), of an abbreviation (P&L. Costs …).
        """
        start, initial = piece[0].start, piece[0].text
        opens_line = start == 0 or text[start - 1] == "\n"
        if initial in self._words.no_initials or text[start - 1 : start] == "&":
            return True
        if opens_line and (len(piece) == 2 or len(initial) == len("A.")):
            return True
        return fold(word_before(text, start)) in self._words.lettered

    def has_shape_of_name(self, text: str, piece: Sequence[NameToken]) -> bool:
        """Never: in German every noun has a capital."""
        return False

    def nominative(self, name: str, before: str) -> str:
        """The name as written."""
        return name

    def _ends_role_with_sign(self, before: str) -> bool:
        """Whether the last word has signs for the letter of an apostrophe, and may be of a role
        (o‘rinbosari).
        """
        last = before.rsplit(None, 1)[-1:]
        even = _APOSTROPHE.sub(LETTER_APOSTROPHE, last[0]) if last else ""
        return LETTER_APOSTROPHE in even and self._may_end_role(even)

    def _may_end_role(self, word: str) -> bool:
        """Whether a role may end in this word: a quick look before the expression is tried."""
        return word.lower().removesuffix("s") in self._words.role_words or self.roles.is_role(word)
