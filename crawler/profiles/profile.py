"""The profile of a site as a record with a JSON form.

It keeps no text of the pages it was learnt from: lines are kept as digests, places as the names of
tags, classes and ids. Only words that stand on most pages are kept as they are: those around titles
and before dates.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from crawler.profiles.article_places import ArticlePlaces
from crawler.profiles.lines import place_key
from indexer.frontier.traps.shapes import shapes

PROFILE_VERSION: int = 22
"""Raised whenever the same pages may teach another profile, or a profile may read differently."""

_EVIDENCE = frozenset({"pages", "articles"})
"""Keys that say how well something is known, and the one of the shorter way to the same values: a
profile reads alike whatever they are.
"""
SHARE = 0.5
"""Of what a page says itself, in words, that has to stand at known places: what an article brings
along (a table, a list) is the smaller part.
"""
_PARAGRAPH = re.compile(r"p(?:[.#].*)?")


@dataclass(frozen=True, slots=True, order=True)
class DatePlace:
    """A place at which the site prints a date."""

    place: str
    label: str | None = None
    """Folded words right before the date; None where it is any date at the place."""
    pages: int = dataclasses.field(default=0, compare=False)
    """From how many pages it is known."""

    def is_at(self, place: str, label: str) -> bool:
        """Whether a date of a page stands there."""
        return place == self.place and self.label in (None, label)


@dataclass(frozen=True)
class SiteProfile:
    """How pages of one site are made. Two profiles that read alike have the same `digest`."""

    pages: int
    """From how many different pages it was learnt."""
    places: frozenset[str] = frozenset()
    """Digests of the places of its pages (`lines.place_key`), by which they are known again."""
    frame: frozenset[str] = frozenset()
    """Digests of places at which most pages show the same: what changes there is the frame's."""
    lines: frozenset[str] = frozenset()
    """Digests of lines that recur word by word (`lines.exact_key`)."""
    counters: frozenset[str] = frozenset()
    """Digests of lines that recur but for their digits (`lines.counter_key`): clocks, rates."""
    boxes: frozenset[str] = frozenset()
    """Places whose lines come and go: "most read", news in brief."""
    asides: frozenset[str] = frozenset()
    """Names of boxes (`places.box_of`) that never hold anything of a page's own."""
    dates: tuple[DatePlace, ...] = ()
    """Where pages say when they were published, the best known first."""
    clocks: tuple[DatePlace, ...] = ()
    """Where they print the day of the visit, or the same day on every page."""
    ahead: tuple[DatePlace, ...] = ()
    """Where they print days that are still to come: of events."""
    addresses: frozenset[str] = frozenset()
    """Shapes of addresses at which nearly all pages have a day of publication where the site prints
    it: those of its news.
    """
    day_first: bool | None = None
    """Whether the site writes the day before the month in dates of numbers, where it is known."""
    believe_markup: bool = True
    """Whether the dates in JSON-LD and meta tags are days of publication."""
    title_frame: frozenset[str] = frozenset()
    """Folded pieces of window titles that are the site's: its name, "News"."""
    headlines: tuple[str, ...] = ()
    """Places of the titles of pages, the best known first."""
    articles: ArticlePlaces | None = None
    """Where its articles stand, for reading them by their places alone; None: not known."""
    version: int = PROFILE_VERSION

    def has_news_at(self, url: str | None) -> bool:
        """Whether an address is made like those of the site's news."""
        return not self.addresses.isdisjoint(shapes(url or "")[:1])

    def knows(self, words: Mapping[str, int]) -> bool | None:
        """Whether a page is made as those that this was learnt from; None: nothing tells.

        `words`: number of words of the page's own at each place. The frame of the site does not
        count: it may stay while what is inside has a new design.
        """
        inside = {p: number for p, number in words.items() if place_key(p) not in self.frame}
        if not inside:
            return None
        known = sum(number for place, number in inside.items() if self._has_place(place))
        return known >= SHARE * sum(inside.values())

    def _has_place(self, place: str) -> bool:
        """Whether other pages have text there, be it in paragraphs or in bare lines: who writes the
        text of a page chooses one or the other.
        """
        holder, _, last = place.rpartition(" > ")
        alike = [place, f"{place} > p", *([holder] if _PARAGRAPH.fullmatch(last) else ())]
        return any(place_key(name) in self.places for name in alike)

    def to_json(self) -> dict[str, Any]:
        """The profile as a JSON object; equal profiles give equal objects."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The profile of such an object.

        Raises ValueError where it is malformed, or of a newer version than this program knows.
        """
        if not isinstance(data, Mapping):
            raise ValueError("a site profile is a JSON object")  # noqa: TRY004  # of the contract
        version = data.get("version")
        if type(version) is not int or version < 1:
            raise ValueError("the site profile has no version")
        if version != PROFILE_VERSION:
            age = "newer" if version > PROFILE_VERSION else "older"
            raise ValueError(
                f"the site profile is of the {age} version {version}; this program knows version "
                f"{PROFILE_VERSION}"
            )
        names = {field.name for field in dataclasses.fields(cls)}
        if data.keys() != names:
            odd = ", ".join(sorted(map(str, data.keys() ^ names)))
            raise ValueError(f"the site profile has missing or unknown keys: {odd}")
        return cls(
            version=version, **{name: read(name, data[name]) for name, read in _READERS.items()}
        )

    @cached_property
    def digest(self) -> str:
        """16 hex digits of what the profile makes of a page, whatever it was learnt from."""
        canonical = json.dumps(_without_evidence(self.to_json()), sort_keys=True)
        return hashlib.blake2b(canonical.encode(), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:  # any field of a profile
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, ArticlePlaces):
        return value.to_json()
    return dataclasses.asdict(value) if isinstance(value, DatePlace) else value


