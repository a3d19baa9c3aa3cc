"""The port between the crawl and the system of record, with its records.

The spider knows this port only. `indexer.frontier.ledger` implements it on the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b
from typing import Literal, Protocol

from indexer.records.outcome import Outcome

LONGEST_SITE_COOLDOWN = timedelta(days=30)
"""Of a site that asks for more, that is a mistake or means for ever, which is checked monthly."""

PROBES = 5
"""Addresses of a rested shape that a run requests, so that a mistake heals."""


NEWS = timedelta(days=7)
"""What states a day within this time is news, whoever names it first."""

Met = Literal["news", "aside", "late"]
"""How a page was met that no list names which was read before: `aside` by a list or a home page
that would have named it before, had it been there, or would not; `late` by a list that a menu leads
to, read days after the others. `news`: so it was, and then a list that was read before named it as
one of that day or a later one.
"""
SURELY_NEWS: tuple[Met | None, ...] = (None, "news", "aside", "late")
"""How pages are met, from those that are surely news on."""

LONGEST_TITLE = 400
"""Characters of a title that is kept of an entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An address found by discovery, in canonical form, with what the entry says about it."""

    url: str
    title: str | None = None
    published: str | None = None
    """ISO date or instant that the feed or sitemap states."""
    lastmod: datetime | None = None
    """When the page changed last, according to the sitemap or feed."""
    guid: str | None = field(default=None, compare=False)
    """Of the item in its feed: items with the same guid are one, whatever their addresses."""
    archive: bool = False
    """Found by a backfill: new to us, but not news."""
    met: Met | None = None
    """None: a list names it that was read before, so that it is new there."""

    def __post_init__(self) -> None:
        """Cut a title off that is longer than any."""
        if self.title is not None and len(self.title) > LONGEST_TITLE:
            object.__setattr__(self, "title", self.title[:LONGEST_TITLE])


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What earlier fetches have saved about an address (page or discovery document)."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """Both verbatim, from the last 200 response; None also for an unconditional request."""
    last_fetch: datetime | None = None
    """None: seen, but never fetched."""
    lastmod: datetime | None = None
    """The newest lastmod that discovery has reported."""
    vanished: bool = False
    """A complete listing has left it out twice: the request checks whether it is gone."""
    has_document: bool = False
    """It is a page that was read."""
    whole: bool = False
    """A list to read to its end again, to find the pages that it no longer holds."""
    unsure_since: datetime | None = None
    """When a page that was read was met, by no list that had been read before; None: by one."""


@dataclass(frozen=True, slots=True)
class ArchivePosition:
    """Where a response is: file name below the archive folder, offset and length in bytes."""

    file: str
    offset: int
    length: int


Purpose = Literal["page", "discovery", "robots"]
"""What an address is requested for."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response as fetched: body decoded from its transfer and content encoding."""

    url: str
    """Address requested first (canonical form): the page address."""
    final_url: str
    """Address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    """Lower-case names."""
    fetched_at: datetime
    body: bytes = field(repr=False)
    truncated: bool = False
    """The body ended before its encoding or Content-Length said so."""
    converted: bool = False
    """The body was derived from the one that was sent (rendered, or extracted from it)."""
    remark: str | None = None
    """How the body was derived, or what is wrong with it."""
    source: str | None = None
    """For whom it was requested; archived with it, so that it can be entered again."""
    purpose: Purpose = "page"
    posted: bytes | None = field(default=None, repr=False)
    """The form that was sent, as `application/x-www-form-urlencoded`; None: nothing was."""

    def content_hash(self) -> str | None:
        """Hash of all input of extraction; None for a redirected or truncated response."""
        if self.truncated or self.final_url != self.url:
            return None
        kind = self.headers.get("content-type", "").encode("utf-8", "replace")
        return blake2b(kind + b"\n" + self.body, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """Progress of a backfill through one list."""

    since: date
    """The day that it must reach."""
    next: str | None
    """The page to request next; None: it has reached that day, or the end of the list."""


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page of a list, or a home page in another language, that earlier runs failed to get."""

    url: str
    failures: int
    """Requests in a row without a page."""
    is_due: bool
    """Whether it is time to try it again."""


NO_LIST = "is no list"
"""The reason of what only a menu leads to, or only a feed goes on with, and that is no list: no
failure of its source.
"""


@dataclass(frozen=True, slots=True)
class UnreadFailure:
    """Why a page of a list was not read."""

    reason: str | None
    requested: bool = True
    """False: there was no time for it, or its site rests. That is no failure of the page."""


