"""Scores event records against labels: the counting that the quality tests share.

The format is that of the labelled event records: events with name, series, ordinal, start, end,
place, theme, organisers, participants and persons; `KEY_alt` lists values that are as good,
`KEY_optional` what may be read or not, `optional` marks such an event.
"""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from indexer.records.document import Event, Mention, Page, Person
from radar.training.value_answers import LISTS, SINGLE, flat, paired, same
from tests.event_texts import event_reader, text_page

TEXTS = Path(__file__).with_name("events_own.jsonl")

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
        named = wanted.get(key, [])
        told = [
            r
            for r in read.get(key, [])
            if any(same(w, r) for w in named) or not any(same(o, r) for o in free)
        ]
        _lists(scores, key, named, told)
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