def _without_evidence(value: Any) -> Any:  # any JSON value
    if isinstance(value, dict):
        return {k: _without_evidence(v) for k, v in value.items() if k not in _EVIDENCE}
    return [_without_evidence(entry) for entry in value] if isinstance(value, list) else value


def _count(name: str, value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(f"the site profile's `{name}` is no count")
    return value


def _answer(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"the site profile's `{name}` is neither true nor false")  # noqa: TRY004
    return value


def _answer_or_none(name: str, value: object) -> bool | None:
    return None if value is None else _answer(name, value)


def _articles(name: str, value: object) -> ArticlePlaces | None:
    del name
    return None if value is None else ArticlePlaces.from_json(value)


def _strings(name: str, value: object) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValueError(f"the site profile's `{name}` is no list of strings")
    return frozenset(value)


def _ordered_strings(name: str, value: object) -> tuple[str, ...]:
    _strings(name, value)
    return tuple(value) if isinstance(value, list) else ()


def _date_places(name: str, value: object) -> tuple[DatePlace, ...]:
    entries = value if isinstance(value, list) else [None]
    places = []
    for entry in entries:
        if not isinstance(entry, dict) or entry.keys() != {"place", "label", "pages"}:
            raise ValueError(f"the site profile's `{name}` holds what is no place of a date")
        place, label = entry["place"], entry["label"]
        if not isinstance(place, str) or not (label is None or isinstance(label, str)):
            raise ValueError(f"the site profile's `{name}` holds what is no place of a date")
        places.append(DatePlace(place, label, _count("pages", entry["pages"])))
    return tuple(places)


_READERS: dict[str, Callable[[str, object], Any]] = {
    "pages": _count,
    "places": _strings,
    "frame": _strings,
    "lines": _strings,
    "counters": _strings,
    "boxes": _strings,
    "asides": _strings,
    "dates": _date_places,
    "clocks": _date_places,
    "ahead": _date_places,
    "addresses": _strings,
    "day_first": _answer_or_none,
    "believe_markup": _answer,
    "title_frame": _strings,
    "headlines": _ordered_strings,
    "articles": _articles,
}
