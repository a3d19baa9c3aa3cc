"""Floors of entity reading on the own labelled texts.

Countries, commodities and contacts are labelled in the later texts only; strategies and programmes in
all; persons and bodies as far as they have to do with an event, so that what is missed counts and
what is read besides does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest

from crawler.parsers.page import PageReader, RawPage
from indexer.document import Page
from indexer.reference import load_reference
from tests.quality.event_scores import rows, same

FLOORS = {
    "countries": 0.98,
    "commodities": 0.93,
    "strategies": 0.85,
    "programmes": 0.85,
    "contact names": 0.75,
    "contact addresses": 0.97,
}
"""Field → F1; may be raised, never lowered."""
LEAST_PERSONS, LEAST_BODIES = 0.95, 0.83
"""Share of the persons and bodies of events that are found."""


@cache
def read() -> dict[str, Page]:
    """Id → page, as `radar parse` reads the text."""
    reader = PageReader(load_reference())
    return {
        row["id"]: reader.read(
            RawPage(text=row["text"], lang=row["lang"], published=row["published"])
        )
        for row in rows()
    }


def f1(
    pairs: Iterable[tuple[list[str], list[str]]], alike: Callable[[str, str], bool] = same
) -> float:
    """F1 of lists of names, each page's labels beside what was read there."""
    hits = labelled = found = 0
    for wanted, got in pairs:
        hits += sum(any(alike(w, g) for g in got) for w in wanted)
        labelled, found = labelled + len(wanted), found + len(got)
    return 2 * hits / (labelled + found)


def named(row: dict[str, Any], field: str) -> list[tuple[list[str], list[str]]]:
    """Labels and readings of a field of one page; none where the text has no such labels."""
    if field in ("strategies", "programmes") and field not in row:
        return []
    page = read()[row["id"]]
    if field in ("strategies", "programmes"):
        free = row.get(f"{field}_optional", [])
        got = [g for g in getattr(page, field) if not any(same(o, g) for o in free)]
        return [(row[field], got)]
    if field not in row and not field.startswith("contact"):
        return []
    if field == "countries":
        return [([c["code"] for c in row["countries"]], list(page.countries))]
    if field == "commodities":
        free = [c["name"] for c in row.get("commodities_optional", [])]
        return [
            (
                [c["name"] for c in row["commodities"]],
                [c.name for c in page.commodities if c.name not in free],
            )
        ]
    keys = ("name",) if field == "contact names" else ("phone", "fax", "email")
    contacts = row.get("contacts")
    if contacts is None:
        return []
    labels = [str(c[k]) for c in contacts for k in keys if c.get(k)]
    return [(labels, [str(v) for c in page.contacts for k in keys if (v := getattr(c, k))])]


@pytest.mark.parametrize("field", FLOORS)
def test_f1_stays_above_its_floor(field: str) -> None:
    score = f1(pair for row in rows() for pair in named(row, field))
    assert score >= FLOORS[field], score


def test_persons_of_events_are_found() -> None:
    wanted = [(row["id"], p["name"]) for row in rows() for e in row["events"] for p in e["persons"]]
    found = {
        row_id: [m.surface for m in page.mentions if m.field == "persons"]
        for row_id, page in read().items()
    }
    share = sum(any(same(name, f) for f in found[i]) for i, name in wanted) / len(wanted)
    assert share >= LEAST_PERSONS, share


def test_bodies_of_events_are_found() -> None:
    wanted = [
        (row["id"], name)
        for row in rows()
        for e in row["events"]
        for name in (*e["organisers"], *e["participants"]["organisations"])
    ]
    found = {
        row_id: [m.surface for m in page.mentions if m.field == "organisations"]
        for row_id, page in read().items()
    }
    share = sum(any(same(name, f) for f in found[i]) for i, name in wanted) / len(wanted)
    assert share >= LEAST_BODIES, share
