"""Firms in Latin letters amid Cyrillic text of languages that put endings behind words (кытайлык
Tarim Geo Tools): nobody else is written so there, but brands of events and the persons behind
a post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.organisations.rules import BY_LOOSE_HEAD, organisation_match
from crawler.parsers.entities.organisations.suffixed_words import (
    SuffixedOrganisations,
    word_before_name,
)
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.scripts import CYRILLIC_SMALL

LATIN = "suffixed-latin"
"""Rule of these finds."""
_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ÿĀ-ž&’'/-]*"
_RUN = re.compile(rf"(?<![\w«„“\"-]){_WORD}(?: (?:& )?{_WORD}){{1,4}}(?![\w»”\"])")
_CYRILLIC = re.compile(rf"[{CYRILLIC_SMALL}]")


class LatinNames(SuffixedOrganisations):
    """Runs of capitals in the other script."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], language: str) -> None:
        super().__init__(languages, language, "cyrillic")
        gatherings = cues(languages, "en").get("event_heads", ())
        self._gatherings = frozenset(fold(head).rpartition(" ")[2] for head in gatherings)

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Such runs in lines of Cyrillic text."""
        for line in re.finditer(r"[^\n]+", text):
            runs = list(_RUN.finditer(text, *line.span()))
            latin = sum(len(run.group()) for run in runs)
            if runs and 2 * len(_CYRILLIC.findall(line.group())) > latin:
                for run in runs:
                    if self._is_body(text, run):
                        yield organisation_match(text, *run.span(), BY_LOOSE_HEAD, LATIN)

    def _is_body(self, text: str, run: re.Match[str]) -> bool:
        """Whether nothing says that it is an event or a person."""
        before = word_before_name(text, run.start())
        if before in self._posts or self._head_beside(text, *run.span()) in self._events:
            return False
        return self._gatherings.isdisjoint(fold(run.group()).split())
