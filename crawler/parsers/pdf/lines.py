"""The lines of a PDF file with their places on the page, as pdfium reads them.

pdfium extracts text only: nothing is rendered, and the build that is used runs no scripts.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.parsers.characters import clean_characters
from crawler.parsers.html import MAX_BYTES
from indexer.records.errors import ParseError

MAX_PAGES = 40
"""Pages that are read; press releases have few, what has more is a study."""
MAX_CHARACTERS = 400_000
"""Characters that are read of a file: one page can hold millions."""

MAGIC = b"%PDF-"
_MAGIC_WITHIN = 1024
"""Bytes at the start in which readers look for the magic (ISO 32000-1, annex H.3)."""

_LINE_ENDS = frozenset({0x0A, 0x0D})
_HYPHENS = frozenset({0x02, 0xFFFE})
"""What pdfium puts in place of a hyphen at the end of a line, which it joins with the next one."""
SOFT_HYPHEN = "\u00ad"
_LETTERS = str.maketrans(
    {
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\t": " ",
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\uf0b7": "•",
        "\uf0a7": "•",
        "\uf02d": "–",
        "\uf0d8": "•",
    }
)
"""Ligatures, spaces, and the bullets that the font Symbol keeps in the private area."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_UPRIGHT = 0.2
"""Radians: what leans more is set along a margin."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; lengths in points, from the lower left corner."""

    text: str
    page: int
    """From 0."""
    left: float
    right: float
    baseline: float
    size: float
    """Height of the font's box: 1.1 to 1.4 times the size in points, alike in one font."""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PdfFile:
    """What is read of a file."""

    lines: tuple[Line, ...] = field(repr=False)
    heights: tuple[float, ...]
    """Of the pages that were read."""
    pages: int
    """Of the whole file."""
    title: str
    """As its properties say; often the name of a file or template."""
    created: str
    """As its properties say (`D:20260304101500+01'00'`)."""


def is_pdf(body: bytes, content_type: str | None = None) -> bool:
    """Whether a body is a PDF by its magic, or said to be one."""
    declared = (content_type or "").split(";")[0].strip().lower()
    return body.startswith(MAGIC) or declared == "application/pdf"


def read_lines(body: bytes) -> PdfFile:
    """Read a file.

    Raises ParseError with reason `too-large`, `encrypted`, `broken-pdf` or `no-text` (a scan).
    """
    if len(body) > MAX_BYTES:
        raise ParseError(f"PDF of {len(body)} bytes", reason="too-large")
    if MAGIC not in body[:_MAGIC_WITHIN]:
        raise ParseError("said to be a PDF, but is none", reason="broken-pdf")
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        raise _failure(error) from error
    try:
        return _read(document)
    finally:
        document.close()


def _failure(error: pypdfium2.PdfiumError) -> ParseError:
    if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return ParseError("the PDF needs a password", reason="encrypted")
    return ParseError("the PDF is broken", reason="broken-pdf")


def _read(document: pypdfium2.PdfDocument) -> PdfFile:
    lines: list[Line] = []
    heights: list[float] = []
    left = MAX_CHARACTERS
    broken = 0
    for number in range(min(len(document), MAX_PAGES)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            broken += 1
            heights.append(0.0)
            continue
        heights.append(page.get_height())
        characters = _Characters(page.get_textpage(), left)
        left -= characters.number
        lines.extend(characters.lines(number))
        page.close()
    if not lines:
        if broken or not heights:
            raise ParseError("the PDF is broken: no page of it can be read", reason="broken-pdf")
        raise ParseError("the PDF holds no text; it may be a scan", reason="no-text")
    title, created = (_property(document, key) for key in ("Title", "CreationDate"))
    return PdfFile(tuple(lines), tuple(heights), len(document), title, created)


def _property(document: pypdfium2.PdfDocument, key: str) -> str:
    return " ".join(clean_characters(document.get_metadata_value(key)).split())


class _Characters:
    """The characters of one page in the order of the file."""

    def __init__(self, textpage: pypdfium2.PdfTextPage, limit: int) -> None:
        self._page = textpage
        self.number = max(0, min(textpage.count_chars(), limit))

    def lines(self, page: int) -> Iterator[Line]:
        """Lines that hold something, upright ones only."""
        codes: list[int] = []
        places: list[int] = []
        for index in range(self.number):
            code = pdfium.FPDFText_GetUnicode(self._page, index)
            if code in _LINE_ENDS or code in _HYPHENS:
                if code in _HYPHENS and codes:
                    codes.append(ord(SOFT_HYPHEN))
                line = self._line(codes, places, page)
                if line is not None:
                    yield line
                codes, places = [], []
                continue
            codes.append(code)
            if code > ord(" "):
                places.append(index)
        line = self._line(codes, places, page)
        if line is not None:
            yield line

    def _line(self, codes: list[int], places: list[int], page: int) -> Line | None:
        text = _text(codes)
        if not text or not places:
            return None
        first, last = places[0], places[-1]
        if abs(pdfium.FPDFText_GetCharAngle(self._page, first)) > _UPRIGHT:
            return None
        box = self._box(first)
        return Line(
            text,
            page,
            box.left,
            self._box(last).right,
            self._baseline(first),
            round(abs(box.top - box.bottom), 1),
            self._bold(first) and self._bold(last),
        )

    def _box(self, index: int) -> pdfium.FS_RECTF:
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._page, index, box)
        return box

    def _baseline(self, index: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        return y.value

    def _bold(self, index: int) -> bool:
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        length = pdfium.FPDFText_GetFontInfo(self._page, index, name, len(name), flags)
        return 0 < length <= len(name) and bool(_BOLD.search(name.value.decode("latin-1")))


def _text(codes: list[int]) -> str:
    characters = "".join(map(chr, (code for code in codes if code < 0x110000)))
    # By way of UTF-16: what lies beyond the first plane may come as two halves.
    whole = characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return " ".join(clean_characters(whole).translate(_LETTERS).split())
