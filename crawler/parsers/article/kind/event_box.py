"""Pages that say when and where something takes place, each on a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crawler.parsers.article.blocks import CELLS, TextBlock
from crawler.parsers.article.data_blocks import DATE_LIKE, is_bare_date, names_venue
from crawler.parsers.article.page_words import PageWords

NEAR = 4
"""Lines within which the other one stands."""
LONGEST = 25
"""Words of such a line: a longer one is a sentence."""
LABELLED = ":|"
"""What stands between a label and its value, in one line."""


def names_day_and_place(blocks: Sequence[TextBlock], words: PageWords) -> bool:
    """Whether a line says when it takes place, and one near to it where."""
    days, places = set[int](), set[int]()
    for number, line in enumerate(_lines(blocks)):
        if DATE_LIKE.search(line) and is_bare_date(line, words):
            days.add(number)
        elif names_venue(line, words):
            places.add(number)
    return any(day + away in places for day in days for away in range(-NEAR, NEAR + 1))


def _lines(blocks: Sequence[TextBlock]) -> Iterator[str]:
    """Lines with a label and its value; a term or a label alone with what follows it."""
    label = ""
    for block in blocks:
        for line in block.lines:
            if len(line.words) > LONGEST or line.link_share > 0.5:
                label = ""
                continue
            text = f"{label} {line.text}".replace(CELLS, " : ")
            label = ""
            if block.tag == "dt" or text.rstrip().endswith(":"):
                label = text if text.rstrip().endswith(":") else f"{text}:"
            elif any(sign in text for sign in LABELLED):
                yield text.strip()
