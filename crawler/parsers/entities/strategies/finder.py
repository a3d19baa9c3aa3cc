"""Strategies and programmes: what the tables and the patterns of all languages find."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from crawler.parsers.entities.cluster_sense import ClusterSense
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.folding import scripts_in
from crawler.parsers.entities.lexicon.tables import PROGRAMMES, STRATEGIES
from crawler.parsers.entities.phrases.marks import acronym_bracket
from crawler.parsers.entities.phrases.years import YearSpans
from crawler.parsers.entities.spans import EntityMatch, Spans, longest_per_field
from crawler.parsers.entities.strategies.english import EnglishStrategies
from crawler.parsers.entities.strategies.german import GermanStrategies
from crawler.parsers.entities.strategies.heads import StrategyRules
from crawler.parsers.entities.strategies.russian import RussianStrategies

_WISH_REACH = 60


class StrategyFinder:
    """Finds strategies and programmes by pattern; keeps those of the tables."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], clusters: ClusterSense) -> None:
        self._languages = languages
        self._clusters = clusters
        years = YearSpans(languages)
        self._rules: tuple[StrategyRules, ...] = (
            GermanStrategies(languages, years),
            EnglishStrategies(languages, years),
            RussianStrategies(languages, years),
        )

    def find(
        self, text: str, names: Sequence[EntityMatch], language: str | None
    ) -> list[EntityMatch]:
        """All of both fields; none overlaps another of its field."""
        names = Spans.of(names)
        known = [n for n in names if n.field in (STRATEGIES, PROGRAMMES)]
        scripts = scripts_in(text)
        found = (
            match
            for rules in self._rules
            if rules.script in scripts and language not in rules.not_in
            for match in rules.find(text)
        )
        whole = [_reaching(f, text, names) for f in found]
        kept = [
            f
            for f in whole
            if self._economic(f, text, language) and not self._is_wished_for(f, text)
        ]
        return list(longest_per_field(_with_tables(known, kept, text)))

    def _is_wished_for(self, found: EntityMatch, text: str) -> bool:
        """Whether somebody only asks for it (стране нужна стратегия по …, we need a strategy for
        …).
        """
        return self._wishes.search(text, max(0, found.start - _WISH_REACH), found.start) is not None

    @cached_property
    def _wishes(self) -> re.Pattern[str]:
        words = [
            w
            for code in self._languages
            for w in cues(self._languages, code).get("strategy_wishes", ())
        ]
        return re.compile(
            rf"(?<!\w){literal(words)}[^\S\n]+(?:[\w-]+[^\S\n]+){{0,2}}\Z", re.IGNORECASE
        )

    def _economic(self, found: EntityMatch, text: str, language: str | None) -> bool:
        match = self._clusters.word.search(text, found.start, found.end)
        return match is None or self._clusters.economic_cluster(
            text, match.start(), match.end(), language
        )


def _reaching(found: EntityMatch, text: str, names: Spans) -> EntityMatch:
    """A name isn't cut inside a name of the tables."""
    end = found.end_with(names)
    if end == found.end:
        return found
    value = found.value + re.sub(r"\s+", " ", text[found.end : end])
    return EntityMatch(found.field, found.start, end, value, found.confidence, found.rule)


def _with_tables(
    known: Sequence[EntityMatch], found: Sequence[EntityMatch], text: str
) -> list[EntityMatch]:
    """Names of the tables win where a pattern covers little more; a longer pattern around one keeps
    its id.
    """
    kept = [
        EntityMatch(k.field, k.start, acronym_bracket(text, k.end), k.value, k.confidence, k.rule)
        for k in known
    ]
    for one in found:
        covered = [k for k in kept if k.overlaps(one.start, one.end)]
        if not covered:
            kept.append(one)
    return kept
