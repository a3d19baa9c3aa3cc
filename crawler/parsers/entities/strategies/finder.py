"""Strategies and programmes: what the tables and the patterns of all languages find."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from crawler.parsers.entities.cluster_sense import ClusterSense
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.language_rules import tried_on
from crawler.parsers.entities.lexicon.tables import (
    COUNTRIES,
    ORGANISATIONS,
    PLACES,
    PROGRAMMES,
    STRATEGIES,
)
from crawler.parsers.entities.phrases.marks import acronym_bracket
from crawler.parsers.entities.phrases.years import YearSpans
from crawler.parsers.entities.spans import EntityMatch, Spans, longest_per_field
from crawler.parsers.entities.strategies.english import EnglishStrategies
from crawler.parsers.entities.strategies.german import GermanStrategies
from crawler.parsers.entities.strategies.heads import (
    NAMED_RULE,
    PATTERN,
    PLACED_RULE,
    StrategyRules,
)
from crawler.parsers.entities.strategies.russian import RussianStrategies
from crawler.parsers.entities.strategies.suffixed import EzafeStrategies, HeadLastStrategies

_WISH_REACH = 60
_OWNERS = frozenset({COUNTRIES, ORGANISATIONS, PLACES})


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
            *(HeadLastStrategies(languages, code, "cyrillic") for code in ("kk", "ky", "uz", "mn")),
            HeadLastStrategies(languages, "uz", "latin"),
            EzafeStrategies(languages, "tg", "cyrillic"),
        )

    def find(
        self, text: str, names: Sequence[EntityMatch], language: str | None
    ) -> list[EntityMatch]:
        """All of both fields; none overlaps another of its field."""
        names = Spans.of(names)
        known = [n for n in names if n.field in (STRATEGIES, PROGRAMMES)]
        found = (
            match for rules in tried_on(text, language, self._rules) for match in rules.find(text)
        )
        whole = [_reaching(f, text, names) for f in found if not _is_owned(f, names)]
        kept = [
            f
            for f in whole
            if self._economic(f, text, language) and not self._is_wished_for(f, text)
        ]
        return list(longest_per_field(_with_tables(known, kept, text)))

    def drop_in_bodies(self, found: Sequence[EntityMatch], text: str) -> list[EntityMatch]:
        """The finds of all fields without the strategies and programmes that patterns see in the
        name of a body (Project Office), or in a fund that is a body (Фонд развития недр).
        """
        bodies = Spans(f for f in found if f.field == ORGANISATIONS)
        return [f for f in found if not self._is_body(f, text, bodies)]

    def _is_body(self, found: EntityMatch, text: str, bodies: Spans) -> bool:
        if found.field not in (STRATEGIES, PROGRAMMES) or not found.rule.startswith(PATTERN):
            return False
        holding = [
            b
            for b in bodies.touching(found.start, found.end)
            if b.start <= found.start and found.end <= b.end
        ]
        longer = any(b.end - b.start > found.end - found.start for b in holding)
        return longer or bool(holding and self._fund.search(text, found.start, found.end))

    @cached_property
    def _fund(self) -> re.Pattern[str]:
        words = [w for c in self._languages for w in cues(self._languages, c).get("fund_heads", ())]
        return re.compile(rf"(?i:{any_of(map(re.escape, words))})")

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
            rf"(?<!\w){literal(words, any_case=True)}[^\S\n]+(?:[\w-]+[^\S\n]+){{0,2}}\Z",
            re.IGNORECASE,
        )

    def _economic(self, found: EntityMatch, text: str, language: str | None) -> bool:
        match = self._clusters.word.search(text, found.start, found.end)
        return match is None or self._clusters.economic_cluster(
            text, match.start(), match.end(), language
        )


def _is_owned(found: EntityMatch, names: Spans) -> bool:
    """Whether what stands beside a head says whose programme it is (the UNDP programme)."""
    return found.rule == PATTERN + NAMED_RULE and any(
        n.field in _OWNERS and n.start <= found.start
        for n in names.touching(found.start, found.end)
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
    its id. What a place and a year tell apart is none of the tables.
    """
    placed = Spans(f for f in found if f.rule == PATTERN + PLACED_RULE)
    kept = [
        EntityMatch(k.field, k.start, acronym_bracket(text, k.end), k.value, k.confidence, k.rule)
        for k in known
        if not any(p.end > k.end for p in placed.touching(k.start, k.end))
    ]
    for one in found:
        covered = [k for k in kept if k.overlaps(one.start, one.end)]
        if not covered:
            kept.append(one)
    return kept
