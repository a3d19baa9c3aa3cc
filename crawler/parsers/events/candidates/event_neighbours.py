"""What the gate says of the other events of a page, as measures of one of them: where lines of one
form tell events, the next one does, and a page rarely tells one event twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.parsers.events.candidates.coreference import EventMentions, is_same_word
from crawler.parsers.events.candidates.dated_lines import DatedLine, line_of
from crawler.parsers.events.trained.joint_model import bounded

_NEAR = 3
"""Sentences over which an event is beside another one."""
_MOST_ODDS, _SCALE = 4.0, 2.0
"""Log odds that are told apart, and what they are divided by, so that penalties treat them as other
measures.
"""
_MANY, _LOWEST_RANK = 8.0, 6


def measure_neighbours(
    events: Sequence[EventMentions], odds: Sequence[float], lines: Sequence[DatedLine]
) -> list[dict[str, float]]:
    """Measures of each event of a page; `odds` are what the gate says of each by itself."""
    judged = [
        _Judged(
            event,
            bounded(of_event, _MOST_ODDS),
            1 / (1 + math.exp(-bounded(of_event, _MOST_ODDS))),
            event.candidates[0].sentence.index,
            event.best.word,
            event.sentences(),
            {date.first for date in event.dates},
            line_of(event.best, lines),
        )
        for event, of_event in zip(events, odds, strict=True)
    ]
    measured = [
        _measure(own, [other for other in judged if other is not own], len(lines)) for own in judged
    ]
    return [{name: float(value) for name, value in m.items() if value} for m in measured]


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """An event and what the gate says of it."""

    event: EventMentions
    odds: float
    likely: float
    place: int
    """The sentence that mentions it first."""
    word: str
    sentences: set[int]
    days: set[str]
    line: DatedLine | None


def _measure(own: _Judged, others: Sequence[_Judged], lines: int) -> dict[str, float]:
    same = [o.likely for o in others if is_same_word(o.word, own.word)]
    likely = [o.likely for o in others]
    above = sum(p > own.likely for p in likely)
    measures = {
        "first.odds": own.odds / _SCALE,
        "first.likely": own.likely,
        "first.most": _most(likely),
        "first.sum": min(_MANY, sum(likely)) / _MANY,
        "first.before": _most(o.likely for o in others if 0 <= own.place - o.place <= _NEAR),
        "first.behind": _most(o.likely for o in others if 0 <= o.place - own.place <= _NEAR),
        "first.same": _most(same),
        "first.has_same": bool(same),
        "first.sentence": _most(o.likely for o in others if o.sentences & own.sentences),
        "first.dated": _most(o.likely for o in others if o.days & own.days),
        "first.rank": min(_LOWEST_RANK, above) / _LOWEST_RANK,
        "first.alone": not others,
    }
    return measures | _measure_in_lines(own, others, lines)


def _measure_in_lines(own: _Judged, others: Sequence[_Judged], lines: int) -> dict[str, float]:
    """How likely events of other dated lines are, where it stands in one."""
    if own.line is None:
        return {}
    by_line: dict[int, float] = {}
    for other in others:
        if other.line is not None and other.line is not own.line:
            start = other.line.start
            by_line[start] = max(other.likely, by_line.get(start, 0.0))
    total = sum(by_line.values())
    return {
        "first.siblings": total / max(1, len(by_line)),
        "first.lines": total / max(1, lines - 1),
        "first.in_line": _most(o.likely for o in others if o.line is own.line),
        "first.has_lines": 1.0,
    }


def _most(likely: Iterable[float]) -> float:
    return max(likely, default=0.0)
