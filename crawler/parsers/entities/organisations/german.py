"""Organisations in German: a head or a compound with one, or an opening word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from crawler.parsers.entities.anchors import Anchors, lines_with
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import Script
from crawler.parsers.entities.lexicon.tables import COUNTRIES, NATIONALITIES, PLACES
from crawler.parsers.entities.organisations.leading import LeadingWords
from crawler.parsers.entities.organisations.rules import (
    BY_HEAD,
    BY_LEGAL_FORM,
    BY_LOOSE_HEAD,
    organisation_match,
)
from crawler.parsers.entities.phrases.german import german_tail
from crawler.parsers.entities.phrases.marks import Tail, acronym_bracket, find_quoted
from crawler.parsers.entities.spans import EntityMatch, Spans

_PLURAL_HEAD = re.compile(
    r"(?:verlage|universitäten|hochschulen|akademien|kammern|konzerne|ministerien|werke|verbände|institute|ämter|räte|vereine|dienste|zentren|klubs|ungen|schaften|ionen|agenturen|banken|behörden)n?$",
    re.IGNORECASE,
)
"""German heads in the plural: with nothing behind them they name no single body (innovative
Netzwerke).
"""
_GERMAN_ENDINGS = ("", "s", "es", "e", "en", "n", "sen", "ses")
_REGISTERED = re.compile(r"[^\S\n]e\.[^\S\n]?V\.")
_MOST_JOINED = 2
"""Words before a head that its compound may share it with (Bergbau- und …verband)."""


class RegisteredAssociations:
    """Finds German associations by their legal form, in any Latin text."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset()
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """Finds in the order of the text."""
        for start, stop in lines_with(_REGISTERED, text):
            for match in self._pattern.finditer(text, start, stop):
                end = acronym_bracket(text, match.end())
                yield organisation_match(text, match.start(), end, BY_LEGAL_FORM, "legal-form")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """`Verband Bergbau, Geologie und Umwelt e.V.`: from the head to the legal form."""
        heads = literal(cues(self._languages, "de").get("org_heads", ()))
        small = literal(
            h.lower() for h in cues(self._languages, "de").get("org_heads", ()) if len(h) > 3
        )
        words = (
            r"(?:[^\S\n]+(?:für|der|des|und|zur|von|in|[A-ZÄÖÜ][\w-]*,?"
            r"|[a-zäöüß-]+(?:er|en)(?=[^\S\n][A-ZÄÖÜ])))"
        )
        return re.compile(
            rf"(?<![\w-])(?:{heads}|[A-ZÄÖÜ][\w-]*{small}){words}{{1,10}}[^\S\n]+e\.[^\S\n]?V\."
        )


