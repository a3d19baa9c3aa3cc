"""Ways to pages of a source that its own pages name, and its configuration does not. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from indexer.records.page_choice import PageChoice
from indexer.records.source import Api, Sitemap, Source
from indexer.records.urls import canonical, identity, is_home

WayKind = Literal["listing", "feed", "sitemap"]
_KEYS: dict[WayKind, str] = {"listing": "listings", "feed": "feeds", "sitemap": "sitemaps"}


@dataclass(frozen=True, slots=True)
class Way:
    """A list, a feed or a sitemap."""

    kind: WayKind
    url: str

    @property
    def entry(self) -> str:
        """What names it in the source's entry: `listings: [{url: "…"}]`; a key that is there
        already takes what stands in the brackets.
        """
        return f"{_KEYS[self.kind]}: [{{url: {json.dumps(self.url, ensure_ascii=False)}}}]"

    def to_json(self) -> dict[str, str]:
        """An object of `unasked`."""
        return {"kind": self.kind, "url": self.url, "entry": self.entry}


def may_have_unasked(source: Source) -> bool:
    """Whether a source is read by what is named alone: one that names nothing, or all `sections`,
    follows its pages, and a sitemap has all of them.
    """
    named = source.discovery
    has_all = any(isinstance(entry, Sitemap) for entry in named)
    return source.enabled and bool(named) and not source.sections and not has_all


def unasked(source: Source, ways: Iterable[Way]) -> tuple[Way, ...]:
    """Of the ways those that a source could name: none that it names already, be it to say that it
    is not to be read, none below a list that it names, and none that its patterns leave out.
    """
    if not may_have_unasked(source):
        return ()
    named = [
        entry.address if isinstance(entry, Api) else entry.url for entry in source.entry_points
    ]
    known = {_key(url) for url in named}
    above = tuple(f"{_key(entry.url)}/" for entry in source.listings)
    choice = PageChoice(source)
    found: dict[str, Way] = {}
    for way in ways:
        key = _key(way.url)
        is_page = way.kind == "listing" and (is_home(way.url) or key.startswith(above))
        if key not in known and not is_page and choice.takes(way.url):
            found.setdefault(key, way)
    return tuple(found.values())


def _key(url: str) -> str:
    """With and without `www.`, and a slash at its end, most sites give the same list."""
    return identity(canonical(url) or url).removeprefix("www.").rstrip("/")
