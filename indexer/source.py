"""A partner organisation whose pages are collected, as configured in `config/sources/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Render = Literal["never", "auto", "always"]


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed."""

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

    @property
    def discovery(self) -> tuple[Feed | Sitemap | Listing, ...]:
        """Its enabled entry points; empty means: its home page."""
        entries: tuple[Feed | Sitemap | Listing, ...] = (
            *self.feeds,
            *self.sitemaps,
            *self.listings,
        )
        return tuple(e for e in entries if e.enabled)
