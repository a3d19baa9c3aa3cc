"""A table as a workbook (XLSX, ECMA-376), written row by row.

Texts are inline strings, which no spreadsheet evaluates. No library: all that a table needs are
five small files in a ZIP archive, and the writers at hand keep rows in memory or on disk.
"""

from __future__ import annotations

import html  # `xml.sax.saxutils` loads what opens addresses
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from search_api.exports.table import Cell, Row

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 500_000
"""Rows of a sheet; what is more goes to further sheets. Spreadsheets take twice as many; but a
sheet of an archive that is written in one go has 2 GB at most.
"""
LONGEST_CELL = 32_767
"""Characters of a cell; a longer text is cut, with … at its end."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What begins an escaped character in a cell, and so has to be escaped itself."""
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""Time of the files: the same search gives the same bytes."""


def workbook(columns: Row, lines: Iterable[Row], *, most_rows: int = MOST_ROWS) -> Iterator[bytes]:
    """The table in sheets of `most_rows`, each with a line of names."""
    sink = _Sink()
    rest = iter(lines)
    sheets = 0
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        while True:
            first = next(rest, None)
            if first is None and sheets:
                break
            sheets += 1
            stretch = islice(chain(() if first is None else (first,), rest), most_rows - 1)
            with archive.open(_entry(f"xl/worksheets/sheet{sheets}.xml"), "w") as file:
                for _ in _write_sheet(file, chain((columns,), stretch)):
                    yield sink.taken()
            yield sink.taken()
        for name, text in _frame(sheets):
            archive.writestr(_entry(name), _HEAD + text)
    yield sink.taken()


def _write_sheet(file: IO[bytes], lines: Iterable[Row]) -> Iterator[None]:
    file.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
    for line in lines:
        file.write(f"<row>{''.join(map(_cell, line))}</row>".encode())
        yield
    file.write(b"</sheetData></worksheet>")


def _cell(value: Cell) -> str:
    if value is None or value == "":
        return "<c/>"
    if not isinstance(value, str):
        return f"<c><v>{value!r}</v></c>"
    text = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", value))
    if len(text) > LONGEST_CELL:
        text = f"{text[: LONGEST_CELL - 1]}…"
    escaped = html.escape(text, quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def _frame(sheets: int) -> Iterator[tuple[str, str]]:
    """Name and XML of the files around the sheets."""
    numbers = range(1, sheets + 1)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="Pages {n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
        + "</sheets></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relationships((f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
    )
    yield "_rels/.rels", _relationships([("b", "officeDocument", "xl/workbook.xml")])
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_BOOK_TYPE}"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}"/>'
            for n in numbers
        )
        + "</Types>",
    )


def _relationships(targets: Iterable[tuple[str, str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for identity, kind, target in targets
        )
        + "</Relationships>"
    )


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _BEGINNING)
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Sink:
    """Takes what the archive writes until it is sent; can't be rewound, as a connection can't."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken
