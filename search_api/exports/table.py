"""Hits as rows of a table, and the table as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from indexer.stores.base import Hit

Cell: TypeAlias = str | float | None
Row: TypeAlias = tuple[Cell, ...]

COLUMNS = (
    *("id", "url", "title", "source", "source_name", "lang", "kind", "published", "score"),
    *("event", "event_start", "event_end", "event_city", "event_country"),
    *("event_status", "passages"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How cells begin that spreadsheets take for formulas (OWASP, CSV injection)."""


def rows(hits: Iterable[Hit], sources: Mapping[str, str]) -> Iterator[Row]:
    """A row with the `COLUMNS` for each hit; `sources` maps ids to names."""
    for hit in hits:
        event = hit.event
        yield (
            *(hit.id, hit.url, hit.title, hit.source, sources.get(hit.source, hit.source)),
            *(hit.lang, hit.kind, hit.published, hit.score),
            *((event.name, event.start, event.end) if event else (None, None, None)),
            *((event.city, event.country, event.status) if event else (None, None, None)),
            "\n".join(passage.text for passage in hit.passages),
        )


def csv_table(columns: Row, lines: Iterable[Row]) -> Iterator[bytes]:
    """The table as CSV in UTF-8, with a line of names; an apostrophe stands before each text that a
    spreadsheet would take for a formula.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for line in lines:
        writer.writerow([_defused(cell) for cell in line])
        yield _taken(text)
    yield _taken(text)


def _defused(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA):
        return f"'{cell}"
    return cell


def _taken(text: io.StringIO) -> bytes:
    """What was written since the last time. Half characters are no UTF-8."""
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written.encode(errors="replace")
