"""Rows of numbers in a page, as pagers have them: `1 2 3 … 12`. Pure.

A row is told by what stands in it, not by its classes: numbers that grow or fall, linked or not,
with nothing but signs and a short word between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from crawler.discovery.listings.boilerplate import classes_of
from crawler.discovery.listings.form_pages import form_page, is_submit
from crawler.discovery.listings.posted_pages import is_post_back, number_told

LONGEST_RUN = 200
"""Numbers of one row that are read."""
YEARS = 1900
"""A row that begins with such a number has years."""

_LABEL = re.compile(r"\D{0,24}?(\d{1,5})(?:\s?[-–—]\s?(\d{1,6}))?\D{0,16}")
_WORD = re.compile(r"[^\W\d_]+")
_TURNS = re.compile(r"^[«‹<←]|[»›>→]$")
"""A sign of a link that turns by as many entries as it says: `Next 20 items »`."""
_BETWEEN = 20
"""Characters that may stand between two numbers: `(current page)`."""
_LINKS = frozenset({"a", "option", "button"})
_MARK = re.compile(
    r"(?:^|[-_\s])(?:active|current|selected|(?:aspnet)?disabled|here|highlight(?:ed)?|cur|on)(?:$|[-_\s])",
    re.IGNORECASE,
)
NO_ADDRESS = re.compile(r"#|javascript:|$", re.IGNORECASE)
_PAGE_DATA = re.compile(r"data-page(?:-?(?:number|no|num|index))?", re.IGNORECASE)
_IN_SCRIPT = re.compile(r"""['"]((?:https?://|/|\?)[^'"\s]+)['"]""")


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """A number in such a row."""

    number: int
    address: str | None
    """Where it leads, as it is written."""
    tag: Tag | None
    """Its link; None: it is none."""
    marked: bool
    """It looks other than its neighbours do, as the current page does."""
    words: str = ""
    """What its label has besides the number: "page"."""
    posted: str | None = None
    """Where a form leads that posts the number, with it as a parameter."""
    scripted: bool = False
    """A script turns to it: `javascript:turn(2)`."""


def number_runs(soup: BeautifulSoup) -> list[list[NumberPlace]]:
    """The rows of at least two numbers, one of them linked, in their order."""
    runs: list[list[NumberPlace]] = []
    run: list[NumberPlace] = []
    for text, tag in _labels(soup):
        found = _numbers(text, linked=tag is not None) or _told(tag)
        if found is not None:
            place = _place(found, tag, text)
            if run and not _continues(run, place):
                runs.append(run)
                run = []
            if not run or run[-1].number != place.number:
                run.append(place)
        elif not _may_stand_between(text, tag):
            runs.append(run)
            run = []
    runs.append(run)
    rows = (r for r in runs if len(r) > 1 and r[0].number < YEARS and any(p.tag for p in r))
    return [_of_pages(row) for row in rows]


def _of_pages(row: list[NumberPlace]) -> list[NumberPlace]:
    """A row that counts entries from 0 (`0 | 10 | 20`, as SPIP has it), with the pages' numbers."""
    numbers = sorted({place.number for place in row})
    entries = min((b - a for a, b in pairwise(numbers)), default=1)
    if numbers[0] != 0 or entries == 1 or any(number % entries for number in numbers):
        return row
    return [replace(place, number=place.number // entries + 1) for place in row]


def _labels(soup: BeautifulSoup) -> Iterator[tuple[str, Tag | None]]:
    """Texts in their order: whole links, and what stands between them."""
    node: PageElement | None = soup.body or soup
    while node is not None:
        if isinstance(node, Tag) and is_submit(node):
            yield " ".join(str(node.get("value") or "").split()), node
        elif isinstance(node, Tag) and node.name in _LINKS:
            yield " ".join(node.get_text(" ").split()), node
            node = _after(node)
            continue
        if type(node) is NavigableString and (text := " ".join(node.split())):
            yield text, None
        node = node.next_element


def _after(tag: Tag) -> PageElement | None:
    """What follows a tag and all that is in it."""
    around: Tag | None = tag
    while around is not None and around.next_sibling is None:
        around = around.parent
    return around.next_sibling if around is not None else None


def _told(tag: Tag | None) -> tuple[int, None] | None:
    """The number of a link whose label has none: `…` leads to page 11."""
    number = number_told(tag) if tag is not None else None
    return (number, None) if number is not None else None


def _numbers(text: str, *, linked: bool) -> tuple[int, int | None] | None:
    """The number of a label, or the first and last one of a range."""
    found = _LABEL.fullmatch(text) if len(text) <= 2 * _BETWEEN else None
    words = len(_WORD.findall(text))
    if found is None or words > (3 if linked else 1) or (words > 1 and _TURNS.search(text)):
        return None
    return int(found[1]), int(found[2]) if found[2] else None


def _place(numbers: tuple[int, int | None], tag: Tag | None, text: str) -> NumberPlace:
    first, last = numbers
    if last is not None and last >= first:  # 1-20, 21-40: entries of the pages
        first = max(0, first - 1) // (last - max(0, first - 1)) + 1
    if tag is None:
        return NumberPlace(first, None, None, marked=True)
    words = " ".join(_WORD.findall(text)).casefold()
    form = form_page(tag)
    posted = form.address if form is not None and form.posts else None
    address = form.address if form is not None and not form.posts else _address(tag)
    scripted = address is None and form is None and _turns_to(tag, first)
    return NumberPlace(first, address, tag, _is_marked(tag), words, posted, scripted)


def _continues(run: list[NumberPlace], place: NumberPlace) -> bool:
    """Whether a place belongs to a row: `Oak (3), Elm (5)` counts what is in other lists."""
    others = {p.words for p in run if p.tag is not None and not p.marked}
    if len(run) >= LONGEST_RUN or (place.tag is not None and others - {place.words}):
        return place.marked and len(run) < LONGEST_RUN
    first, last, number = run[0].number, run[-1].number, place.number
    if len(run) == 1 and run[0].tag is None and number < first - 1:
        return False  # the count of an entry's readers right before the row
    return len(run) == 1 or number == last or (number > last) == (last > first)


def _may_stand_between(text: str, tag: Tag | None) -> bool:
    words = _WORD.search(text) is not None
    return len(text) <= _BETWEEN and not (words and tag is not None)


def _address(tag: Tag) -> str | None:
    """Where a link, or an option of a list, leads."""
    stated = str(tag.get("href") or tag.get("value") or "").strip()
    if tag.name == "a" and not NO_ADDRESS.match(stated):
        return stated
    if tag.name == "option" and re.match(r"https?://|/|\?", stated):
        return stated
    for name, value in tag.attrs.items():
        if isinstance(value, str) and name.startswith("data-") and re.match(r"/|\?|https?:", value):
            return value
    scripted = _IN_SCRIPT.search(str(tag.get("onclick") or ""))
    return scripted[1] if scripted else None


def _turns_to(tag: Tag, number: int) -> bool:
    """Whether its script, or data by which one knows it, has the number: what fades pictures mostly
    has not. Libraries name scripts `wire:click`, `@click`, `ng-click`.
    """
    if is_post_back(tag) or any(
        _PAGE_DATA.fullmatch(name) and value == str(number) for name, value in tag.attrs.items()
    ):
        return True
    clicks = (value for name, value in tag.attrs.items() if name.endswith("click"))
    script = " ".join(filter(None, (str(tag.get("href") or ""), *map(str, clicks))))
    return "(" in script and re.search(rf"(?<!\d){number}(?!\d)", script) is not None


def _is_marked(tag: Tag) -> bool:
    near = [tag, *(child for child in tag.find_all(True, limit=2))]
    if tag.parent is not None and tag.parent.name in ("li", "span", "td", "div", "strong", "b"):
        near.append(tag.parent)
    return any(
        str(t.get("aria-current") or "false") != "false"
        or t.has_attr("selected")
        or t.has_attr("disabled")
        or t.name in ("strong", "b")
        or _MARK.search(classes_of(t)) is not None
        for t in near
    )
