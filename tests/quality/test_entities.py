"""Floors of entity reading on the own labelled texts.

Countries, commodities and contacts are labelled in the later texts only; strategies and programmes
in all; persons and bodies as far as they have to do with an event, so that what is missed counts
and what is read besides does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest

from crawler.parsers.page import RawPage
from indexer.records.document import Page
from radar.training.value_answers import same
from tests.page_reader import packaged_reader
from tests.quality.event_scores import rows

FLOORS = {
    "countries": 0.98,
    "commodities": 0.93,
    "strategies": 0.85,
    "programmes": 0.85,
    "contact names": 0.75,
    "contact addresses": 0.97,
}
"""Field → F1; may be raised, never lowered."""
CONTACT_KEYS = {"contact names": ("name",), "contact addresses": ("phone", "fax", "email")}
LEAST_PERSONS, LEAST_BODIES = 0.95, 0.83
"""Share of the persons and bodies of events that are found."""


@cache
def read() -> dict[str, Page]:
    """Id → page, as `radar parse` reads the text."""
    reader = packaged_reader()
    return {
        row["id"]: reader.read(
            RawPage(text=row["text"], lang=row["lang"], published=row["published"])
        )
        for row in rows()
    }


@cache
def mentioned(field: str) -> dict[str, list[str]]:
    """Id → what the page mentions of a field."""
    return {i: [m.surface for m in p.mentions if m.field == field] for i, p in read().items()}


def f1(
    told: Iterable[tuple[list[str], list[str]]], alike: Callable[[str, str], bool] = same
) -> float:
    """F1 of lists of names, each page's labels beside what was read there."""
    hits = labels = readings = 0
    for wanted, got in told:
        hits += sum(any(alike(w, g) for g in got) for w in wanted)
        labels, readings = labels + len(wanted), readings + len(got)
    return 2 * hits / (labels + readings)


def labelled(row: dict[str, Any], field: str) -> tuple[list[str], list[str]] | None:
    """Labels of a field and what may be read besides; None where the text has no such labels."""
    if field in ("countries", "commodities") and field in row:
        key = {"countries": "code", "commodities": "name"}[field]
        free = row.get(f"{field}_optional", [])
        return [c[key] for c in row[field]], [c if isinstance(c, str) else c[key] for c in free]
    if field in CONTACT_KEYS and "contacts" in row:
        return [str(c[k]) for c in row["contacts"] for k in CONTACT_KEYS[field] if c.get(k)], []
    if field in row:
        return row[field], row.get(f"{field}_optional", [])
    return None


def found(page: Page, field: str) -> list[str]:
    """What was read of a field."""
    if field == "commodities":
        return [c.name for c in page.commodities]
    if field in CONTACT_KEYS:
        return [str(v) for c in page.contacts for k in CONTACT_KEYS[field] if (v := getattr(c, k))]
    return list(getattr(page, field))


def pairs(field: str) -> Iterable[tuple[list[str], list[str]]]:
    """Labels and readings of each page that has labels of a field."""
    for row in rows():
        labels = labelled(row, field)
        if labels is not None:
            got = found(read()[row["id"]], field)
            yield labels[0], [g for g in got if not any(same(o, g) for o in labels[1])]


@pytest.mark.parametrize("field", FLOORS)
def test_f1_stays_above_its_floor(field: str) -> None:
    score = f1(pairs(field))
    assert score >= FLOORS[field], score


def test_persons_of_events_are_found() -> None:
    wanted = [(row["id"], p["name"]) for row in rows() for e in row["events"] for p in e["persons"]]
    share = sum(any(same(name, f) for f in mentioned("persons")[i]) for i, name in wanted) / len(
        wanted
    )
    assert share >= LEAST_PERSONS, share


def test_bodies_of_events_are_found() -> None:
    wanted = [
        (row["id"], name)
        for row in rows()
        for e in row["events"]
        for name in (*e["organisers"], *e["participants"]["organisations"])
    ]
    share = sum(
        any(same(name, f) for f in mentioned("organisations")[i]) for i, name in wanted
    ) / len(wanted)
    assert share >= LEAST_BODIES, share
