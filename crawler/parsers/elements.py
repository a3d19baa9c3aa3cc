"""What the elements of a page say, read from its tree once.

A page is walked through half a dozen times, and lxml makes texts, attributes and lists of children
anew at every look: that took a third of the time of all walks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import lxml.html

INVISIBLE = frozenset(
    [
        "audio",
        "base",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "meta",
        "noframes",
        "noscript",
        "object",
        "optgroup",
        "option",
        "param",
        "picture",
        "progress",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
        "math",
    ]
)
_EMPTY = INVISIBLE - {"button"}
"""Elements that are not looked into; a button that was never closed holds what stands behind it."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NONE: Mapping[str, str] = {}


class Seen:
    """An element of a tree that does not change any more. It knows what is inside of it only: what
    knew its parent, too, would be freed long after the page.
    """

    __slots__ = ("attributes", "children", "element", "hidden", "tag", "tail", "text")

    def __init__(
        self, element: lxml.html.HtmlElement, look: Callable[[lxml.html.HtmlElement], Seen]
    ) -> None:
        """Look at the element, and with `look` at what is inside of it."""
        self.element = element
        self.children: Sequence[Seen] = ()
        """Elements and comments inside, in the order of the page."""
        self.tail: str | None = element.tail
        self.tag = ""
        """Empty of what is no element: a comment."""
        self.text: str | None = None
        self.attributes = _NONE
        self.hidden = False
        """Not shown to a reader, as far as its own attributes say."""
        tag = element.tag
        if isinstance(tag, str):
            self.tag = tag
            if tag in _EMPTY:
                return
            self.text = element.text
            if given := element.items():
                self.attributes = attributes = dict(given)
                self.hidden = ("style" in attributes or "hidden" in attributes) and says_hidden(
                    attributes
                )
        if len(element):  # half of them have nothing inside
            self.children = [*map(look, element)]

    @property
    def names(self) -> str:
        """Names of its classes and its id."""
        given = self.attributes
        return f"{given.get('class', '')} {given.get('id', '')}"


FEW = 8
"""Questions to lxml that take less time than looking at all elements."""
_new = tuple.__new__
"""Makes what follows in half the time that its class takes: there is one for each element."""


class Tagged(NamedTuple):
    """An element with its tag and its attributes."""

    element: lxml.html.HtmlElement
    tag: str
    attributes: Mapping[str, str]


class Elements:
    """The elements of one tree that does not change any more."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self.root = root
        self._seen: dict[lxml.html.HtmlElement, Seen] = {}
        self._kept = list(root.iter())  # lxml would make each anew at every look
        self._asked = 0
        """How often lxml was asked for elements."""

    def within(self, root: lxml.html.HtmlElement) -> Elements:
        """Those of an element of the tree: what was looked at is not looked at again."""
        found = Elements(root)
        found._seen = self._seen
        return found

    def of(self, element: lxml.html.HtmlElement) -> Seen:
        """What the element says, and all inside of it. Depth is bounded: libxml2 cuts off at 256
        elements.
        """
        return self._seen.get(element) or self._look(element)

    @cached_property
    def every(self) -> Sequence[Tagged]:
        """All elements in the order of the page, those that show nothing, too."""
        self.of(self.root)
        found = []
        for element in self._kept:
            seen = self._seen.get(element)
            if seen is None or seen.tag in _EMPTY:  # not looked into
                tag = element.tag
                if isinstance(tag, str):
                    found.append(_new(Tagged, (element, tag, element.attrib)))
            elif seen.tag:
                found.append(_new(Tagged, (element, seen.tag, seen.attributes)))
        return found

    def tagged(self, *tags: str) -> list[lxml.html.HtmlElement]:
        """The elements with one of these tags, in the order of the page."""
        return [one.element for one in self.with_tags(*tags)]

    def with_tags(self, *tags: str) -> list[Tagged]:
        """The same with their attributes. Each question to lxml goes through the whole tree, which
        is cheaper a few times than looking at all elements once.
        """
        if self._asked < FEW and "every" not in self.__dict__:
            self._asked += 1
            return [self._tagged(element) for element in self.root.iter(*tags)]
        places = [place for tag in tags for place in self._places.get(tag, ())]
        every = self.every
        return [every[place] for place in (sorted(places) if len(tags) > 1 else places)]

    def _tagged(self, element: lxml.html.HtmlElement) -> Tagged:
        seen = self._seen.get(element)
        if seen is None or seen.tag in _EMPTY:  # not looked into
            return Tagged(element, element.tag, element.attrib)
        return Tagged(element, seen.tag, seen.attributes)

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Tag → places in `every`."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.every):
            places[one.tag].append(place)
        return places

    def _look(self, element: lxml.html.HtmlElement) -> Seen:
        seen = self._seen[element] = Seen(element, self._look)
        return seen


def says_hidden(given: Mapping[str, str] | lxml.html.HtmlElement) -> bool:
    """Whether attributes say that a reader is not shown an element; a tab is, once it is chosen."""
    style, hidden = given.get("style"), given.get("hidden")
    if hidden is None and not style:
        return False
    if given.get("role") == "tabpanel":
        return False
    if hidden is not None:
        # React sends parts of a page hidden, and a script of the page puts them in their place.
        return not (given.get("id") or "").startswith("S:")
    return bool(style and _HIDDEN_STYLE.search(style))
