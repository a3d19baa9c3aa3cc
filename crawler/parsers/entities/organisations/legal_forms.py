"""Firms by their legal form in Latin letters (GmbH, Ltd)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import lines_with
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.organisations.leading import LeadingWords
from crawler.parsers.entities.organisations.rules import BY_LEGAL_FORM, CAPITAL, organisation_match
from crawler.parsers.entities.phrases.marks import acronym_bracket
from crawler.parsers.entities.spans import EntityMatch

_LANGUAGES = ("de", "en")
"""Those whose legal forms stand behind the name, in Latin letters."""

_SHARED = re.compile(r"(?<![\w-])[A-ZÄÖÜ][\w]*-[^\S\n]+(?:und|&)[^\S\n]+\Z")
"""A first part that shares the end of the compound behind it (Mess- und | Fördertechnik AG)."""
_LONGEST_SHARED = 40


class LegalForms:
    """Finds a name that ends in a legal form; knows the legal form behind a name that is known."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset()
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], leading: LeadingWords) -> None:
        self._languages = languages
        self._leading = leading

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Firms in the order of the text."""
        companies = [
            match
            for start, stop in lines_with(self._tail, text)
            for match in self._company.finditer(text, start, stop)
        ]
        for match in companies:
            start = match.start() + self._behind_other(match.group())
            start += self._leading.length(text[start : match.end()])
            shared = _SHARED.search(text, max(0, start - _LONGEST_SHARED), start)
            start = shared.start() if shared else start
            end = acronym_bracket(text, match.end())
            yield organisation_match(text, start, end, BY_LEGAL_FORM, "legal-form")

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        legal = self._words("org_legal_forms")
        form, blank = rf"{literal(legal)}(?!\w)", r"[^\S\n]"
        # A long blank is tried from its beginning only, not from each of its characters.
        return re.compile(rf"{blank}(?<!{blank}{{2}}){blank}*{form}(?:{blank}+{form})?")

    def _behind_other(self, name: str) -> int:
        """How much of a name is that of another body before "and" (Tin Institute and A B Ltd)."""
        other = self._other.match(name)
        return other.end() if other else 0

    @cached_property
    def _other(self) -> re.Pattern[str]:
        """Words up to a head of bodies, and what joins the next one, which has a name of its own
        (not: Tin Company and Partners Ltd).
        """
        heads, joiners, ends = map(self._words, ("org_heads", "org_name_joiners", "org_name_ends"))
        blank = r"[^\S\n]+"
        return re.compile(
            rf"(?:[\w&’'-]+{blank}){{1,4}}{literal(heads)}{blank}{literal(joiners)}{blank}"
            rf"(?!{literal(ends)}\b)"
        )

    def _words(self, key: str) -> list[str]:
        return [w for c in _LANGUAGES for w in cues(self._languages, c).get(key, ())]

    @cached_property
    def _company(self) -> re.Pattern[str]:
        blank = r"[^\S\n]+"
        joined = any_of(
            rf"{joiner}{blank}(?=[A-Z]\w+{blank}{literal(legal)})"
            for code in _LANGUAGES
            for joiner, legal in cues(self._languages, code).get("org_name_joiners", {}).items()
        )
        return re.compile(
            rf"(?<![\w-]){CAPITAL}(?:{blank}(?:&{blank}|{joined})?{CAPITAL}){{0,4}}?"
            rf"(?:,)?{self._tail.pattern}"
        )

    def extend(self, known: EntityMatch, text: str) -> EntityMatch:
        """A find of the table with a legal form and an acronym in brackets that follow it."""
        legal = self._tail.match(text, known.end)
        end = acronym_bracket(text, legal.end() if legal else known.end)
        return EntityMatch(known.field, known.start, end, known.value, known.confidence, known.rule)
