"""A frontier in memory, with the meaning of the one on the database, for tests of the crawl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexer.frontier.port import (
    ArchivePosition,
    BackfillProgress,
    KnownAddress,
    KnownSite,
    Link,
    Met,
    Response,
    UnreadFailure,
    UnreadPage,
)
from indexer.frontier.traps.shapes import shapes
from indexer.records.outcome import Outcome


@dataclass(frozen=True)
class Ended:
    source: str
    outcome: Outcome
    reason: str | None = None
    status: int | None = None


class MemoryFrontier:
    """One run after the other: `next_run` begins the next; `forget` loses what is not committed."""

    def __init__(self) -> None:
        self.addresses: dict[str, tuple[str, str, KnownAddress]] = {}
        """Address → source, kind, what is known."""
        self.pages: dict[str, Ended] = {}
        self.documents: dict[str, Ended] = {}
        self.responses: dict[str, tuple[Response, ArchivePosition]] = {}
        self.ends: dict[str, int] = {}
        self.backfills: dict[tuple[str, str], BackfillProgress] = {}
        self.unread: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
        """Source and list → page that was not got → failures in a row, run that tries it again."""
        self.runs = 0
        self.archived: set[str] = set()
        """Addresses that a backfill found."""
        self.met: dict[str, Met] = {}
        """How pages were met that no list names which was read before."""
        self.listed: list[str] = []
        """Pages that lists have named as new after they were met."""
        self.resting: set[str] = set()
        """Pages that are not due."""
        self.sites: dict[str, KnownSite] = {}
        self.feeds: dict[str, Sequence[Link]] = {}
        """Feeds that were read, with their entries."""
        self.listings: dict[str, Collection[str]] = {}
        """Listings that were read and are complete, with their pages."""
        self.waiting: list[str] = []
        """Pages that the runs before have found and not requested."""
        self.rested: set[str] = set()
        """Shapes that are rested."""
        self.titles: set[str] = set()
        """Titles of pages that were requested."""
        self.left_out: dict[str, int] = {}
        """Rested shape → found addresses that were not requested."""
        self.commits = 0
        self._saved = self._state()

    def next_run(self) -> None:
        self.pages, self.documents, self.responses = {}, {}, {}
        self.runs += 1
        self.waiting = [
            known.url
            for _, kind, known in self.addresses.values()
            if kind == "page" and known.last_fetch is None and known.url not in self.resting
        ]
        self.sites = {}  # so long after the one before that nothing of it counts

    def make_due(self) -> None:
        """Time has passed: every page is due again."""
        self.resting.clear()

    def met_as(self, how: Met) -> set[str]:
        """Addresses that were met so."""
        return {url for url, met in self.met.items() if met == how}

    def forget(self) -> None:
        """Killed: the state is that of the last commit."""
        addresses, pages, documents, ends = self._saved
        self.addresses, self.pages = {**addresses}, {**pages}
        self.documents, self.ends = {**documents}, {**ends}

    def outcomes(self) -> dict[str, int]:
        return dict(Counter(ended.outcome.value for ended in self.pages.values()))

    # -- the port

    def find(self, source: str, url: str) -> KnownAddress | None:
        entry = self.addresses.get(url)
        return entry[2] if entry else None

    def prefetch(self, urls: Iterable[str]) -> None:
        del urls

    def iter_due(self, source: str) -> Iterator[KnownAddress]:
        mine = [
            known
            for owner, kind, known in self.addresses.values()
            if owner == source and kind == "page" and known.url not in {*self.pages, *self.resting}
        ]
        yield from sorted(mine, key=lambda known: known.last_fetch is not None)

    def iter_waiting(self, source: str) -> Iterator[str]:
        yield from (url for url in self.waiting if self.find(source, url) is not None)

    def rested_shape(self, source: str, url: str) -> str | None:
        return next((shape for shape in shapes(url) if shape in self.rested), None)

    def read_titles(self, source: str, titles: Collection[str]) -> Collection[str]:
        return self.titles.intersection(titles)

    def record_left_out(self, source: str, shape: str, number: int) -> None:
        self.left_out[shape] = number

    def has_outcome(self, url: str) -> bool:
        return url in self.pages

    def add(self, source: str, link: Link) -> None:
        entry = self.addresses.get(link.url)
        if entry is None:
            if link.archive:
                self.archived.add(link.url)
            if link.met is not None:
                self.met[link.url] = link.met
            known = KnownAddress(link.url, lastmod=link.lastmod)
            self.addresses[link.url] = (source, "page", known)
        elif link.lastmod and (entry[2].lastmod is None or link.lastmod > entry[2].lastmod):
            self.addresses[link.url] = (*entry[:2], replace(entry[2], lastmod=link.lastmod))
            self.resting.discard(link.url)
        if entry is not None and link.published is not None and not link.archive:
            self.archived.discard(link.url)
        if entry is not None and link.met is None:
            self.met.pop(link.url, None)
        elif entry is not None and link.met == "aside" and link.url in self.met:
            self.met[link.url] = "aside"

    def record_listed(self, url: str) -> None:
        self.listed.append(url)

    def record_fetch(self, source: str, response: Response, position: ArchivePosition) -> bool:
        self._count(source, response.url, Ended(source, Outcome.FETCHED, None, response.status))
        self.responses[response.url] = (response, position)
        self._keep(source, "page", response.url, response)
        self._archived(position)
        return True

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
        self._count(source, url, Ended(source, outcome, reason, status))
        known = self.find(source, url) or KnownAddress(url)
        self.addresses[url] = (source, "page", known)
        self.resting.add(url)
        self._archived(position)

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
        self.documents[url] = Ended(source, outcome, reason)
        if response is not None:
            self._keep(source, "discovery", url, response)
        self._archived(position)

    def load_backfill(self, source: str, start: str) -> BackfillProgress | None:
        return self.backfills.get((source, start))

    def save_backfill(self, source: str, start: str, progress: BackfillProgress) -> None:
        self.backfills[source, start] = progress

    def load_unread(self, source: str, start: str) -> Mapping[str, UnreadPage]:
        return {
            url: UnreadPage(url, failures, is_due=self.runs >= again)
            for url, (failures, again) in self.unread.get((source, start), {}).items()
        }

    def save_unread(self, source: str, start: str, failures: Mapping[str, UnreadFailure]) -> None:
        known = self.unread.setdefault((source, start), {})
        for url, failure in failures.items():
            times = known.get(url, (0, 0))[0] + failure.requested
            wait = 1 << max(0, times - 1) if failure.requested else 0
            known[url] = (times, self.runs + wait)

    def delete_unread(self, source: str, start: str, pages: Collection[str]) -> None:
        for url in pages:
            self.unread.get((source, start), {}).pop(url, None)

    def load_site(self, name: str) -> KnownSite:
        return self.sites.get(name, KnownSite())

    def save_robots(self, name: str, status: int, body: bytes) -> None:
        now = datetime.now(UTC)
        before = self.load_site(name)
        self.sites[name] = replace(before, robots=body, robots_status=status, robots_at=now)

    def save_cooldown(self, name: str, cooldown: KnownSite) -> None:
        before = self.load_site(name)
        self.sites[name] = replace(
            cooldown,
            robots=before.robots,
            robots_status=before.robots_status,
            robots_at=before.robots_at,
        )

    def reset_site(self, name: str) -> None:
        self.sites[name] = replace(self.load_site(name), failures=0, cooldown_until=None)

    def record_feed(self, source: str, url: str, entries: Sequence[Link]) -> None:
        self.feeds[url] = entries

    def record_listing(
        self, source: str, url: str, pages: Collection[str], *, rolling: bool = False
    ) -> None:
        self.listings[url] = pages

    def committed_end(self, file: str) -> int:
        return self.ends.get(file, 0)

    def commit(self) -> None:
        self.commits += 1
        self._saved = self._state()

    # -- memory

    def _count(self, source: str, url: str, ended: Ended) -> None:
        assert url not in self.pages, f"{url} has two outcomes: {self.pages[url]} and {ended}"
        self.pages[url] = ended

    def _keep(self, source: str, kind: str, url: str, response: Response) -> None:
        before = self.find(source, url)
        known = KnownAddress(
            url,
            response.headers.get("etag"),
            response.headers.get("last-modified"),
            response.fetched_at,
            before.lastmod if before else None,
            has_document=kind == "page",
        )
        self.resting.add(url)
        self.addresses[url] = (source, kind, known)

    def _archived(self, position: ArchivePosition | None) -> None:
        if position is not None:
            end = position.offset + position.length
            assert end >= self.ends.get(position.file, 0), "the archive's end only grows"
            self.ends[position.file] = end

    def _state(
        self,
    ) -> tuple[
        dict[str, tuple[str, str, KnownAddress]], dict[str, Ended], dict[str, Ended], dict[str, int]
    ]:
        return {**self.addresses}, {**self.pages}, {**self.documents}, {**self.ends}
