"""One source in one run: what its discovery and its pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from crawler.discovery.feeds import FeedArticle
from crawler.spiders.backfill import Backfill
from crawler.spiders.fetch import FetchContext, Fetcher
from crawler.spiders.form_cookies import FormCookies
from crawler.spiders.journal import Journal
from indexer.frontier.port import Frontier
from indexer.records.outcome import Outcome
from indexer.records.page_choice import PageChoice
from indexer.records.source import Source
from indexer.records.urls import identity, owns, sites
from indexer.records.window import Window

State = Literal["ok", "unreachable", "blocked", "not-due"]

REFUSING = frozenset({Outcome.BLOCKED, Outcome.ROBOTS})
"""Outcomes of a discovery document that mean that the site refuses the crawler."""


@dataclass(frozen=True, slots=True)
class SourceTask:
    """A source to crawl."""

    source: Source
    limit: int | None = None
    """Most page addresses to request; only in a backfill it may exceed the source's `max_pages`."""
    window: Window | None = None
    """Time of day in which the source may be requested."""
    feeds: tuple[str, ...] = ()
    """If not empty, only these feeds are read, and only pages in them are fetched."""
    backfill: Backfill | None = None
    """Go through the archive instead of looking for news."""

    @property
    def budget(self) -> int:
        """Page addresses that this run may request."""
        own = self.source.max_pages
        if self.limit is None:
            return own
        return self.limit if self.backfill else min(own, self.limit)


@dataclass(frozen=True, slots=True)
class SourceResult:
    """How the crawl of a source went."""

    state: State
    reason: str | None = None
    """Why it is not `ok`."""
    links: int | None = field(default=None, compare=False)
    """Links to pages of the source, known ones included; None: its discovery did not end."""
    seconds: float | None = field(default=None, compare=False)
    """How long it took; None: nothing was requested."""


@dataclass(frozen=True, slots=True)
class CrawlProgress:
    """Reported after discovery and after each page."""

    source: str
    requested: int
    """Page addresses that have ended."""
    planned: int
    """Page addresses that this run will request, as far as is known."""


@dataclass(eq=False)  # no slots: the patterns are cached on it
class SourceRun:
    """What the parts of a source's run share."""

    task: SourceTask
    frontier: Frontier
    fetcher: Fetcher
    journal: Journal
    discovery_urls: set[str] = field(default_factory=set)
    """Addresses requested as discovery documents: they are no pages."""
    discovery_failures: list[tuple[str, Outcome, str]] = field(default_factory=list)
    """Entry points that failed: address, outcome, reason."""
    discovery_worked: bool = False
    links: int = 0
    """Links that discovery found: to pages, known ones included, and to files of a sitemap."""
    feed_articles: dict[str, FeedArticle] = field(default_factory=dict)
    """Whole articles in feeds of a source with `render: auto`, by identity of their page."""
    planned: set[str] = field(default_factory=set)
    """Identities of the pages that this run requests."""

    @property
    def source(self) -> Source:
        """The source."""
        return self.task.source

    @property
    def is_for_news(self) -> bool:
        """Whether the whole source is looked at, not its archive or a few feeds alone."""
        return self.task.backfill is None and not self.task.feeds

    def owns(self, url: str) -> bool:
        """Whether an address belongs to the source."""
        return owns(self.source, url)

    def fetch_context(self, headers: Mapping[str, str] | None = None) -> FetchContext:
        """The context for a page; `headers`: those that its API needs."""
        return FetchContext(
            self.source.id,
            self.source.delay,
            may_lead_to=self.why_off_source,
            already=self.has_own_outcome,
            validators=self.validators,
            headers=headers or {},
        )

    def discovery_context(
        self,
        *,
        conditional: bool,
        headers: Mapping[str, str] | None = None,
        cookies: FormCookies | None = None,
    ) -> FetchContext:
        """The context for a discovery document."""
        validators: Callable[[str], Mapping[str, str]] = (
            self.validators if conditional else lambda _: {}
        )
        return FetchContext(
            self.source.id,
            self.source.delay,
            self.why_off_source,
            validators=validators,
            purpose="discovery",
            headers=headers or {},
            cookies=cookies,
        )

    def why_off_source(self, url: str) -> str | None:
        """None for an address of the source; else why a redirect there is refused."""
        return None if self.owns(url) else f"redirects to {url}, which is not the source's"

    def has_own_outcome(self, url: str) -> bool:
        """Whether the page at this address has or will have its own outcome in this run."""
        return identity(url) in self.planned or self.is_claimed(url)

    def is_claimed(self, url: str) -> bool:
        """Whether any source has requested the page already, or reached it by a redirect."""
        return identity(url) in self.fetcher.claimed_pages or self.frontier.has_outcome(url)

    def was_read(self, url: str) -> bool:
        """Whether an address of the source was fetched before."""
        known = self.frontier.find(self.source.id, url)
        return known is not None and known.last_fetch is not None

    def has_document(self, url: str) -> bool:
        """Whether earlier runs have read a page at this address."""
        known = self.frontier.find(self.source.id, url)
        return known is not None and known.has_document

    def validators(self, url: str) -> Mapping[str, str]:
        """Conditional headers from the last whole response of this very address."""
        known = self.frontier.find(self.source.id, url)
        headers: dict[str, str] = {}
        if known is not None and known.last_fetch is not None:
            if known.etag:
                headers["If-None-Match"] = known.etag
            if known.last_modified:
                headers["If-Modified-Since"] = known.last_modified
        return headers

    def is_selected(self, url: str) -> bool:
        """Whether the patterns `include` and `exclude` select a page address."""
        return self._choice.selects(url)

    @cached_property
    def _choice(self) -> PageChoice:
        return PageChoice(self.source)

    def result(self) -> SourceResult:
        """The state of the source, from its sites and its entry points."""
        requested_sites = self.fetcher.sites.existing(sites(self.source))
        cooldowns = [site.cooldown for site in requested_sites if site.cooldown is not None]
        all_in_cooldown = len(cooldowns) == len(requested_sites)
        for cooldown in cooldowns:
            if cooldown.state == "blocked" or not self.discovery_worked or all_in_cooldown:
                return SourceResult(cooldown.state, cooldown.reason, self.links)
        if self.discovery_failures and not self.discovery_worked:
            url, outcome, reason = self.discovery_failures[0]
            state: State = "blocked" if outcome in REFUSING else "unreachable"
            return SourceResult(state, f"{url}: {reason}", self.links)
        return SourceResult("ok", links=self.links)
