"""Measures of the days that a page names, by which the day of its publication is told."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from crawler.parsers.article.publication.marks import Mark

SOURCES = (
    *("json-ld.article.published", "json-ld.article.created", "json-ld.page.published"),
    *("meta.published", "meta.plain", "time", "byline", "json-ld.page.created"),
    *("json-ld.other.published", "json-ld.other.created", "json-ld.other.upload"),
    *("script.published", "script.created", "printed"),
    *("json-ld.article.modified", "json-ld.page.modified", "meta.modified", "script.modified"),
    *("json-ld.article.upload", "json-ld.page.upload", "json-ld.other.modified"),
)
"""What can name a day, the best first."""
STATED = ("json-ld.article.published", "meta.published", "json-ld.page.published", "meta.plain")
"""Sources that name the day of publication, the best first."""
MODIFIED = ("json-ld.article.modified", "meta.modified", "json-ld.page.modified")
_MOST = 3
_FAR = 9.0
"""Logarithm of more days than matter."""


def measure_days(marks: Sequence[Mark], month: str | None) -> dict[str, dict[str, float]]:
    """Day → its measures; `month` is the partial date that the address holds, if it does."""
    by_day: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        by_day[mark.day].append(mark)
    sources = {day: {m.source for m in found} for day, found in by_day.items()}
    everywhere = set().union(*sources.values()) if sources else set()
    page = {f"page.{name}": float(name in everywhere) for name in SOURCES}
    page["page.days"] = min(40, len(by_day))
    page["page.shown"] = min(40, sum(bool(s & {"time", "printed"}) for s in sources.values()))
    stated, modified = _first(marks, STATED), _first(marks, MODIFIED)
    page["page.stated.days"] = len({m.day for m in marks if m.source in STATED})
    close = sorted(
        day
        for day, found in by_day.items()
        if any(not m.place or (m.place["away"] <= 8 and not m.place["alike"]) for m in found)
    )
    measured = {}
    for day, found in by_day.items():
        measures = dict(page)
        measures |= _measure_sources(found)
        near = {
            source
            for other in (_moved(day, -1), _moved(day, 1))
            for source in sources.get(other, ())
        }
        measures["near.stated"] = bool(near & set(STATED))
        measures["near.shown"] = bool(near & {"time", "printed", "byline"})
        measures["month"] = 0 if month is None else 1 if day.startswith(month) else -1
        measures["gap.stated"] = _gap(day, stated)
        measures["gap.modified"] = _gap(day, modified)
        measures["later"] = sum(other > day for other in close)
        measures["earlier"] = sum(other < day for other in close)
        measures["new.year"] = day.endswith("-01-01")
        measures |= _measure_places([m for m in found if m.place])
        measured[day] = measures
    return measured


def best_of(marks: Sequence[Mark]) -> Mark:
    """Of marks that are shown the one that says most: not of a change, in no box, near the
    headline.
    """
    return min(
        marks,
        key=lambda m: (
            m.place["updated"] and not m.place["published"],
            m.place["boxed"] + m.place["name.other"],
            m.place["away"],
        ),
    )


_PLACE = (
    *(f"name.{name}" for name in ("date", "published", "modified", "meta", "entry", "other")),
    *("boxed", "inside", "shown", "tag.heading", "tag.time", "tag.list", "tag.footer"),
    *("tag.aside", "tag.article", "distance", "away", "behind", "first", "words", "published"),
    *("updated", "by", "event", "reading", "before", "after", "clock", "link", "alike"),
)


def _measure_places(marks: Sequence[Mark]) -> dict[str, float]:
    if not marks:
        return {f"best.{name}": -1.0 for name in _PLACE} | {
            "any.published": 0,
            "any.updated": 0,
            "all.updated": 0,
            "least.alike": -1,
            "least.words": -1,
            "boxless": 0,
        }
    best = best_of(marks)
    return {f"best.{name}": best.place[name] for name in _PLACE} | {
        "any.published": any(m.place["published"] for m in marks),
        "any.updated": any(m.place["updated"] for m in marks),
        "all.updated": all(m.place["updated"] or m.place["name.modified"] for m in marks),
        "least.alike": min(m.place["alike"] for m in marks),
        "least.words": min(m.place["words"] for m in marks),
        "boxless": sum(not m.place["boxed"] for m in marks),
    }


def _measure_sources(marks: Sequence[Mark]) -> dict[str, float]:
    counts: defaultdict[str, int] = defaultdict(int)
    for mark in marks:
        counts[mark.source] += 1
    return {f"said.{name}": min(_MOST, counts[name]) for name in SOURCES}


def _first(marks: Sequence[Mark], sources: Sequence[str]) -> str | None:
    return next((m.day for source in sources for m in marks if m.source == source), None)


def _moved(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return day


def _gap(day: str, other: str | None) -> float:
    """How far the day is behind the other, as signed logarithm of days; far where there is none."""
    if other is None:
        return _FAR
    days = (date.fromisoformat(day) - date.fromisoformat(other)).days
    return math.copysign(min(_FAR - 1, math.log2(1 + abs(days))), days)