@dataclass(frozen=True, slots=True)
class KnownSite:
    """State of a site (host and port) that earlier runs have saved."""

    robots: bytes | None = None
    """Body of its robots.txt; None: not known."""
    robots_status: int | None = None
    robots_at: datetime | None = None
    """When it was fetched."""
    cooldown_until: datetime | None = None
    """No requests before this moment."""
    cooldown_since: datetime | None = None
    """When that was decided; None: before it was kept, or no cooldown."""
    cooldown_state: Literal["unreachable", "blocked"] = "blocked"
    cooldown_reason: str = ""
    failures: int = 0
    """Consecutive cooldowns, without a good response in between."""


class SiteRecords(Protocol):
    """State of sites across runs. Nothing is durable before the frontier's `commit`."""

    def load_site(self, name: str) -> KnownSite:
        """The state of a site; the defaults if it is not known."""

    def save_robots(self, name: str, status: int, body: bytes) -> None:
        """Save the robots.txt that the site has sent."""

    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        """Save the cooldown of a site and the number of its failures."""

    def reset_site(self, name: str) -> None:
        """Clear cooldown and failures: the site has sent a good response."""


class Frontier(SiteRecords, Protocol):
    """State of addresses, for one run. Nothing is durable before `commit` returns.

    Every method may raise DatabaseError, and no other error of the database.
    """

    def find(self, source: str, url: str) -> KnownAddress | None:
        """What earlier runs have saved about the address."""

    def prefetch(self, urls: Iterable[str]) -> None:
        """Load several addresses before `find` is called for each. Only a hint."""

    def iter_due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now, best first; loaded lazily."""

    def iter_waiting(self, source: str) -> Iterator[str]:
        """Page addresses that earlier runs have found and none has requested, the oldest first, one
        of each shape by turns. Rested ones are left out.
        """

    def rested_shape(self, source: str, url: str) -> str | None:
        """The shape of the address, if addresses of that shape show the same again and again.

        Of those, a run requests a few (`PROBES`).
        """

    def read_titles(self, source: str, titles: Collection[str]) -> Collection[str]:
        """Those of the titles under which discovery has found a page that was requested."""

    def record_left_out(self, source: str, shape: str, number: int) -> None:
        """Record that so many found addresses of a rested shape are not requested."""

    def has_outcome(self, url: str) -> bool:
        """Whether the page address already has an outcome in this run."""

    def add(self, source: str, link: Link) -> None:
        """Add a discovered page address. It stays due if this run does not request it."""

    def record_listed(self, url: str) -> None:
        """A list that was read before names a page of which that could not be told (`unsure_since`)
        as one of the day on which it was met, or of a later one.
        """

    def record_fetch(self, source: str, response: Response, position: ArchivePosition) -> bool:
        """Record a fetched and archived page; its outcome is `fetched` until it is extracted.

        False: the page has the same bytes as at its last extraction, so it is `unchanged`.
        """

    def record_outcome(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        status: int | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """Record the outcome of a page address that gave no page to extract."""

    def record_discovery(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        response: Response | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """Record the request of a discovery document: `fetched`, `not-modified`, or a failure.

        Saves the validators of a 200 response.
        """

    def load_backfill(self, source: str, start: str) -> BackfillProgress | None:
        """Progress of earlier backfills through the list that begins at this address."""

    def save_backfill(self, source: str, start: str, progress: BackfillProgress) -> None:
        """Save the progress of a backfill."""

    def load_unread(self, source: str, start: str) -> Mapping[str, UnreadPage]:
        """By address: pages of the list that begins at `start` which earlier runs failed to get."""

    def save_unread(self, source: str, start: str, failures: Mapping[str, UnreadFailure]) -> None:
        """Save which pages of a list this run failed to get: each is tried again, after a pause
        that doubles. Call it before the links of the list are added.
        """

    def delete_unread(self, source: str, start: str, pages: Collection[str]) -> None:
        """Delete pages of a list that were read at last, or are given up. Call it after their links
        were added.
        """

    def record_feed(self, source: str, url: str, entries: Sequence[Link]) -> None:
        """Record the entries of a feed. Call it before adding them: it counts the new ones."""

    def record_listing(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        """Record the pages of a complete listing. Call it after adding them.

        `rolling`: the listing may hold the newest pages only; older ones drop out of it.
        """

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 if the file is not known.

        What follows is never written over: it is entered first (`radar.stages.reentry`).
        """

    def commit(self) -> None:
        """Make everything since the last commit durable."""
