"""Scores event records against labels: the counting that the quality tests share.

The format is that of the labelled event records: events with name, series, ordinal, start, end,
place, theme, organisers, participants and persons; `KEY_alt` lists values that are as good,
`KEY_optional` what may be read or not, `optional` marks such an event.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from indexer.records.document import Event, Mention, Page, Person
from indexer.records.event_fields import EVENT_FIELDS
from tests.event_texts import event_reader, text_page

TEXTS = Path(__file__).with_name("events_own.jsonl")

UNLABELLED = ("status", "place.venue")
SINGLE = [f for f in EVENT_FIELDS if not f.many and f.path not in UNLABELLED]
LISTS = [f for f in EVENT_FIELDS if f.many and f.owner != "persons"]

Score = dict[str, list[float]]


@cache
def readings() -> dict[str, tuple[Page, tuple[Event, ...], list[Mention]]]:
    """Id → page, events read from it, and their mentions."""
    found = {}
    for row in rows():
        page = text_page(row["text"], row["lang"], row["published"])
        found[row["id"]] = (page, *event_reader().find(page))
    return found


@cache
def scores() -> tuple[Score, tuple[int, int]]:
    """Field → [hits, labelled, read], and (pages given an event, pages) of those without one."""
    scores: Score = defaultdict(lambda: [0.0, 0.0, 0.0])
    false = negative = 0
    for row in rows():
        events = [flat(e) for e in readings()[row["id"]][1]]
        negative += not row["events"]
        false += not row["events"] and bool(events)
        for label, event in paired(row["events"], events):
            if not (label or {}).get("optional"):
                _count(scores, label, event)
    return scores, (false, negative)


def rows() -> list[dict[str, Any]]:
    """The labelled texts."""
    return [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]


def flat(event: Event) -> dict[str, Any]:
    """An event with the values of its place and participants beside the others."""
    values = {field.name: field.value(event) for field in (*SINGLE, *LISTS)}
    return {**values, "persons": event.persons}


def paired(
    labels: list[dict[str, Any]], events: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Labels with the event most like them by name and start; what is left over alone."""
    left = list(events)
    for label in labels:
        best = max(left, key=lambda e: _likeness(label, e), default=None)
        if best is not None and _likeness(label, best) >= 0.5:
            left.remove(best)
            yield label, best
        else:
            yield label, None
    for event in left:
        yield None, event


def _likeness(label: dict[str, Any], event: dict[str, Any]) -> float:
    names = [label["name"], *label.get("name_alt", [])]
    return max(_overlap(n, event["name"]) for n in names) + (
        0.5 if label["start"] and label["start"] == event["start"] else 0.0
    )


def _count(scores: Score, label: dict[str, Any] | None, event: dict[str, Any] | None) -> None:
    wanted, read = label or {}, event or {}
    wanted = {**wanted, **wanted.get("place", {}), **wanted.get("participants", {})}
    _add(scores, "event", float(bool(label and event)), bool(label), bool(event))
    for key in (field.name for field in SINGLE):
        values = [v for v in (wanted.get(key), *wanted.get(f"{key}_alt", [])) if v]
        hit = any(same(v, read.get(key)) for v in values) if read.get(key) else False
        if wanted.get(key) or not hit:
            _add(scores, key, float(hit), bool(wanted.get(key)), bool(read.get(key)))
    for key in (field.name for field in LISTS):
        free = wanted.get(f"{key}_optional", [])
        told = [r for r in read.get(key, []) if not any(same(o, r) for o in free)]
        _lists(scores, key, wanted.get(key, []), told)
    _persons(scores, wanted.get("persons", []), read.get("persons", ()))


def _lists(scores: Score, key: str, wanted: list[str], read: list[str]) -> None:
    hits = sum(any(same(w, r) for r in read) for w in wanted)
    _add(scores, key, hits, len(wanted), len(read))


def _persons(scores: Score, wanted: list[dict[str, Any]], read: tuple[Person, ...]) -> None:
    _lists(scores, "persons", [w["name"] for w in wanted], [p.name for p in read])
    for label in wanted:
        person = next((p for p in read if same(label["name"], p.name)), None)
        for key in ("role", "organisation"):
            value = getattr(person, key) if person else None
            wanted_values = [v for v in (label[key], *label.get(f"{key}_alt", [])) if v]
            hit = bool(value) and any(same(v, value) for v in wanted_values)
            if label[key] or not hit:
                _add(scores, f"persons.{key}", float(hit), bool(label[key]), bool(value))


def _add(scores: Score, key: str, hit: float, wanted: float, read: float) -> None:
    for i, value in enumerate((hit, wanted, read)):
        scores[key][i] += value


def f1(scores: Score) -> dict[str, float]:
    """Field → F1, of the fields that have labels."""
    return {key: 2 * hit / (wanted + read) for key, (hit, wanted, read) in scores.items() if wanted}


def same(wanted: Any, read: Any) -> bool:
    """Whether a value read is the labelled one, in another case perhaps."""
    if isinstance(wanted, str) and isinstance(read, str):
        return wanted == read or _overlap(wanted, read) >= 0.6
    return bool(wanted == read)


def _overlap(a: str, b: str) -> float:
    """F1 of the words of two names, the last letters of long words forgiven."""
    left, right = (
        [w[: max(4, len(w) - 2)] for w in re.findall(r"\w+", s.casefold())] for s in (a, b)
    )
    shared = sum(1 for w in left if w in right)
    return 2 * min(shared, len(right)) / (len(left) + len(right)) if left and right else 0.0
