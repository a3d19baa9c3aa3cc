"""A partner organisation whose pages are collected, as configured in `config/sources/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Render = Literal["never", "auto", "always"]


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS, Atom or JSON feed."""

    url: str
    enabled: bool = True
    reason: str | None = None
    """Why it is not enabled."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap, sitemap index or news sitemap, gzipped or not."""

    url: str
    enabled: bool = True
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that lists links to news pages."""

    url: str
    links: str | None = None
    """CSS selector of the links; None: the default rule finds them."""
    next: str | None = None
    """CSS selector of the link to the next page; None: the default rule finds it."""
    enabled: bool = True
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known of the right to read a partner's pages, and what follows for keeping them."""

    permission: str | None = None
    """Note on who allowed what: `"mail of 3 March 2026, internal use"`."""
    contact: str | None = None
    """Whom to ask there: a person or a mail address."""
    retention_days: int | None = None
    """Days after which archived answers and texts are removed; None: kept."""
    archive: bool = True
    """False: answers are removed from the archive as soon as they have been read."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar file (ICS): its events' pages are links, else it is a page itself."""

    url: str
    enabled: bool = True
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ApiPage:
    """Where the JSON of one item holds its page; paths as in `crawler.discovery.apis.json_answers`."""

    html: str | None = None
    """Path of the article as markup."""
    text: str | None = None
    """Path of the article as text, where there is no markup."""
    title: str | None = None
    published: str | None = None
    """Paths; None: those of the list's items."""
    lang: str | None = None
    """ISO 639-1 code of all its pages; None: read from the text."""


@dataclass(frozen=True, slots=True)
class Api:
    """A JSON API that lists news."""

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
    """Answers that one run asks for, at most."""
    headers: tuple[tuple[str, str], ...] = ()
    """Request headers, such as Accept-Language."""
    detail: str | None = None
    """Template of the address that gives an item as JSON, asked for in place of its page."""
    page: ApiPage | None = None
    """How that JSON is read."""
    enabled: bool = True
    reason: str | None = None


Entry: TypeAlias = Feed | Sitemap | Listing | Calendar | Api
"""An entry point of discovery."""


@dataclass(frozen=True, slots=True)
class Source:
    """A partner organisation."""

    id: str
    name: str
    url: str
    """Home page."""
    country: str
    """ISO 3166-1 alpha-2, or EU, INT."""
    languages: tuple[str, ...]
    """ISO 639-1 codes of what it publishes in."""
    kind: str | None = None
    hosts: tuple[str, ...] = ()
    """Further hosts (`host` or `host:port`) that belong to it."""
    enabled: bool = True
    reason: str | None = None
    """Why it is not enabled."""
    feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()
    listings: tuple[Listing, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    apis: tuple[Api, ...] = ()
    include: tuple[str, ...] = ()
    """Regular expressions; if any is given, a page address must match one (`re.search`)."""
    exclude: tuple[str, ...] = ()
    """Regular expressions; a page address that matches one is left out."""
    delay: float = 1.0
    """Seconds between two requests to one site, at least."""
    max_pages: int = 500
    """Page addresses that one run asks for, at most."""
    window: str | None = None
    """Time of day, `22:00-06:00`, outside of which it is not crawled; None: always."""
    schedule: str | None = None
    """`HH:MM` or an interval (`6h`, `30m`); None: every run is due."""
    timezone: str | None = None
    """Zone of the schedule, `Asia/Almaty`; None: that of the installation."""
    render: Render = "never"
    """Whether its pages are rendered by a browser: `auto` only those that say nothing without one.
    """
    rights: Rights = Rights()

    @property
    def discovery(self) -> tuple[Entry, ...]:
        """Its enabled entry points; empty means: its home page."""
        entries: tuple[Entry, ...] = (
            *self.feeds,
            *self.sitemaps,
            *self.listings,
            *self.calendars,
            *self.apis,
        )
        return tuple(e for e in entries if e.enabled)
