from __future__ import annotations

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from lxml import etree

from search_api.exports.table import Row
from search_api.exports.workbook import LONGEST_CELL, workbook

MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets(data: bytes) -> Iterator[list[list[str | None]]]:
    """The cells of each sheet, found as a spreadsheet finds them: through the relations."""
    with ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        relations = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): r.get("Target") for r in relations}
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        named = {t.get("PartName") for t in types if t.get("PartName")}
        for sheet in book.findall("m:sheets/m:sheet", MAIN):
            path = f"xl/{targets[sheet.get(RELATIONS)]}"
            assert f"/{path}" in named
            root = etree.fromstring(archive.read(path))
            assert root.findall(".//m:f", MAIN) == []
            yield [
                ["".join(map(str, cell.itertext())) or None for cell in row]
                for row in root.findall(".//m:row", MAIN)
            ]


def made(lines: list[Row], **options: int) -> bytes:
    return b"".join(workbook(("a", "b"), lines, **options))


def test_texts_are_texts_and_numbers_are_numbers() -> None:
    data = made([("=1+1", 2.5), ("<b> &\x0b »ß«", None)])
    assert list(sheets(data)) == [[["a", "b"], ["=1+1", "2.5"], ["<b> & »ß«", None]]]
    with ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    kinds = [cell.get("t") for cell in root.iterfind(".//m:row[2]/m:c", MAIN)]
    assert kinds == ["inlineStr", None]


def test_what_looks_like_an_escape_stays_as_it_is() -> None:
    (cells,) = sheets(made([("_x0041_", "x")]))
    assert cells[1][0] == "_x005F_x0041_"


def test_long_texts_are_cut_and_say_so() -> None:
    (cells,) = sheets(made([("x" * (LONGEST_CELL + 1), None)]))
    assert cells[1][0] == "x" * (LONGEST_CELL - 1) + "…"


@pytest.mark.parametrize(("rows", "expected"), [(0, [1]), (2, [3]), (3, [3, 2]), (5, [3, 3, 2])])
def test_more_rows_than_a_sheet_takes_go_to_further_sheets(rows: int, expected: list[int]) -> None:
    data = made([(str(n), None) for n in range(rows)], most_rows=3)
    found = list(sheets(data))
    assert [len(cells) for cells in found] == expected
    assert [cells[0] for cells in found] == [["a", "b"]] * len(expected)
    assert [row[0] for cells in found for row in cells[1:]] == [str(n) for n in range(rows)]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert made([("x", 1.0)]) == made([("x", 1.0)])


def test_rows_are_written_as_they_come() -> None:
    """Nothing waits for the last row but what the compression holds back."""
    texts = (f"{n * 7919 % 104729:x}" * 9 for n in range(20_000))
    pieces = workbook(("a",), ((text,) for text in texts))
    early = sum(len(piece) for piece, _ in zip(pieces, range(10_000), strict=False))
    late = sum(map(len, pieces))
    assert 0.3 < early / (early + late) < 0.7
