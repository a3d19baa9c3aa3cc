"""A partner organisation whose pages are collected, as configured in `config/sources/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from indexer.records.values import (
    NOT_EMPTY,
    ConfigRecord,
    Count,
    Country,
    Flag,
    Host,
    Identifier,
    Language,
    PageUrl,
    PathInJson,
    Pattern,
    Schedule,
    Seconds,
    Selector,
    Switched,
    Text,
    Window,
    Zone,
)

Render = Literal["never", "auto", "always"]


@dataclass(frozen=True, slots=True)
class Feed(Switched):
    """An RSS, Atom or JSON feed."""

    url: PageUrl


@dataclass(frozen=True, slots=True)
class Sitemap(Switched):
    """A sitemap, sitemap index or news sitemap, gzipped or not."""

    url: PageUrl


@dataclass(frozen=True, slots=True)
class Listing(Switched):
    """A page that lists links to news pages."""

    url: PageUrl
    links: Selector | None = None
    """CSS selector of the links; None: the default rule finds them."""
    next: Selector | None = None
    """CSS selector of the link to the next page; None: the default rule finds it."""


@dataclass(frozen=True, slots=True)
class Rights(ConfigRecord):
    """What is known of the right to read a partner's pages, and what follows for keeping them."""

    permission: Text | None = None
    """Note on who allowed what: `"mail of 3 March 2026, internal use"`."""
    contact: Text | None = None
    """Whom to ask there: a person or a mail address."""
    retention_days: Count | None = None
    """Days after which archived answers and texts are removed; None: kept."""
    archive: Flag = True
    """False: answers are removed from the archive as soon as they have been read."""


@dataclass(frozen=True, slots=True)
class Calendar(Switched):
    """A calendar file (ICS): its events' pages are links, else it is a page itself."""

    url: PageUrl


@dataclass(frozen=True, slots=True)
class ApiPage(ConfigRecord):
    """Where the JSON of an item has its page; paths as in `crawler.discovery.apis.json_answers`."""

    html: PathInJson | None = None
    """Path of the article as markup."""
    text: PathInJson | None = None
    """Path of the article as text, where there is no markup."""
    title: PathInJson | None = None
    published: PathInJson | None = None
    """Paths; None: those of the list's items."""
    lang: Text | None = None
    """ISO 639-1 code of all its pages; None: read from the text. A placeholder in configuration."""


@dataclass(frozen=True, slots=True)
class Api(Switched):
    """A JSON API that lists news, described by an entry of `apis` and the preset that it names."""

    address: str
    """Template of the list's address with at most one of `{page}`, `{offset}`, `{cursor}`."""
    items: str
    """Path to the items of an answer."""
    url: str
    """Template of a page's public address over the fields of an item."""
    title: str | None = None
    published: str | None = None
    lastmod: str | None = None
    """Paths in an item."""
    next: str | None = None
    """Path in an answer to the next cursor, or to the address of the next answer."""
    first: int = 1
    """Number of the first page, or the first offset."""
    size: int | None = None
    """Items of an answer: a shorter one is the last; the step of `{offset}`."""
    depth: int = 20
    """Responses that one run requests, at most."""
    headers: tuple[tuple[str, str], ...] = ()
    """Request headers, such as Accept-Language."""
    detail: str | None = None
    """Template of the address that returns an item as JSON; requested in place of its page."""
    page: ApiPage | None = None
    """How that JSON is read."""


EntryPoint: TypeAlias = Feed | Sitemap | Listing | Calendar | Api
"""Where discovery begins."""


@dataclass(frozen=True, slots=True)
class Source(Switched):
    """A partner organisation."""

    id: Identifier
    name: Text
    url: PageUrl
    """Home page."""
    country: Country
    """ISO 3166-1 alpha-2, or EU, INT."""
    languages: Annotated[tuple[Language, ...], NOT_EMPTY]
    """ISO 639-1 codes of what it publishes in."""
    kind: Text | None = None
    hosts: tuple[Host, ...] = ()
    """Further hosts (`host` or `host:port`) that belong to it; the `www.` twin of the home page's
    host does anyway.
    """
    feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()
    listings: tuple[Listing, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    apis: tuple[Api, ...] = ()
    sections: Flag = False
    """Beside its entry points, the lists of news and events that its home page names are read."""
    include: tuple[Pattern, ...] = ()
    """Regular expressions, as `indexer.records.address_patterns` understands them; if any is given,
    a page address must match one somewhere.
    """
    exclude: tuple[Pattern, ...] = ()
    """Regular expressions; a page address that matches one is left out."""
    delay: Seconds = 1.0
    """Seconds between two requests to one site, at least; in configuration, `crawler.delay` where
    it is left out.
    """
    max_pages: Count = 500
    """Page addresses that one run requests, at most; in configuration, `crawler.max_pages` where it
    is left out.
    """
    window: Window | None = None
    """Time of day, `22:00-06:00`, outside of which it is not crawled; None: always."""
    schedule: Schedule | None = None
    """`HH:MM` or an interval (`6h`, `30m`); None: every run is due."""
    timezone: Zone | None = None
    """Zone of the schedule, `Asia/Almaty`; None: that of the installation."""
    render: Render = "never"
    """Whether its pages are rendered by a browser: `auto` only those that say nothing without one.
    """
    rights: Rights = Rights()

    @property
    def entry_points(self) -> tuple[EntryPoint, ...]:
        """All of them, enabled or not."""
        return (*self.feeds, *self.sitemaps, *self.listings, *self.calendars, *self.apis)

    @property
    def discovery(self) -> tuple[EntryPoint, ...]:
        """Its enabled entry points; empty means: its home page."""
        return tuple(entry for entry in self.entry_points if entry.enabled)
