"""Names of places in a page: the path of tags, ids and classes down to an element.

The name is the same on all pages made with one template: numbers in names are left out (`post-55`),
and so is what a system writes on an element to say what it is about (`category-energy`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import lxml.html

STEPS = 12
"""Elements of a path, the innermost ones: sites differ in what lies around, not in their own
pages.
"""
NAMES = 2
"""Classes of an element that count, the first ones: the rest is state and looks."""
LONGEST_STEP = 60
NEAR = 3
"""Elements between a paragraph and the element that holds it and a box beside it: what stands
beside all of an article is the frame of the page.
"""
_NUMBERED = {"td": 20, "th": 20, "tr": 3, "table": 3, "div": 3}
"""Elements that are told apart by their number among their like where they have no name: in pages
laid out by tables it is all that there is. What stands behind so many is not told apart: entries of
lists and rows of data.
"""

_ABOUT = re.compile(r"^(?:category|tag|author|status|format|lang)[-_]|\d|^(?:first|last|odd|even)$")
_NO_ID = re.compile(r"\d")
_TAG = re.compile(r"[^#.:]+")
_BOX = re.compile(r"(?:div|aside|section|p|ul)[.#]")


class Places:
    """Names the places of one page's elements; each path is made once."""

    def __init__(self) -> None:
        self._paths: dict[lxml.html.HtmlElement, tuple[str, ...]] = {}

    def of(self, element: lxml.html.HtmlElement) -> str:
        """Path of an element, such as `div.content > div#news > p.date`."""
        return " > ".join(self._path(element))

    def _path(self, element: lxml.html.HtmlElement) -> tuple[str, ...]:
        """Depth is bounded: libxml2 cuts off at 256 elements."""
        known = self._paths.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        above = () if parent is None or element.tag == "body" else self._path(parent)
        path = (*above[1 - STEPS :], _step(element))
        self._paths[element] = path
        return path


def whole_path(element: lxml.html.HtmlElement) -> tuple[str, ...]:
    """All steps of the path down to an element, from below the body or the root: what the body is
    called says what is on the page.
    """
    steps: list[str] = []
    current: lxml.html.HtmlElement | None = element
    while current is not None and current.tag != "body":
        steps.append(_step(current))
        current = current.getparent()
    return tuple(reversed(steps))


def below_body(place: str) -> str:
    """A place without the step of the body: systems call that after the template of each page, and
    what the frame of the site shows stands at one place below it on all of them.
    """
    first, arrow, rest = place.partition(" > ")
    return rest if arrow and re.split(r"[#.:]", first)[0] == "body" else place


def elements_at(root: lxml.html.HtmlElement, steps: Sequence[str]) -> list[lxml.html.HtmlElement]:
    """The elements at a whole path of a page."""
    body = root.find("body")
    found = [body if body is not None else root]
    for step in steps:
        tag = _TAG.match(step)
        children = (c for e in found for c in e.iterchildren(tag.group() if tag else "*"))
        found = [child for child in children if _step(child) == step]
    return found


def box_of(element: lxml.html.HtmlElement, places: Places) -> str | None:
    """Its own step of the path and that of the element around it, if it is a box with a class or an
    id; None where it is none. What an article brings along is called the same in every template.
    """
    above, _, step = places.of(element).rpartition(" > ")
    around = above.rsplit(" > ", 1)[-1]
    return f"{around} > {step}" if around and _BOX.match(step) else None


def is_heading(place: str) -> bool:
    """Whether the element at a place is h1 to h6."""
    tag = place.rsplit(" > ", 1)[-1]
    return len(tag) > 1 and tag[0] == "h" and tag[1].isdigit()


def _step(element: lxml.html.HtmlElement) -> str:
    tag = str(element.tag)
    identifier = element.get("id") or ""
    if identifier and not _NO_ID.search(identifier):
        tag += f"#{identifier.strip()}"
    if classes := element.get("class"):
        names = [name for name in classes.split() if not _ABOUT.search(name)]
        tag += "".join(f".{name}" for name in names[:NAMES])
    if element.tag in _NUMBERED and tag == element.tag:
        before = element.itersiblings(tag, preceding=True)
        tag += f":{sum(1 for _ in islice(before, _NUMBERED[tag]))}"
    return tag[:LONGEST_STEP]
