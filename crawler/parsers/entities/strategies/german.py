"""Strategies and programmes in German: a head, or a compound with one, and what follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import Anchors
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.lexicon.forms import adjective_forms
from crawler.parsers.entities.lexicon.tables import STRATEGIES
from crawler.parsers.entities.phrases.german import german_tail
from crawler.parsers.entities.phrases.marks import Tail, acronym_bracket, find_quoted
from crawler.parsers.entities.phrases.years import YearSpans
from crawler.parsers.entities.spans import EntityMatch
from crawler.parsers.entities.strategies.heads import (
    LOOSE,
    PLACED_RULE,
    QUOTED,
    WITH_SUBJECT,
    WITH_YEARS,
    Heads,
    strategy_match,
)
from crawler.parsers.entities.strategies.named import ACRONYM_NAME, NamedProgrammes
from crawler.parsers.scripts import GERMAN_CAPITALS

_MOST_ATTRIBUTES = 4


@dataclass(frozen=True, slots=True)
class _Tails:
    """What may follow a German head: its subject, its owner, the other party."""

    about: Tail
    of: Tail
    with_country: Tail


class GermanStrategies:
    """Finds them in any Latin text that is not known to be English."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset({"en"})
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], years: YearSpans) -> None:
        self._languages = languages
        self._years = years

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        head, heads, tails = self._head
        for match in self._anchors.matches(head, text):
            word = match.group("part") or match.group("rest") or match.group("head")
            field = heads.field(word[0].upper() + word[1:])
            name = find_quoted(text, match.end())
            if name is not None:
                yield strategy_match(text, name, field, QUOTED, "quoted")
                continue
            of_place = self._place_and_year.match(text, match.end())
            if of_place and field == STRATEGIES:
                span = match.start(), of_place.end()
                yield strategy_match(text, span, field, WITH_YEARS, PLACED_RULE)
                continue
            found = self._find_unquoted(text, match, field, tails)
            if found is not None:
                yield found
        yield from self._named.find(text)

    @cached_property
    def _named(self) -> NamedProgrammes:
        """By an acronym: each noun has a capital."""
        heads = cues(self._languages, "de").get("programme_heads", ())
        return NamedProgrammes(
            heads, rf"(?:\w+-?)?(?i:{literal(heads, any_case=True)})(?:e?s)?", ACRONYM_NAME
        )

    def _find_unquoted(
        self, text: str, match: re.Match[str], field: str, tails: _Tails
    ) -> EntityMatch | None:
        end, start = match.end(), match.start()
        about, of, with_country = tails.about, tails.of, tails.with_country
        with_subject = about(text, end)
        with_years = self._years.end(text, max(with_subject, end))
        if match.group("subject"):
            reached = max(with_years, of(text, end), with_country(text, end))
            return strategy_match(text, (start, reached), field, WITH_SUBJECT, "compound")
        if match.group("other"):
            law = match.group("rest").lower() in self._laws
            if (
                law
                or with_years > max(with_subject, end)
                or (match.group("left") and field == STRATEGIES)
            ):
                return strategy_match(
                    text, (start, max(with_years, of(text, end))), field, LOOSE, "compound"
                )
            return None
        if with_years > max(with_subject, end):
            return strategy_match(text, (start, with_years), field, WITH_YEARS, "years")
        if field == STRATEGIES and with_subject > end:
            return strategy_match(
                text, (start, acronym_bracket(text, with_subject)), field, LOOSE, "subject"
            )
        return None

    @cached_property
    def _head(self) -> tuple[re.Pattern[str], Heads, _Tails]:
        words = cues(self._languages, "de")
        heads = Heads(
            literal(words.get("strategy_heads", ())), literal(words.get("programme_heads", ()))
        )
        every = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        subjects = literal(words.get("strategy_subjects", ()))
        attributes = any_of(
            re.escape(form)
            for a in words.get("strategy_attributes", ())
            for form in adjective_forms(a, "de")
        )
        small = literal(h.lower() for h in every)
        head = re.compile(
            rf"(?<![\w-])(?P<left>(?i:(?:{attributes}[^\S\n]+){{0,{_MOST_ATTRIBUTES}}}))"
            rf"(?:(?P<head>{literal(every)})|(?P<subject>{subjects})(?:s|n|en)?-?(?P<part>(?i:{small}))|(?P<other>[A-ZÄÖÜ][\w-]*?-?)(?P<rest>(?i:{small})))(?:s|es)?(?!\w)"
        )
        stops = words.get("phrase_stops", ())
        about = german_tail(
            ("zu", "zur", "zum", "über", "für", "zwischen", "im Bereich"),
            stops,
            r"(?!)",
            2,
            further=("der", "des", "von", "zwischen", "mit"),
        )
        of = german_tail(("der", "des", "von", "für", "zur", "zu"), stops, r"(?!)", 2)
        other_party = german_tail(("mit",), stops, r"(?!)", 1)
        return head, heads, _Tails(about, of, other_party)

    @cached_property
    def _place_and_year(self) -> re.Pattern[str]:
        """Whose strategy it is, and its year (Kupferstrategie Nordland 2040), but no time of that
        year (Ende Mai 2040).
        """
        words = cues(self._languages, "de")
        times = literal([*words.get("strategy_times", ()), *words.get("named_months", ())])
        return re.compile(
            rf"(?:[ ](?!{times}\b)[{GERMAN_CAPITALS}][\w-]+){{1,3}}[ ]20\d\d(?!\w|\.\d|[ ]\d)"
        )

    @cached_property
    def _anchors(self) -> Anchors:
        words = cues(self._languages, "de")
        heads = [*words.get("strategy_heads", ()), *words.get("programme_heads", ())]
        return Anchors(heads, before=_MOST_ATTRIBUTES, endings=("", "s", "es"))

    @cached_property
    def _laws(self) -> frozenset[str]:
        """Heads whose compounds are names by themselves (Berggesetz, Abfallgesetz)."""
        return frozenset(cues(self._languages, "de").get("strategy_laws", ()))
