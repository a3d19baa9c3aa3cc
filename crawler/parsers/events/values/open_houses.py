"""What may be a house although no rule, table or tagger says so: pieces of a line beside a town, a
person or a day (Suhl, Alte Weberei, 4 May), what stands behind a preposition of place (in der
Telux), and runs of capitals with a word for a house (Ort war das Schloss Freudenstein).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from crawler.parsers.alternatives import either
from crawler.parsers.events.grammar.function_words import ARTICLES, CAPITAL, LINKS_IN_HOUSES
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence

Place = tuple[int, int]
"""Of a sentence: start and end."""
Spans = Iterator[tuple[int, int, Mapping[str, float]]]
"""Places in a sentence, with what speaks for each."""
_LONGEST = 80
_MOST_WORDS = 7
_MOST_SMALL = 4
"""Words behind a preposition, where the first is written small."""
_PIECE = re.compile(r"[^,;:|()\n•·–—\[\]/]+")
_EDGES = " \t\r\n*+.!?-"
_NAME = rf"[{CAPITAL}][\w’'-]*|[„«\"“][^„«»“”\"\n]{{2,60}}[“”»\"]"
_FURTHER = rf"(?:\s(?:{_NAME}|\d+[\w-]*|№\s?\d+))"
_RUN = re.compile(rf"(?:{_NAME}){_FURTHER}*")
_MORE = re.compile(rf"{_FURTHER}+")
_LINKED = re.compile(rf"(?:\s(?:{LINKS_IN_HOUSES})){{1,2}}{_FURTHER}+")
_WORD = re.compile(r"[\w’'-]+")


def open_houses(page: AnnotatedPage, s: AnnotatedSentence) -> Spans:
    """What may be a house in a sentence: neither a town, a person nor a day."""
    names = [(m.start, m.end) for m in s.of("places", "countries", "persons")]
    days = [(d.start, d.end) for d in s.dates]
    known = [*names, *days]
    for spans in (
        _pieces(page, s, names, days),
        _behind_prepositions(page, s),
        _with_heads(page, s),
    ):
        for start, end, measures in spans:
            is_known = any(first <= start and end <= last for first, last in known)
            if end - start <= _LONGEST and not is_known:
                yield start, end, measures


def _pieces(
    page: AnnotatedPage, s: AnnotatedSentence, names: Sequence[Place], days: Sequence[Place]
) -> Spans:
    """The pieces of a line beside one with a town, a person or a day."""
    masked = page.masked[s.part]
    pieces = [m.span() for m in _PIECE.finditer(masked, s.start, s.end)]
    with_name = [_shares(piece, names) for piece in pieces]
    with_day = [_shares(piece, days) for piece in pieces]
    for at, (first, last) in enumerate(pieces):
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(pieces)]
        name, day = any(with_name[i] for i in beside), any(with_day[i] for i in beside)
        if not (name or day) or with_day[at]:
            continue
        start = last - len(masked[first:last].lstrip(_EDGES))
        end = first + len(masked[first:last].rstrip(_EDGES))
        words = masked[start:end].split()
        if 0 < len(words) <= _MOST_WORDS and any(map(str.isalpha, masked[start:end])):
            measures = {"from.piece": 1.0, "piece.known": float(name), "piece.day": float(day)}
            yield start, end, measures


def _shares(piece: Place, places: Sequence[Place]) -> bool:
    return any(start < piece[1] and piece[0] < end for start, end in places)


def _behind_prepositions(page: AnnotatedPage, s: AnnotatedSentence) -> Spans:
    """What stands behind a preposition of place: a run of capitals, or some words written small;
    each also with what is linked to it (St. Anna in der Au).
    """
    masked = page.masked[s.part]
    for before in _prepositions(page.vocabulary).finditer(masked, s.start, s.end):
        run = _RUN.match(masked, before.end(), s.end)
        if run:
            yield from _with_linked(masked, run.start(), run.end(), s.end, {"from.behind": 1.0})
        else:
            yield from _small_words(page, s, before.end())


def _with_linked(
    masked: str, start: int, end: int, stop: int, measures: Mapping[str, float]
) -> Spans:
    yield start, end, measures
    linked = _LINKED.match(masked, end, stop)
    if linked:
        yield start, linked.end(), {**measures, "span.linked": 1.0}


def _small_words(page: AnnotatedPage, s: AnnotatedSentence, start: int) -> Spans:
    """The first words from a place on, one, two …, and with the capitals behind them."""
    masked, end = page.masked[s.part], start
    measures = {"from.behind": 1.0, "behind.small": 1.0}
    for number, word in enumerate(_WORD.finditer(masked, start, s.end)):
        goes_on = word.start() == start if not number else masked[end : word.start()] == " "
        stops = word.group().casefold() in page.vocabulary.determiners
        if number == _MOST_SMALL or not goes_on or (number and stops):
            return
        end = word.end()
        yield from _with_linked(masked, start, end, s.end, measures)
        more = _MORE.match(masked, end, s.end)
        if more and word.group().islower():
            yield start, more.end(), {**measures, "span.linked": 1.0}


def _with_heads(page: AnnotatedPage, s: AnnotatedSentence) -> Spans:
    """Runs of capitals that hold a word for a house."""
    masked, heads = page.masked[s.part], _heads(page.vocabulary)
    for run in _RUN.finditer(masked, s.start, s.end):
        for start, end, measures in _with_linked(
            masked, run.start(), run.end(), s.end, {"from.head": 1.0}
        ):
            if heads.search(masked, start, end):
                yield start, end, measures


@lru_cache(maxsize=16)
def _prepositions(words: EventVocabulary) -> re.Pattern[str]:
    before = {*map(str.casefold, words.venue_before), *words.place_prepositions}
    return re.compile(rf"(?<!\w)(?i:{either(before)})\s(?:(?i:{ARTICLES})\s)?")


@lru_cache(maxsize=16)
def _heads(words: EventVocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?i:{either(words.venue_heads)})")
