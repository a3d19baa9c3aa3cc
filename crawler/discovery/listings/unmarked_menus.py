"""Menus that nothing marks, as in old systems whose pages are tables. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from bs4 import Tag

from crawler.discovery.listings.candidates import HEADLINE
from crawler.discovery.listings.soup import text_in

_LINKS = range(4, 100)
"""How many a menu has."""
_MOST_HEADLINES = 0.25
"""Share of the labels of a menu that are as long as headlines."""
_NEAR = 5
"""Elements around a link within which others stand beside it."""
_MOST_PIECES, _MOST_OF_PIECE = 200, 200
"""Pieces of text of a menu, and characters of one, that are looked at."""
_DIGIT = re.compile(r"\d")
_Place = tuple[int, tuple[str, ...]]


class UnmarkedMenus:
    """Those of one page; keeps its verdicts."""

    def __init__(self, links: Iterable[Tag], leads_back: Callable[[Tag], bool]) -> None:
        """`links`: all of the page; `leads_back`: whether one leads to the page itself or to a
        front page, as one of a menu does.
        """
        self._leads_back = leads_back
        self._judged: dict[_Place, bool] = {}
        self._groups: defaultdict[_Place, list[Tag]] = defaultdict(list)
        for link in links:
            for _, place in _around(link):
                self._groups[place].append(link)

    def hold(self, link: Tag) -> bool:
        """Whether the links beside one that stand as it does are a menu: short labels without a
        number, of which one leads back.
        """
        found = next(((b, p) for b, p in _around(link) if len(self._groups[p]) > 1), None)
        if found is None:
            return False
        box, place = found
        if place not in self._judged:
            links = self._groups[place]
            self._judged[place] = _has_labels(box, links) and any(map(self._leads_back, links))
        return self._judged[place]


def _around(link: Tag) -> Iterator[tuple[Tag, _Place]]:
    """Elements around a link, each with what stands between them."""
    between: tuple[str, ...] = ()
    for part in islice(link.parents, _NEAR):
        yield part, (id(part), between)
        between = (*between, part.name)


def _has_labels(box: Tag, links: Sequence[Tag]) -> bool:
    if len(links) not in _LINKS:
        return False
    labels = [" ".join(text_in(link, _MOST_OF_PIECE).split()) for link in links]
    if sum(len(label) >= HEADLINE for label in labels) > _MOST_HEADLINES * len(labels):
        return False
    pieces = (piece[:_MOST_OF_PIECE] for piece in islice(box.strings, _MOST_PIECES))
    return not any(map(_DIGIT.search, pieces))
