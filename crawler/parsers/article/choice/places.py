"""Where a block stands in the page: the elements around it and what their names say of them.

The words in names of classes and ids are the vocabulary of web design, English on sites of any
language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import lxml.html

FARTHEST = 8
"""Elements; a name that stands farther up counts as so far."""
_FARTHER = (*range(1, FARTHEST + 1), FARTHEST)
"""How far up a name stands that stands so far up from the element inside."""
_BOX = 3
"""Elements up to what may be the box that a block stands in."""
_REPEATED = 5
"""Elements up to which repeated structure is looked for."""


def _any_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


NAMES: Mapping[str, frozenset[str]] = {
    "text": _any_of(
        "article articlebody body content contents copy entry main page post prose rich richtext"
        " single story text wysiwyg markdown paragraph"
    ),
    "card": _any_of(
        "card cards carousel col column deck feed grid item items list listing loop row slide"
        " slider teaser teasers thumb thumbnail tile tiles swiper block"
    ),
    "related": _any_of(
        "also latest more next popular prev previous read recirc recommend recommended"
        " recommendations related recent similar trending suggested links link"
    ),
    "call": _any_of(
        "ad ads app banner box btn button buttons callout cta donate download form highlight"
        " mailchimp newsletter notice offer overlay paywall popup modal promo promotion signup"
        " sponsor sponsored subscribe subscription support"
    ),
    "author": _any_of(
        "about author authors avatar bio biography byline contributor profile writer person"
        " staff user vcard"
    ),
    "meta": _any_of(
        "breadcrumb breadcrumbs category categories date details info kicker label labels meta"
        " metadata print published share sharing social stats tag tags time timestamp title"
        " toolbar topic topics headline subtitle"
    ),
    "media": _any_of(
        "caption credit credits embed figure gallery image images img media photo picture video"
        " player"
    ),
    "note": _any_of(
        "comment comments copyright disclaimer discussion footer footnote footnotes legal note"
        " reference references replies reply respond source sources"
    ),
    "menu": _any_of(
        "accordion aside dropdown header menu nav navigation panel sidebar tab tabs toc widget"
        " widgets bar"
    ),
}
"""What names of elements say of them."""
_GROUPS = tuple(NAMES)
_INSIDE = ("article", "main", "section", "li", "table", "blockquote", "a", "figure", "form")

PLACE_MEASURES = (
    "depth",
    *(f"in.{tag}" for tag in _INSIDE),
    *(f"name.{group}" for group in _GROUPS),
    "repeated",
    "repeated.level",
    "bold",
    "siblings",
    "items",
)

_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands."""

    measures: tuple[float, ...]
    """By `PLACE_MEASURES`."""
    parent: lxml.html.HtmlElement | None
    around: lxml.html.HtmlElement | None
    """The parent's parent."""
    box: lxml.html.HtmlElement
    """Some elements farther up."""
    form: tuple[str, ...]
    """Tags and classes of the block's element and its parent: blocks made alike have the same."""


class _Way(NamedTuple):
    """What the elements from the root down to one are."""

    depth: int
    inside: tuple[bool, ...]
    names: tuple[int, ...]
    """How far up the nearest element stands that has a name of each group."""


class PlaceReader:
    """Reads the places of one page's blocks; what they share is read once."""

    def __init__(self) -> None:
        self._ways: dict[lxml.html.HtmlElement, _Way] = {}
        self._children: dict[lxml.html.HtmlElement, Counter[tuple[str, str]]] = {}
        self._places: dict[lxml.html.HtmlElement, Place] = {}

    def place(self, element: lxml.html.HtmlElement) -> Place:
        """The place of a block that is this element or stands in it."""
        place = self._places.get(element)
        if place is None:
            place = self._places[element] = self._read(element)
        return place

    def _read(self, element: lxml.html.HtmlElement) -> Place:
        way = self._way(element)
        above = _above(element, _REPEATED)
        parent = above[1] if len(above) > 1 else None
        repeated, level = self._repeated(above)
        form = tuple(part for e in above[:2] for part in (str(e.tag), e.get("class") or ""))
        siblings = self._kinds(parent) if parent is not None else Counter()
        measures = (
            float(way.depth),
            *map(float, way.inside),
            *map(float, way.names),
            float(repeated),
            float(level),
            float(_is_bold(element)),
            float(siblings.total()),
            float(siblings[_kind(element)]),
        )
        around = above[2] if len(above) > 2 else None
        return Place(measures, parent, around, above[min(_BOX, len(above) - 1)], form)

    def _way(self, element: lxml.html.HtmlElement) -> _Way:
        known = self._ways.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        names = _groups_of(element.get("class") or "", element.get("id") or "")
        if parent is None:
            way = _Way(0, (False,) * len(_INSIDE), (FARTHEST,) * len(_GROUPS))
        else:
            way = self._way(parent)
        inside, farther = way.inside, [_FARTHER[up] for up in way.names]
        if element.tag in _INSIDE:
            number = _INSIDE.index(element.tag)
            inside = (*inside[:number], True, *inside[number + 1 :])
        for number in names:
            farther[number] = 0
        found = _Way(way.depth + 1, inside, tuple(farther))
        self._ways[element] = found
        return found

    def _repeated(self, above: list[lxml.html.HtmlElement]) -> tuple[int, int]:
        """How often an element around the block stands beside ones made alike, and how far up."""
        best, level = 0, 0
        for up, (element, parent) in enumerate(pairwise(above)):
            if element.tag in ("p", "li") or element.tag[0] == "h":
                continue
            count = self._kinds(parent)[_kind(element)]
            if count > best:
                best, level = count, up
        return best, level

    def _kinds(self, parent: lxml.html.HtmlElement) -> Counter[tuple[str, str]]:
        kinds = self._children.get(parent)
        if kinds is None:
            kinds = self._children[parent] = Counter(
                _kind(child) for child in parent if isinstance(child.tag, str)
            )
        return kinds


def _above(element: lxml.html.HtmlElement, most: int) -> list[lxml.html.HtmlElement]:
    """The element and those around it, from the inside."""
    found = [element]
    parent = element.getparent()
    while parent is not None and len(found) < most:
        found.append(parent)
        parent = parent.getparent()
    return found


def _kind(element: lxml.html.HtmlElement) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _is_bold(element: lxml.html.HtmlElement) -> bool:
    """Begins with bold text."""
    return (
        not (element.text or "").strip() and len(element) > 0 and element[0].tag in ("b", "strong")
    )


@lru_cache(maxsize=20_000)
def _groups_of(classes: str, identifier: str) -> tuple[int, ...]:
    """Numbers of the groups that have a name of the element."""
    parts = {part.lower() for part in _PART.findall(f"{classes} {identifier}")}
    return tuple(i for i, group in enumerate(_GROUPS) if not parts.isdisjoint(NAMES[group]))
