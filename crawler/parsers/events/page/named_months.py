"""Months that are a part of what an event is called: the February meeting, die Märzsitzung,
декабрьское заседание.

No reader of dates sees a month in an adjective or a compound, and behind "from the" one would be
the beginning of an open span.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from crawler.parsers.dates.reader import PartialDate
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.paper_dates import OPEN_KINDS

ReadDates = Callable[[str], Sequence[PartialDate]]
"""The dates of a text in the language of the page, counted from its day."""

NAMED = "named"
"""The kind of such a date."""
_HELD = frozenset({"gathering", "weak", "trip"})
"""Kinds of heads that have a month."""
_APART = 2
"""Words from an adjective to its head, the head included."""


def read_named_months(text: str, words: EventVocabulary, read: ReadDates) -> Iterator[PartialDate]:
    """The months in adjectives before a head, and those that open a compound, in order."""
    if not words.named_months.search(text):
        return
    found = words.words(text)
    for place, word in enumerate(found):
        month = words.named_months.match(word.group())
        if not month:
            continue
        rest = word.group()[month.end() :].lstrip("-‑")
        if words.grammar.joins_compounds:
            named = _is_head(rest.removeprefix("s").capitalize(), words)
            named = named or _is_head(rest.capitalize(), words)
        else:
            behind = found[place + 1 : place + 1 + _APART]
            named = any(_is_head(w.group(), words) for w in behind)
        dates = read(words.phrase_of_month(month.group())) if named else ()
        for dated in dates[:1]:
            end = word.start() + month.end() if words.grammar.joins_compounds else word.end()
            yield replace(dated, start=word.start(), end=end, kind=NAMED)


def name_months(
    text: str, words: EventVocabulary, dates: Sequence[PartialDate]
) -> Iterator[PartialDate]:
    """The dates of a text: a month right before a head is its own, and opens no span (arising from
    the February meeting).
    """
    for dated in dates:
        behind = words.words(text[dated.end : dated.end + 40])[:1]
        before_head = (
            dated.kind in OPEN_KINDS
            and words.grammar.has_noun_adjuncts
            and behind
            and behind[0].start() == 1
            and _is_head(behind[0].group(), words)
        )
        yield replace(dated, kind=NAMED) if before_head and dated.iso else dated


def _is_head(word: str, words: EventVocabulary) -> bool:
    return bool(word) and words.head_of(word) in _HELD
