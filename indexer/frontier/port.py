"""What the crawl asks of the system of record, and what it tells it.

The spider knows this port only. The database behind it is `indexer.frontier.ledger`; `radar` joins
the two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from indexer.records.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Link:
    """An address found by discovery, in canonical form, with what the entry said of it."""

    url: str
    title: str | None = None
    published: str | None = None
    """ISO date or instant that the feed or sitemap states."""
    lastmod: datetime | None = None
    """When the sitemap or feed says that the page changed last."""
    guid: str | None = field(default=None, compare=False)
    """Of the item in its feed: the same one under another address is the same item."""
    archive: bool = False
    """A backfill found it: no news, however new it is to us."""


@dataclass(frozen=True, slots=True)
class KnownAddress:
    """What is known of an address (page or discovery document) from earlier fetches."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    """Both verbatim, from the last 200 answer; None too where the site is to be asked for the whole
    page.
    """
    last_fetch: datetime | None = None
    """None: seen, but never fetched."""
    lastmod: datetime | None = None
    """The newest that discovery stated."""
    vanished: bool = False
    """A complete listing has left it out twice: what is asked is whether it is gone."""
    whole: bool = False
    """A list that is to be read to its end again, to see what it holds no more."""


@dataclass(frozen=True, slots=True)
class ArchivePosition:
    """Where a response lies: file name below the archive folder, offset and length in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as fetched: body decoded from its transfer and content encoding."""

    url: str
    """Address asked for first (canonical form): the page address."""
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
    """The body is no answer, but was made of one (rendered, or taken out of its data)."""
    remark: str | None = None
    """How the body was made, or why it is not what it should be."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a backfill has come through one list."""

    since: date
    """The day that it is to go back to."""
    next: str | None
    """The page to ask for next; None: that day, or the end of the list, has been reached."""


@dataclass(frozen=True, slots=True)
class KnownSite:
    """What earlier runs have left of a site (host and port)."""

    robots: bytes | None = None
    """Body of its robots.txt; None: not known."""
    robots_status: int | None = None
    robots_at: datetime | None = None
    """When it was fetched."""
    rest_until: datetime | None = None
    """Until then it is not to be asked for anything."""
    rest_state: Literal["unreachable", "blocked"] = "blocked"
    rest_reason: str = ""
    failures: int = 0
    """Times in a row that it was left alone, with no good answer in between."""


class SiteMemory(Protocol):
    """State of sites over runs. Nothing is durable before the frontier's `commit`."""

    def site(self, name: str) -> KnownSite:
        """What is known of a site."""

    def robots_read(self, name: str, status: int, body: bytes) -> None:
        """The site has answered for its robots.txt, just now."""

    def site_rests(self, name: str, rest: KnownSite) -> None:
        """The site is to be left alone, as the fields of the rest say."""

    def site_heals(self, name: str) -> None:
        """The site has given a good answer: its failures are forgotten."""


class Frontier(SiteMemory, Protocol):
    """State of addresses, for one run. Nothing is durable before `commit` returns."""

    def known(self, source: str, url: str) -> KnownAddress | None:
        """The address as earlier runs left it."""

    def look_up(self, urls: Iterable[str]) -> None:
        """Many addresses will be asked for by `known`, one after the other: a hint, no more."""

    def due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now, best first: read them as you need
        them.
        """

    def counted(self, url: str) -> bool:
        """Whether the address has an outcome in this run already."""

    def see(self, source: str, link: Link) -> None:
        """Keep a discovered page address, so that it stays due even if this run never asks for it."""

    def fetched(self, source: str, response: Response, position: ArchivePosition) -> None:
        """A page was got and archived: its outcome is `fetched` until it has been read."""

    def ended(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        status: int | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A page address ended without a page to read."""

    def discovery(
        self,
        source: str,
        url: str,
        outcome: Outcome,
        reason: str | None = None,
        *,
        response: Response | None = None,
        position: ArchivePosition | None = None,
    ) -> None:
        """A discovery document was asked for (outcome `fetched`, `not-modified`, or a failure).

        With a 200 response its validators are kept.
        """

    def walk(self, source: str, start: str) -> Walk | None:
        """How far earlier backfills have come through the list that begins at this address."""

    def walked(self, source: str, start: str, walk: Walk) -> None:
        """A backfill has come so far."""

    def feed_read(self, source: str, url: str, entries: Sequence[Link]) -> None:
        """A feed was read; told before its new entries are, so that it is known which those are."""

    def listed(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        """A listing that is known to be complete was read; told after its new pages are.

        `rolling`: it may be one of the newest pages only, whose oldest ones fall off its end.
        """

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file; 0 for one that is not known."""

    def commit(self) -> None:
        """Make durable all that was told since the last commit."""
