"""Lines that say what a picture shows, and are none of the text: those that are named as captions,
and those of galleries, told by how the page is made.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import lxml.html

from crawler.parsers.article.blocks import CELLS, HEADINGS, TextBlock
from crawler.parsers.article.other_days import is_beside_picture, make_of

LONGEST = 40
"""Words of a caption, at most."""
STEPS = 3
"""Elements around a line in which its picture stands, or around both that may be named."""
FEWEST = 2
"""Pictures of a gallery."""
MOST_ELEMENTS = 200
"""In a box with a picture and its line: more are not looked through for each of its lines."""

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:img|image|photo|pic|picture|foto|bild|gallery|media)?captions?(?=$|[\s_-])"
    r"|[a-z]Caption(?=$|[\s_-])",
)
"""Class of a caption (`photo-caption`, `field--name-field-caption`, `mediaCaption`); of utilities
(`[&>figcaption]:mt-2`), tables and products nothing.
"""
_GALLERY = re.compile(
    r"(?:^|[\s_-])(?:\w*galler|galer|photo|foto|lightbox|slideshow)", re.IGNORECASE
)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:[?#]|$)", re.IGNORECASE)


def find_captions(blocks: Sequence[TextBlock]) -> frozenset[lxml.html.HtmlElement]:
    """Elements of those of a text's blocks that say what pictures show; none where they are most
    of what there is to read.
    """
    lines = [b for b in blocks if len(b.words) <= LONGEST and b.tag not in HEADINGS]
    found = frozenset(_of_named(lines)) | frozenset(_of_galleries(lines))
    told = sum(len(b.words) for b in blocks if b.element in found)
    return found if 2 * told <= sum(len(b.words) for b in blocks) else frozenset()


def _of_named(lines: Iterable[TextBlock]) -> Iterator[lxml.html.HtmlElement]:
    captions: dict[lxml.html.HtmlElement, bool] = {}
    for line in lines:
        around = (line.element, *islice(line.element.iterancestors(), STEPS - 1))
        named = next((e for e in around if _NAMED.search(e.get("class") or "")), None)
        if named is None:
            continue
        if named not in captions:  # it may hold thousands of lines
            is_headed = next(named.iter(*HEADINGS), None) is not None
            captions[named] = not is_headed and is_beside_picture(named)
        if captions[named]:
            yield line.element


def _of_galleries(lines: Iterable[TextBlock]) -> Iterator[lxml.html.HtmlElement]:
    """Elements of the lines below, or in one box with, pictures of a gallery: several made alike
    whose pictures lead to larger ones or stand in what is called a gallery.
    """
    alike: defaultdict[tuple[str, str], list[lxml.html.HtmlElement]] = defaultdict(list)
    for line in lines:
        if _is_row_below_pictures(line):
            yield line.element
            continue
        box = _box_with_picture(line)
        if box is not None and (_enlarges(box) or _is_in_gallery(box)):
            alike[make_of(box)].append(line.element)
    for some in alike.values():
        if len(some) >= FEWEST:
            yield from some


def _box_with_picture(line: TextBlock) -> lxml.html.HtmlElement | None:
    """The nearest element around a line that holds a picture; None where it holds more to read."""
    for each in (line.element, *islice(line.element.iterancestors(), STEPS)):
        if _holds_more(each, len(line.text)):
            return None
        if next(each.iter("img"), None) is not None:
            return each
    return None


def _holds_more(element: lxml.html.HtmlElement, length: int) -> bool:
    if next(islice(element.iter(), MOST_ELEMENTS, None), None) is not None:
        return True
    for text in element.itertext():
        length -= len(text.strip())
        if length < 0:
            return True
    return False


def _enlarges(box: lxml.html.HtmlElement) -> bool:
    """Its picture leads to the file of a larger one."""
    return any(
        _PICTURE_FILE.search(link.get("href") or "") and next(link.iter("img"), None) is not None
        for link in box.iter("a")
    )


def _is_in_gallery(box: lxml.html.HtmlElement) -> bool:
    around = (box, *islice(box.iterancestors(), STEPS))
    return any(_GALLERY.search(e.get("class") or "") for e in around)


def _is_row_below_pictures(line: TextBlock) -> bool:
    """A row of a table with as many cells as the row above it has pictures, and no words."""
    if line.tag != "tr":
        return False
    above = next(line.element.itersiblings("tr", preceding=True), None)
    cells = line.text.count(CELLS) + 1
    return (
        above is not None
        and cells >= FEWEST
        and not above.text_content().strip()
        and sum(1 for _ in above.iter("img")) == cells
    )