class GermanOrganisations:
    """Finds them in any Latin text that is not known to be English."""

    script: ClassVar[Script] = "latin"
    not_in: ClassVar[frozenset[str]] = frozenset({"en"})
    only_in: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, languages: Mapping[str, Mapping[str, Any]], leading: LeadingWords) -> None:
        self._languages = languages
        self._leading = leading

    def find(self, text: str, names: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
        """By head, then by opening word; `names` are those of the tables."""
        yield from self._by_head(text, Spans.of(names))
        yield from self._find_opened(text)

    def _by_head(self, text: str, names: Spans) -> Iterator[EntityMatch]:
        head, before = self._patterns
        for match in self._anchors.matches(head, text):
            start, end = match.start(), match.end()
            left = before.search(text, max(0, start - 60), start)
            proper = _proper_start(
                text, start, left, self._leading.length(left.group()) if left else 0, names
            )
            tail = _through_place(self._tail(text, end), text, names)
            bracket = acronym_bracket(text, tail)
            name = find_quoted(text, end)
            compound = match.group("head").lower() != match.group("head")[:1].lower() + match.group(
                "head"
            )[1:] or "-" in match.group("head")
            if name is not None and name[1] + 1 > bracket:
                bracket = name[1] + 1
            if bracket == end and _PLURAL_HEAD.search(match.group()) and not compound:
                continue
            if (
                bracket == end
                and proper == start
                and not self._particular_compound(match.group("head"))
            ):
                continue
            if proper == start and self._is_figurative(text, match, bracket, names):
                continue
            confidence = BY_HEAD if bracket > end or compound else BY_LOOSE_HEAD
            yield organisation_match(text, proper, bracket, confidence, "head")

    def _is_figurative(self, text: str, head: re.Match[str], end: int, names: Spans) -> bool:
        """Whether a head with a genitive behind it means something else: "im Zentrum der Debatte",
        "die Botschaft der Leser" (an embassy is that of a country).
        """
        genitive = self._genitive.match(text, head.end(), end)
        if genitive is None:
            return False
        senses, word = self._figurative, head.group()
        if word in senses.get("amid", ()):
            return (
                self._amid.search(text, max(0, head.start() - len("ins ")), head.start())
                is not None
            )
        if word not in senses.get("of_countries", ()):
            return False
        lands = (n.field in (COUNTRIES, NATIONALITIES) for n in names.touching(head.start(), end))
        return not any(lands) and not self._states.search(text, head.end(), end)

    @cached_property
    def _figurative(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = cues(self._languages, "de").get("org_figurative", {})
        return found

    @cached_property
    def _genitive(self) -> re.Pattern[str]:
        return re.compile(rf"[^\S\n]+{literal(self._figurative.get('genitives', ()))}\b")

    @cached_property
    def _amid(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?i:\b{literal(self._figurative.get('before', ()), any_case=True)})\s\Z"
        )

    @cached_property
    def _states(self) -> re.Pattern[str]:
        return re.compile(literal(self._figurative.get("states", ())))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        words = cues(self._languages, "de")
        heads = words.get("org_heads", ())
        whole = literal(heads)
        compound = literal(h.lower() for h in heads if len(h) > 3)
        ending = literal(_GERMAN_ENDINGS)
        joined = r"(?:[A-ZÄÖÜ][\w-]*-[^\S\n]und[^\S\n])?"
        head = re.compile(
            rf"(?<![\w-]){joined}(?P<head>(?:[A-ZÄÖÜ][\w-]*?{compound}|[A-ZÄÖÜ][\w-]*-{whole}|{whole}){ending})(?![\w])"
        )
        before = re.compile(
            r"(?:(?:[A-ZÄÖÜ][\w-]+(?:e|er|es|en|em)|[A-Z][A-Z-]+|[A-ZÄÖÜ][\w-]+(?:er|isch\w*))[^\S\n]+){1,3}$"
        )
        return head, before

    @cached_property
    def _tail(self) -> Tail:
        words = cues(self._languages, "de")
        roles = any_of(re.escape(r) + r"\w*" for r in words.get("roles", ()))
        heads = literal(words.get("org_heads", ()))
        return german_tail(
            ("für", "der", "des", "zur", "zum", "von"),
            words.get("phrase_stops", ()),
            rf"(?:[\w-]*{roles}|{heads})",
            2,
        )

    @cached_property
    def _anchors(self) -> Anchors:
        heads = cues(self._languages, "de").get("org_heads", ())
        return Anchors(heads, before=_MOST_JOINED, endings=_GERMAN_ENDINGS)

    def _find_opened(self, text: str) -> Iterator[EntityMatch]:
        for match in self._clusters.finditer(text):
            yield organisation_match(text, match.start(), match.end(), BY_LOOSE_HEAD, "opener")
        for match in self._openers.finditer(text):
            yield organisation_match(text, match.start(), match.end(), BY_HEAD, "opener")

    def _particular_compound(self, word: str) -> bool:
        """Investitionsministerium: a ministry of its own; other compounds may be anything."""
        kinds = cues(self._languages, "de").get("org_particular", {})
        particular = re.match(
            rf"(?i)[\w-]{{4,}}{literal(kinds.get('endings', ()), any_case=True)}$", word
        )
        return particular is not None and not word.startswith(tuple(kinds.get("not", ())))

    @cached_property
    def _openers(self) -> re.Pattern[str]:
        words = literal(cues(self._languages, "de").get("org_openers", ()))
        adjectives = literal(cues(self._languages, "de").get("org_adjectives", ()))
        noun = r"[A-ZÄÖÜ][a-zäöüß]+"
        return re.compile(
            rf"(?<![\w-]){words}[^\S\n]+(?:Bergakademie[^\S\n]+)?"
            rf"(?:{adjectives}[^\S\n]+{noun}(?=[^\S\n]{noun}-{noun})[^\S\n]+"
            rf"|{adjectives}[^\S\n]+(?={noun}))?{noun}(?:-{noun})*"
        )

    @cached_property
    def _clusters(self) -> re.Pattern[str]:
        words = literal(cues(self._languages, "de").get("org_openers_long", ()))
        noun = r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)*"
        return re.compile(rf"(?<![\w-]){words}(?:[^\S\n]+{noun}){{2}}(?![\w-])")


def _proper_start(
    text: str, start: int, left: re.Match[str] | None, leading: int, names: Spans
) -> int:
    """Where adjectives that belong to the name start: `Nationalen …`, `kasachischen …`."""
    if left is not None:
        return left.start() + leading
    gap = start
    while gap and text[gap - 1].isspace():
        gap -= 1
    for name in names.touching(gap, start):
        if (
            name.field == NATIONALITIES
            and text[name.end : start].strip() == ""
            and name.end < start
        ):
            return name.start
    return start


def _through_place(end: int, text: str, names: Spans) -> int:
    """The end of a country or town that follows right behind (Universität Leoben, Botschaft
    Kanadas).
    """
    near = names.touching(end, end + 1)
    return next(
        (n.end for n in near if n.field in (COUNTRIES, PLACES) and text[end : n.start] == " "), end
    )
