"""What the languages share: their Protocol, head words, confidence of rules, making a match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from crawler.parsers.entities.language_rules import LanguageRules
from crawler.parsers.entities.lexicon.tables import PROGRAMMES, STRATEGIES
from crawler.parsers.entities.spans import EntityMatch, match_as_written

PATTERN = "strategy:"
"""What the rules of patterns begin with."""
NAMED_RULE = "named"
PLACED_RULE = "place"
"""Of names with a place and a year, which part them from those of the tables."""
QUOTED, WITH_YEARS, WITH_SUBJECT, CAPITALS, NAMED, LOOSE = 0.85, 0.8, 0.75, 0.75, 0.75, 0.6
"""Confidence of a find by its rule."""


class StrategyRules(LanguageRules, Protocol):
    """The patterns of one language for strategies and programmes."""

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Strategies and programmes by pattern."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The head words of a language."""

    strategies: str
    programmes: str

    def field(self, head: str) -> str:
        """The list that a head belongs to."""
        return PROGRAMMES if re.fullmatch(self.programmes, head, re.IGNORECASE) else STRATEGIES


def strategy_match(
    text: str, span: tuple[int, int], field: str, confidence: float, rule: str
) -> EntityMatch:
    """A match in the words of the text; `rule` without its prefix; blanks may begin the span."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return match_as_written(text, (start, end), field, confidence, f"{PATTERN}{rule}")
