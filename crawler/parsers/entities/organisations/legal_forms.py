"""Firms and associations by their legal form in Latin letters (GmbH, Ltd, e.V.)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from crawler.parsers.entities.anchors import lines_with
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal
from crawler.parsers.entities.organisations.leading import LeadingWords
from crawler.parsers.entities.organisations.rules import BY_LEGAL_FORM, CAPITAL, organisation_match
from crawler.parsers.entities.phrases import acronym_bracket
from crawler.parsers.entities.spans import EntityMatch

_REGISTERED = re.compile(r"[^\S\n]e\.[^\S\n]?V\.")


class LegalForms:
    """Finds a name that ends in a legal form; knows the legal form behind a name that is known."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], leading: LeadingWords) -> None:
        self._languages = languages
        self._leading = leading

    def find(self, text: str) -> Iterator[EntityMatch]:
        """Registered associations, then firms."""
        registered = [
            match
            for start, stop in lines_with(_REGISTERED, text)
            for match in self._registered.finditer(text, start, stop)
        ]
        for match in registered:
            end = acronym_bracket(text, match.end())
            yield organisation_match(text, match.start(), end, BY_LEGAL_FORM, "legal-form")
        companies = [
            match
            for start, stop in lines_with(self._tail, text)
            for match in self._company.finditer(text, start, stop)
        ]
        for match in companies:
            start = match.start()
            start += self._leading.length(match.group())
            end = acronym_bracket(text, match.end())
            yield organisation_match(text, start, end, BY_LEGAL_FORM, "legal-form")

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        codes = ("de", "en")
        legal = [f for c in codes for f in cues(self._languages, c).get("org_legal_forms", ())]
        return re.compile(rf"(?:[^\S\n]+{literal(legal)}(?!\w)){{1,2}}")

    @cached_property
    def _company(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?<![\w-]){CAPITAL}(?:[^\S\n]+(?:&[^\S\n]+|und[^\S\n]+(?=[A-Z]\w+[^\S\n]+GmbH)|and[^\S\n]+(?=[A-Z]\w+[^\S\n]+(?:Ltd|LLP|Limited|Company|Corporation|Inc)))?{CAPITAL}){{0,4}}?"
            rf"(?:,)?{self._tail.pattern}"
        )

    @cached_property
    def _registered(self) -> re.Pattern[str]:
        """`Verband Bergbau, Geologie und Umwelt e.V.`: from the head to the legal form."""
        heads = literal(cues(self._languages, "de").get("org_heads", ()))
        small = literal(
            h.lower() for h in cues(self._languages, "de").get("org_heads", ()) if len(h) > 3
        )
        words = r"(?:[^\S\n]+(?:für|der|des|und|zur|von|in|[A-ZÄÖÜ][\w-]*,?|[a-zäöüß-]+(?:er|en)(?=[^\S\n][A-ZÄÖÜ])))"
        return re.compile(
            rf"(?<![\w-])(?:{heads}|[A-ZÄÖÜ][\w-]*{small}){words}{{1,10}}[^\S\n]+e\.[^\S\n]?V\."
        )

    def extended(self, known: EntityMatch, text: str) -> EntityMatch:
        """A find of the table with a legal form and an acronym in brackets that follow it."""
        legal = self._tail.match(text, known.end)
        end = acronym_bracket(text, legal.end() if legal else known.end)
        return EntityMatch(known.field, known.start, end, known.value, known.confidence, known.rule)
