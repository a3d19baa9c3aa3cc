"""Months and seasons that are a part of what an event is called: the February meeting, the spring
conference, die Märzsitzung, декабрьское заседание.

No reader of dates sees a month in an adjective or a compound, and behind "from the" one would be
the beginning of an open span.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.grammar.word_lists import folded
from crawler.parsers.events.page.date_mention import NAMED
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

ReadDates = Callable[[str], Sequence[PartialDate]]
"""The dates of a text in the language of the page, counted from its day."""

_LABEL = re.compile(
    r"(?:^|(?<=[\n.!?]\s)|(?<=\n))([^\W\d_]{3,9})(?=(?:\s\([^()\n\d]{4,60}\))?[:,.]\s[^\W\d_])"
)
"""The first word of a line or a sentence, where a mark and a word follow, behind brackets perhaps
(June (day to be fixed), Oulu).
"""
_HELD = frozenset({"gathering", "weak", "trip"})
"""Kinds of heads that have a month."""
_BEFORE_SEASON = 12
"""Characters before a season in which a preposition is looked for."""


def read_named_months(text: str, words: EventVocabulary, read: ReadDates) -> Iterator[PartialDate]:
    """The months in adjectives before a head, and those that open a compound, in order."""
    if not words.named_months.search(text):
        return
    found = words.words(text)
    for place, word in enumerate(found):
        month = words.named_months.match(word.group())
        if not month:
            continue
        if words.grammar.joins_compounds:
            named = _is_compound(word.group()[month.end() :], words)
        else:
            named = _qualifies_head([w.group() for w in found[place + 1 : place + 3]], words)
        dates = read(words.phrase_of_month(month.group())) if named else ()
        for dated in dates[:1]:
            end = word.start() + month.end() if words.grammar.joins_compounds else word.end()
            yield replace(dated, start=word.start(), end=end, kind=NAMED)


def read_month_labels(text: str, words: EventVocabulary, read: ReadDates) -> Iterator[PartialDate]:
    """The months that sentences of a chronicle open with (November: Oulu. …; Февраль, Ош. …)."""
    for label in _LABEL.finditer(text):
        phrase = words.month_labels.get(label.group(1).capitalize())
        for dated in read(phrase)[:1] if phrase else ():
            yield replace(dated, start=label.start(1), end=label.end(1), kind="date")


def name_months(
    text: str, words: EventVocabulary, dates: Sequence[PartialDate]
) -> Iterator[PartialDate]:
    """The dates of a text: a month right before a head is its own, and opens no span (arising from
    the February meeting), and so is a season (the spring conference, but in spring workshops
    begin).
    """
    for dated in dates:
        opens = (dated.kind in OPEN_KINDS and dated.iso) or _is_lone_season(text, dated, words)
        named = opens and words.grammar.has_noun_adjuncts
        named = named and _is_before_head(text, dated.end, words)
        yield replace(dated, kind=NAMED) if named else dated


def _is_lone_season(text: str, dated: PartialDate, words: EventVocabulary) -> bool:
    """Whether a date is a season's name alone, behind no preposition."""
    if dated.kind != "season" or not text[dated.start : dated.end].isalpha():
        return False
    before = text[max(0, dated.start - _BEFORE_SEASON) : dated.start].split()
    return not before or before[-1].casefold() not in words.place_prepositions


def _is_before_head(text: str, end: int, words: EventVocabulary) -> bool:
    behind = words.words(text[end : end + 40])[:1]
    return any(word.start() == 1 and _is_head(word.group(), words) for word in behind)


def _is_compound(rest: str, words: EventVocabulary) -> bool:
    """Whether what a compound has behind its month is a head, or set off by a hyphen and ends in
    one: an ending alone would find May in Maiskongress and June in Juniorenforum.
    """
    head = rest.lstrip("-‑")
    whole = head != rest or folded(head) in words.heads
    return whole and _is_head(head.capitalize(), words)


def _qualifies_head(behind: Sequence[str], words: EventVocabulary) -> bool:
    """Whether the words behind an adjective begin with its head, or one more adjective and it."""
    if len(behind) > 1 and words.grammar.is_adjective(behind[0]):
        behind = behind[1:]
    return bool(behind) and _is_head(behind[0], words)


def _is_head(word: str, words: EventVocabulary) -> bool:
    return bool(word) and words.head_of(word) in _HELD
