"""What the languages share: their Protocol, how sure each rule is, and how a find is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.parsers.entities.folding import Script, scripts_in
from crawler.parsers.entities.language_rules import LanguageRules
from crawler.parsers.entities.lexicon.tables import ORGANISATIONS
from crawler.parsers.entities.spans import EntityMatch, match_as_written

BY_HEAD, BY_LEGAL_FORM, BY_LOOSE_HEAD = 0.8, 0.85, 0.65
"""Confidence of a find by its rule."""

HEAD, BARE_HEAD = "organisation:head", "organisation:bare"
"""Rules of finds by a head; of one that is an ordinary word, in a heading in capitals."""

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'&/.+-]*(?<![.'’])"


class OrganisationRules(LanguageRules, Protocol):
    """The patterns of one language for bodies."""

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies by pattern; `names` are those of the tables."""


@dataclass(frozen=True)
class InScript:
    """The patterns of a language of two scripts, on texts in the other one."""

    rules: OrganisationRules
    script: Script

    @property
    def not_in(self) -> frozenset[str]:
        """As of the patterns."""
        return self.rules.not_in

    @property
    def only_in(self) -> frozenset[str]:
        """As of the patterns."""
        return self.rules.only_in

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Bodies by pattern, unless the patterns are tried on the text anyhow."""
        if self.rules.script not in scripts_in(text):
            yield from self.rules.find(text, names)


def organisation_match(
    text: str, start: int, end: int, confidence: float, rule: str
) -> EntityMatch:
    """A find in the words of the text; `rule` without its prefix."""
    return match_as_written(text, (start, end), ORGANISATIONS, confidence, f"organisation:{rule}")
