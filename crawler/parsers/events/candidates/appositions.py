"""Titles that a word for a gathering only explains: «Соль и степь», выставка; Tin & Tea, a webinar;
Teplo Ost, Messe für Wärmetechnik; „Alte Halden“ heißt das Webinar. The title is what the event is
called.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.parsers.entities.tagger.finder import RULE as TAGGER
from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.noun_phrases import NounPhrase
from crawler.parsers.events.grammar.function_words import CAPITAL, SMALL
from crawler.parsers.events.grammar.sentences import CELL_MARK
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.date_mention import DateMention

_KINDS = frozenset({"gathering", "weak"})
_BETWEEN = re.compile(rf"(?:,\s(?:[{SMALL}]{{1,4}}\s)?|\s[–—]\s)\Z")
"""What stands between a title and the word that explains it: a comma and an article, or a dash."""
_SO = re.compile(rf"(?:\s?[,–—])?\s(?:[{SMALL}]{{2,4}}\s)?\Z")
_ARTICLE = re.compile(rf"\s(?:[{SMALL}]{{2,4}}\s)?")
"""What stands between a title and the word for calling, and between that and the word that explains
it («Соль» – так называется вебинар).
"""
_QUOTED = re.compile(r"[«„“\"]([^«»„“”\"\n]{3,90})[»“”\"]\Z")
_CAPITALS = re.compile(
    rf"(?:\A|[.:·|•*►]\s+|\A[-–]\s+)((?:\d+D\s)?[{CAPITAL}][\w’'-]*(?:\s(?:[{CAPITAL}\d][\w’'-]*|&|[{SMALL}]{{1,3}})){{0,5}}"
    rf"\s[{CAPITAL}\d][\w’'-]*)\Z"
)
"""Words with capitals, two or more, that open a line or what stands behind a day and a town."""
_BRAND = re.compile(r"[A-Z][\w’-]*[A-Z][\w’-]*\s")
"""A word with capitals in it, before another one."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REACH = 110


def name_by_title(page: AnnotatedPage, c: Candidate) -> Candidate:
    """A candidate with the title that it explains as its name; itself where there is none."""
    name, s = c.name, c.sentence
    if c.kind not in _KINDS or name.ordinal or name.year or name.quote or c.plural:
        return c
    masked = page.masked[s.part]
    start = max(s.start, name.start - _REACH)
    between = _BETWEEN.search(masked, start, name.start) or _calling(masked, c, start)
    if between is None or CELL_MARK in between.group():
        return c
    before = masked[start : between.start()]
    quoted = _QUOTED.search(before)
    if quoted is not None:
        span = (start + quoted.start(1), start + quoted.end(1))
    else:
        set_off = between.end() == name.start and start == s.start
        found = _CAPITALS.search(before) if set_off else None
        if found is None:
            return c
        span = (start + found.start(1), start + found.end(1))
    if _is_something_else(page, c, span, quoted=quoted is not None):
        return c
    title = masked[slice(*span)]
    year = _YEAR.search(title)
    name = NounPhrase(*span, year=year.group() if year else None, left_words=tuple(title.split()))
    return replace(c, name=name)


def is_called_by(masked: str, c: Candidate, title: tuple[int, int]) -> bool:
    """Whether a mention is said to be called by a title (a webinar entitled "Old heaps"), which is
    no event beside it.
    """
    return any(
        c.head[0] < cue.start
        and not masked[c.name.end : cue.start].strip(" ,")
        and not masked[cue.end : title[0]].strip(' «„“"')
        for cue in c.sentence.cue("called")
    )


def _calling(masked: str, c: Candidate, start: int) -> re.Match[str] | None:
    """What stands between a title and the word for calling before a mention, if there is one."""
    for cue in c.sentence.cue("called"):
        if cue.end < c.name.start and _ARTICLE.fullmatch(masked, cue.end, c.name.start):
            return _SO.search(masked, start, cue.start)
    return None


def _is_something_else(
    page: AnnotatedPage, c: Candidate, span: tuple[int, int], *, quoted: bool
) -> bool:
    """Whether a title is a day, or the name of a place, body or person, or of another gathering; a
    brand may have the name of a place behind it (MineTech Uzbekistan).
    """
    s = c.sentence
    fields: tuple[str, ...] = ("persons",)
    if not quoted:
        brand = _BRAND.match(page.masked[s.part], *span)
        fields += ("organisations",) if brand else ("organisations", "places", "countries")
    listed = s.entry is not None
    known: list[tuple[int, int]] = [
        (m.start, m.end) for m in s.of(*fields) if not (listed and m.extractor == TAGGER)
    ]
    dates: tuple[DateMention, ...] = s.dates
    known += [(d.start, d.end) for d in dates]
    if any(start < span[1] and span[0] < end for start, end in known):
        return True
    words = page.vocabulary.words(page.masked[s.part][slice(*span)])
    return any(page.vocabulary.head_of(w.group()) in ("gathering", "body", "trip") for w in words)
