"""Events of real pages of general sites: `radar parse` over labelled pages of the corpora.

The labels lie in `benchmarks/training/real`, the texts in the corpora (real_pages.py). Rules were
written from these pages, and the gate of events learns from them; from those of
`benchmarks/training/kept_back/real`, of other hosts, nothing is. Only figures are printed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.events.events import micro, parse_records, score_records
from benchmarks.measuring.table import Section, Table
from radar.training.marked_pages import Record
from radar.training.real_pages import REAL_PAGES, read_real_pages

FOUND = "event found"
"""What the scorer calls events, whatever else of them is right."""
FOLDERS = {
    "pages that rules were written from": REAL_PAGES,
    "pages kept back": REAL_PAGES.parent / "kept_back" / "real",
}
"""Labels by what the pages serve for."""
HEADER = ("pages", "n", "events", "P", "R", "F1", "macro", "micro", "given an event they have not")


def benchmark(scorer: Path, corpora: Path) -> Section:
    """A table of the open pages and one of those kept back."""
    section = Section("real", "Events of real pages")
    for title, labels in FOLDERS.items():
        rows = rows_of(read_real_pages(corpora, labels), scorer)
        section.parts.append(Table(HEADER, rows, title))
    return section


def rows_of(records: list[Record], scorer: Path) -> tuple[tuple[str, ...], ...]:
    """A row for each language of the pages and one for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        read, _ = parse_records(Path(folder), records)
    rows = []
    for lang in (*sorted({record["lang"] for record in records}), None):
        part = [record for record in records if lang in (None, record["lang"])]
        ids = {record["id"] for record in part}
        scores = score_records(part, [one for one in read if one["id"] in ids], scorer)
        rows.append(row_of(lang or "all", len(part), scores))
    return tuple(rows)


def row_of(name: str, pages: int, scores: Mapping[str, Any]) -> tuple[str, ...]:
    """What the scorer says, as a row."""
    found = scores["fields"][FOUND]
    return (
        name,
        f"{pages}",
        f"{found['gold']:g}",
        *(f"{found[share]:.3f}" for share in ("p", "r", "f1")),
        f"{scores['macro_f1']:.3f}",
        f"{micro(scores):.3f}",
        f"{scores['false_event_pages']} of {scores['pages_without_event']}",
    )
