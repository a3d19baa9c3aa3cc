"""Brands that are events: with a year (STEPPE Mining Days 2031, OreConf31), or known ones where a
sentence says that somebody was there (at PDAC, auf der COP36).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.clauses import ClauseFinder

_WORD = r"\w*+(?:-(?![A-Z&])\w*+)*"
"""The rest of a word. A hyphen before a capital begins the next one: in no row of capitals may
there be two ways to part them (COP-COP-COP-…, of which each further one doubled the time).
"""
_BRAND_YEAR = re.compile(
    rf"(?<![\w-])((?:[A-Z][A-Z&+]{{2,40}}+{_WORD}|[A-Z][a-z]++[A-Z]\w++)"
    rf"(?:[ -](?:[A-Z][\w&]{{0,40}}+{_WORD}|&)){{0,9}})"
    r"[ -]((?:19|20)\d\d)(?![\w/]|[․.]\d)"
)
"""A name that opens with capitals, or has one amid a word, and a year (STEPPE Mining Days 2031,
ERZ-2031, SteinTech 2031).
"""
_JOINED = re.compile(
    r"(?<![\w-])([A-Z][\w&]{0,40}(?:Con|Conf|Camp|Expo|Fest|Days?|CON|CONF|EXPO|DAYS?))"
    r"((?:19|20)\d\d|\d\d)(?!\w|[․.]\d)"
)
"""A name with the letters of an event, and the year joined to it (OreConf31)."""
_QUARTER = re.compile(r"(?<!\w)(?:Q[1-4]|[1-4]Q|H[12]|[12]H|FY|YTD)\Z")
"""The last word of what is no brand: what a company reports on (ACME Q3 2031)."""
_YEAR_BEHIND = re.compile(r"[ -](?:19|20)\d\d")
_NUMBER = r"(?:[ -]?(?P<year>(?:19|20)\d\d)|\d\d)?(?![\w/-]|[․.]\d| \d)"
"""A year, or the number of a session (COP36), not an amount (COP 500 a tonne)."""
_BEFORE = 24
"""Characters before a known brand among which it says that somebody was there."""
_NAMED = ("strategies", "programmes", "persons", "countries")
"""Fields of mentions that a brand is none of."""


class BrandFinder:
    """Finds brands in the sentences of one language."""

    def __init__(self, vocabulary: EventVocabulary, clauses: ClauseFinder) -> None:
        self._clauses = clauses
        known = "|".join(map(re.escape, vocabulary.event_brands))
        self._known = re.compile(rf"(?<![\w-])({known}){_NUMBER}") if known else None
        before = "|".join(map(re.escape, vocabulary.before_event_brands))
        self._before = re.compile(rf"(?:^|\W)(?:{before})\s\Z", re.IGNORECASE)

    def find(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, here: Sequence[Candidate]
    ) -> list[Candidate]:
        """Brands that no candidate covers."""
        masked = page.masked[sentence.part]
        found: list[Candidate] = []
        for m, year in self._matches(masked, sentence):
            taken = [(c.name.start, c.name.end) for c in (*here, *found)]
            covered = any(start < m.end() and m.start() < end for start, end in taken)
            known = any(k.start <= m.start() < k.end for k in sentence.of(*_NAMED))
            if covered or known:
                continue
            clause = self._clauses.find_around(masked, sentence, m.start())
            name, word = NounPhrase(m.start(), m.end(), year=year), m.group(1).casefold()
            found.append(Candidate(sentence, name, m.span(1), word, "brand", clause))
        return found

    def _matches(
        self, masked: str, sentence: AnnotatedSentence
    ) -> Iterator[tuple[re.Match[str], str | None]]:
        """What may be a brand, with its year."""
        bounds = (sentence.start, sentence.end)
        if _YEAR_BEHIND.search(masked, *bounds):  # several times as fast
            for m in _BRAND_YEAR.finditer(masked, *bounds):
                if not _QUARTER.search(m.group(1)):
                    yield m, m.group(2)
        for m in _JOINED.finditer(masked, *bounds):
            yield m, m.group(2) if len(m.group(2)) > len("31") else None
        for m in self._known.finditer(masked, *bounds) if self._known else ():
            before = masked[max(sentence.start, m.start() - _BEFORE) : m.start()]
            if m.end() > m.end(1) or self._before.search(before):
                yield m, m["year"]
