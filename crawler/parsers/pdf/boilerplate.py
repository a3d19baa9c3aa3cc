"""Headers, footers and page numbers of a PDF: lines at the edges of its pages that come again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from crawler.parsers.pdf.lines import Line, PdfFile

EDGE = 0.14
"""Share of a page's height, above and below, in which its boilerplate stands."""
_SAME_HEIGHT = 6.0
"""Points by which a line may stand higher or lower from page to page."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:[^\W\d_]{1,6}\W{1,2})?(\d{1,3})(?:\W*(?:[^\W\d_]{1,5}\W)?\d{1,3})?\W*")
"""12 · – 12 – · Seite 2 von 3 · стр. 2 · 2/3: at most a short word before each number."""


def drop_boilerplate(file: PdfFile) -> tuple[Line, ...]:
    """The lines that are text; all of them where nothing else would be left."""
    edges = [line for line in file.lines if _at_edge(line, file.heights)]
    doomed = {*_find_repeated(edges), *_page_numbers(edges)}
    kept = tuple(line for line in file.lines if line not in doomed)
    return kept or file.lines


def _at_edge(line: Line, heights: Sequence[float]) -> bool:
    height = heights[line.page]
    return line.baseline > height * (1 - EDGE) or line.baseline < height * EDGE


def _find_repeated(lines: Iterable[Line]) -> Iterable[Line]:
    """Lines that stand on several pages at the same height, their numbers apart.

    The header of a first page is kept where it stands: it may be its letterhead with the date.
    """
    alike: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        alike[_DIGITS.sub("#", line.text.casefold())].append(line)
    for group in alike.values():
        for line in group:
            if any(
                other.page != line.page and abs(other.baseline - line.baseline) < _SAME_HEIGHT
                for other in group
            ):
                yield line


def _page_numbers(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        match = _NUMBER.fullmatch(line.text)
        if match and int(match[1]) == line.page + 1:
            yield line
