"""Whole pages, made up in the styles of many content management systems: one test for each field.

A case is a folder with `page.html` (bytes), `meta.json` (url, content type) and `expected.json`:
fields of the page's JSON form, and `contact`, the text of that part.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.page import RawPage
from indexer.records.document import Page
from tests.page_reader import packaged_reader

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))


@cache
def read(case: Path) -> Page:
    meta = json.loads((case / "meta.json").read_text())
    body = (case / "page.html").read_bytes()
    return packaged_reader().read(
        RawPage(body=body, url=meta["url"], content_type=meta["content_type"])
    )


def expected(case: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((case / "expected.json").read_text())
    return values


FIELDS = [
    pytest.param(case, field, id=f"{case.parent.name}-{case.name}-{field}")
    for case in CASES
    for field in expected(case)
]


@pytest.mark.parametrize(("case", "field"), FIELDS)
def test_field(case: Path, field: str) -> None:
    record = read(case).to_json()
    values = {**record, "contact": record["parts"]["contact"]}
    assert values[field] == expected(case)[field]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_every_mention_stands_where_it_says(case: Path) -> None:
    page = read(case)
    assert all(page.part(m.part)[m.start : m.end] == m.surface for m in page.mentions)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_reading_again_gives_the_same(case: Path) -> None:
    first = read(case).to_json()
    read.cache_clear()
    assert read(case).to_json() == first


def test_there_are_enough_styles() -> None:
    assert len({case.parent.name for case in CASES}) >= 10
