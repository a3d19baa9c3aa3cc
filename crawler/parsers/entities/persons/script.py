"""Reads the persons of one script: runs, pieces, evidence, and the name in the nominative."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import word_before
from crawler.parsers.entities.lexicon.tables import PERSONS
from crawler.parsers.entities.persons.evidence import EvidenceReader
from crawler.parsers.entities.persons.first_names import FirstNames
from crawler.parsers.entities.persons.pieces import Splitter
from crawler.parsers.entities.persons.roles import BEFORE, Roles
from crawler.parsers.entities.persons.tokens import NameToken, runs_of
from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.entities.russian.personal_names import cases_before, nominative
from crawler.parsers.entities.spans import EntityMatch


class ScriptReader:
    """The reader of one script."""

    def __init__(self, words: EntityWords, token: re.Pattern[str], *, cyrillic: bool) -> None:
        first_names = FirstNames(words, cyrillic=cyrillic)
        self._roles = Roles(words, cyrillic=cyrillic)
        self._words = words
        self._token = token
        self._cyrillic = cyrillic
        self._splitter = Splitter(words, first_names, self._roles)
        self._evidence = EvidenceReader(words, first_names, self._roles, cyrillic=cyrillic)
        self._no_person_before = re.compile(rf"[\s-]*{literal(words.not_after_names)}(?!\w)")

    def find(
        self, text: str, names: Sequence[EntityMatch], bodies: frozenset[int]
    ) -> Iterator[EntityMatch]:
        """Persons of one text; `bodies` are the offsets at which a body's name starts."""
        blocked = self._splitter.blocked(text, names)
        for run in runs_of(self._token, text):
            for piece in self._splitter.pieces(run, blocked, bodies):
                found = self._person(text, piece)
                if found is not None:
                    yield found

    def _person(self, text: str, piece: list[NameToken]) -> EntityMatch | None:
        if not piece or len(piece) > 7 or not any(t.kind == "word" for t in piece):
            return None
        start, end = piece[0].start, piece[-1].end
        before = text[max(0, start - BEFORE) : start]
        if self._no_person_before.match(text, end):
            return None
        rule, confidence, piece = self._evidence.read(text, before, piece)
        if not rule:
            return None
        start, end = piece[0].start, piece[-1].end
        if text[end - 2 : end] in ("'s", "’s"):
            end -= 2
        value = self._value(text[start:end], before)
        return EntityMatch(PERSONS, start, end, value, confidence, rule)

    def _value(self, surface: str, before: str) -> str:
        plain = re.sub(r"\s+", " ", surface)
        if not self._cyrillic:
            return plain
        return nominative(plain.split(), self._words.first_names, self._cases(before))

    def _cases(self, before: str) -> frozenset[str]:
        """The cases that the role or the preposition before a name asks for."""
        role = self._roles.up_to(before)
        if role is None:
            return cases_before(word_before(before, len(before)))
        first = re.split(r"[\s-]", role.group("role"))
        cases = {
            str(r.tag.case)
            for word in (first[-1] if first[0] in ("вице", "премьер") else first[0],)
            for r in readings(word.lower())
            if r.tag.POS == "NOUN" and r.tag.number == "sing"
        }
        preposition = cases_before(word_before(before, role.start()))
        return frozenset(cases & preposition or cases)
