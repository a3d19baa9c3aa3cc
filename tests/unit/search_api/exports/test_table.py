from __future__ import annotations

import csv
import io

import pytest

from indexer.query.record import EventSummary
from indexer.records.document import DocumentId
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.base import Hit
from search_api.exports.table import COLUMNS, csv_table, rows

HIT = Hit(
    DocumentId("0a"),
    "https://x.example/",
    'Erz; »Gold«, "Zinn"\nund mehr',
    "amt",
    "de",
    "event",
    "2026-05",
    1.5,
    (MarkedPassage("eins", ()), MarkedPassage("zwei", ((0, 4),))),
    EventSummary("Erztag", "2026-05-03", None, "Astana", "KZ", "main", "cancelled"),
)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_a_hit_is_a_row_under_its_names() -> None:
    names, row = read(b"".join(csv_table(COLUMNS, rows([HIT], {"amt": "Das Amt"}))))
    assert dict(zip(names, row, strict=True)) == {
        "id": "0a",
        "url": "https://x.example/",
        "title": 'Erz; »Gold«, "Zinn"\nund mehr',
        "source": "amt",
        "source_name": "Das Amt",
        "lang": "de",
        "kind": "event",
        "published": "2026-05",
        "score": "1.5",
        "event": "Erztag",
        "event_start": "2026-05-03",
        "event_end": "",
        "event_city": "Astana",
        "event_country": "KZ",
        "event_status": "cancelled",
        "passages": "eins\nzwei",
    }


def test_a_table_without_rows_has_its_names() -> None:
    assert read(b"".join(csv_table(COLUMNS, ()))) == [list(COLUMNS)]


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1+1"],
)
def test_what_a_spreadsheet_would_evaluate_is_defused(formula: str) -> None:
    _, row = read(b"".join(csv_table(("a", "b"), [(formula, -1.5)])))
    assert row == [f"'{formula}", "-1.5"]


def test_half_characters_are_replaced() -> None:
    assert read(b"".join(csv_table(("a",), [("x\ud800y",)])))[1] == ["x?y"]
