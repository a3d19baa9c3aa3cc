"""Organisations in English: a head word between capitals and prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.headings import Headings
from crawler.parsers.entities.organisations.leading import LeadingWords
from crawler.parsers.entities.organisations.rules import BY_HEAD, CAPITAL, organisation_match
from crawler.parsers.entities.phrases.english import english_tail
from crawler.parsers.entities.phrases.marks import Tail, acronym_bracket
from crawler.parsers.entities.spans import EntityMatch

_JOINT = re.compile(r"[^\S\n]+(?:and|&)[^\S\n]+(?:the[^\S\n]+)?")
"""Between a body and the next: Authority of Mines and Oil | and | Norland Corporation."""

_SHORT = r"[A-Z]{2,6}[^\S\n]+[A-Z][\w-]*"
"""A short name and a word behind it: a body of its own behind "and" (SRK Mining)."""


class EnglishOrganisations:
    """Finds them in any Latin text that is not known to be German."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset({"de"})
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], leading: LeadingWords) -> None:
        self._languages = languages
        self._leading = leading

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        head, tail = self._patterns
        last = 0
        for match in head.finditer(text):
            start = match.start()
            joint = _JOINT.match(text, last) if start < last else None
            if joint and joint.end() < match.start("head"):
                start = joint.end()
            start += self._leading.length(match.group())
            ends = [m.end() for m in self._firm_and.finditer(text, start, match.start("head"))]
            start = ends[-1] if ends else start
            reached = acronym_bracket(text, tail(text, match.end()))
            firm = self._and_firm.search(text, match.end(), reached)
            reached = firm.start() if firm else reached
            board = self._board.match(text, match.start("head"), reached)
            start = board.end() if board else start
            if reached == match.end() and start >= match.start("head"):
                continue
            last = reached
            vague = match.group("head") in self._vague and reached == match.end()
            rule = "bare" if vague and self._headings.hide(text, start, reached) else "head"
            yield organisation_match(text, start, reached, BY_HEAD, rule)

    @cached_property
    def _headings(self) -> Headings:
        return Headings(cues(self._languages, "en").get("small_in_titles", ()))

    @cached_property
    def _vague(self) -> frozenset[str]:
        """Heads that are ordinary words, too (Zero Trust, Mood Board)."""
        return frozenset(cues(self._languages, "en").get("org_vague_heads", ()))

    @cached_property
    def _firm_and(self) -> re.Pattern[str]:
        """The legal form that ends the name of a firm, and what joins the next body (Delta Tin JSC
        and | Norland College).
        """
        return re.compile(rf"(?<=[^\S\n]){self._legal}{_JOINT.pattern}")

    @cached_property
    def _and_firm(self) -> re.Pattern[str]:
        """What joins a firm of several words to a body before it (School of Mines | and Delta Tin
        LLC); one word alone is of the body's name (Institute of Mining and Metallurgy LLC).
        """
        word = rf"{CAPITAL}[^\S\n]+"
        return re.compile(rf"{_JOINT.pattern}(?:{word}){{2,4}}?{self._legal}(?!\w)")

    @cached_property
    def _legal(self) -> str:
        return literal(cues(self._languages, "en").get("org_legal_forms", ()))

    @cached_property
    def _board(self) -> re.Pattern[str]:
        """A part that bodies have alike, up to "of" (Board of Directors of | Norland Mines)."""
        parts = literal(cues(self._languages, "en").get("org_parts", ()))
        return re.compile(rf"{parts}[^\S\n]+of[^\S\n]+(?:the[^\S\n]+)?")

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], Tail]:
        words = cues(self._languages, "en")
        heads = literal(words.get("org_heads", ()))
        others = [heads, *(literal(words.get(key, ())) for key in ("roles", "org_ends")), _SHORT]
        joint = rf"(?:of|and|for|&)[^\S\n]+(?!The\b)(?={CAPITAL}[^\S\n]+)"
        run = rf"(?:{CAPITAL}[^\S\n]+(?:{joint})?){{0,6}}?"
        head = re.compile(rf"(?<![\w-])(?P<left>{run})(?P<head>{heads})(?![\w-]|[’'](?!s\b))")
        tail = english_tail(
            ("of", "for", "on"),
            words.get("phrase_stops", ()),
            any_of(others),
            3,
            small_letters=False,
        )
        return head, tail
