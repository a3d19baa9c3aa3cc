"""The port between the crawl and the system of record, with its records.

The spider knows this port only. `indexer.frontier.ledger` implements it on the database.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Literal, Protocol

from indexer.records.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Link:
    """An address found by discovery, in canonical form, with what its entry states of it."""

    url: str
    title: str | None = None
    published: str | None = None
    """ISO date or instant that the feed or sitemap states."""
    lastmod: datetime | None = None
    """When the sitemap or feed says that the page changed last."""
    guid: str | None = field(default=None, compare=False)
    """Of the item in its feed: an item with the same guid under another address is the same."""
    archive: bool = False
    """A backfill found it: it is no news, even if it is new to us."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What is known of an address (page or discovery document) from earlier fetches."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """Both verbatim, from the last 200 response; None too where the request is to be
    unconditional.
    """
    last_fetch: datetime | None = None
    """None: seen, but never fetched."""
    lastmod: datetime | None = None
    """The newest that discovery stated."""
    vanished: bool = False
    """A complete listing has left it out twice: the request checks whether it is gone."""
    whole: bool = False
    """A list that is to be read to its end again, to find the pages that it no longer holds."""


@dataclass(frozen=True, slots=True)
class ArchivePosition:
    """Where a response lies: file name below the archive folder, offset and length in bytes."""

    file: str
    offset: int
    length: int


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
    redirects: tuple[str, ...] = ()
    """Addresses between `url` and `final_url`."""
    truncated: bool = False
    """The body ended before its encoding or Content-Length said so."""
    converted: bool = False
    """The body is not as it was sent, but made of it (rendered, or taken out of its data)."""
    remark: str | None = None
    """How the body was made, or why it is not what it should be."""

    def content_hash(self) -> str | None:
        """Hash of all that extraction depends on; None for a redirected or truncated response."""
        if self.truncated or self.final_url != self.url:
            return None
        kind = self.headers.get("content-type", "").encode("utf-8", "replace")
        return blake2b(kind + b"\n" + self.body, digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """How far a backfill has come through one list."""

    since: date
    """The day that it goes back to."""
    next: str | None
    """The page to request next; None: that day, or the end of the list, has been reached."""


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
    cooldown_state: Literal["unreachable", "blocked"] = "blocked"
    cooldown_reason: str = ""
    failures: int = 0
    """Cooldowns in a row, with no good response in between."""


class SiteRecords(Protocol):
    """State of sites over runs. Nothing is durable before the frontier's `commit`."""

    def load_site(self, name: str) -> KnownSite:
        """The state of a site; the defaults for one that is not known."""

    def save_robots(self, name: str, status: int, body: bytes) -> None:
        """Save the robots.txt that the site has just sent."""

    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        """Save the cooldown of a site, and its failures."""

    def reset_site(self, name: str) -> None:
        """Clear cooldown and failures: the site has sent a good response."""


class Frontier(SiteRecords, Protocol):
    """State of addresses, for one run. Nothing is durable before `commit` returns.

    All methods raise DatabaseError, and nothing else of the database.
    """

    def find(self, source: str, url: str) -> KnownAddress | None:
        """The address as earlier runs left it."""

    def prefetch(self, urls: Iterable[str]) -> None:
        """Look up together addresses that `find` is going to be called for: a hint only."""

    def iter_due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now, best first, read lazily."""

    def has_outcome(self, url: str) -> bool:
        """Whether the page address has an outcome in this run already."""

    def add(self, source: str, link: Link) -> None:
        """Add a discovered page address, which stays due even if this run does not request it."""

    def record_fetch(self, source: str, response: Response, position: ArchivePosition) -> bool:
        """A page was fetched and archived: its outcome is `fetched` until it is extracted.

        False: it is byte for byte what was extracted last time, so it is `unchanged` already.
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
        """A page address ended without a page to extract."""

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
        """A discovery document was requested (outcome `fetched`, `not-modified`, or a failure).

        With a 200 response, its validators are saved.
        """

    def load_backfill(self, source: str, start: str) -> BackfillProgress | None:
        """How far earlier backfills have come through the list that begins at this address."""

    def save_backfill(self, source: str, start: str, progress: BackfillProgress) -> None:
        """Save how far a backfill has come."""

    def record_feed(self, source: str, url: str, entries: Sequence[Link]) -> None:
        """A feed was read. To be called before its new entries are added, to know which are new."""

    def record_listing(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        """A listing that is known to be complete was read. To be called after its pages are added.

        `rolling`: it may hold the newest pages only, so that the oldest ones drop out of it.
        """

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 for one that is not known."""

    def commit(self) -> None:
        """Make durable everything since the last commit."""
