"""The ledger as the crawl uses it: without erased pages, and with pages read ahead."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.database.engine import raising_database_errors
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import ArchivePosition, KnownAddress, Link, Response
from indexer.profiles.profile_samples import stated_of
from indexer.records.stated import Stated
from radar.stages.read_ahead import ReadingAhead


class CrawlFrontier(Ledger):
    """The frontier of one run; see `indexer.frontier.port.Frontier` for each method."""

    def __init__(
        self,
        connection: sa.Connection,
        run: int,
        now: Callable[[], datetime],
        *,
        everything: bool = False,
        erased: Container[str] = (),
        ahead: ReadingAhead | None = None,
    ) -> None:
        """`erased`: pages that are never requested. `ahead` extracts what is fetched."""
        super().__init__(connection, run, now, everything=everything)
        self._erased = erased
        self._ahead = ahead

    def find(self, source: str, url: str) -> KnownAddress | None:
        """What earlier runs have saved about the address; an erased page is known too.

        Otherwise a listing that links to it would be read to its end in every run.
        """
        return KnownAddress(url) if url in self._erased else super().find(source, url)

    def has_outcome(self, url: str) -> bool:
        """Whether the page address already has an outcome in this run, or must not get one."""
        return url in self._erased or super().has_outcome(url)

    @raising_database_errors()
    def add(self, source: str, link: Link) -> None:
        """Add a discovered page address."""
        if link.url in self._erased:
            return
        new = self.address(link.url) is None
        super().add(source, link)
        if new and self._ahead is not None:
            self._ahead.expect()

    @raising_database_errors()
    def record_fetch(
        self,
        source: str,
        response: Response,
        position: ArchivePosition,
        *,
        given: Mapping[str, Any] | None = None,
        counted: bool = True,
    ) -> bool:
        """A page was fetched and archived: offer it to be extracted ahead."""
        unread = super().record_fetch(source, response, position, given=given, counted=counted)
        if self._ahead is not None and unread:
            stated = stated_of(response, self._stated) if given is None else None
            self._ahead.offer(position, source, response, stated)
        return unread

    def _stated(self, url: str) -> Stated | None:
        address = self.address(url)
        if address is None:
            return None
        return Stated(address.published, address.title, seen=address.first_seen.date())
