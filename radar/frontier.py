"""Joins the crawl's port `Frontier` to the ledger of the system of record."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from crawler.frontier import ArchivePosition, KnownAddress, Link, Response
from indexer.ledger import Ledger
from indexer.outcome import Outcome


class LedgerFrontier:
    """The frontier of one run; see `crawler.frontier.Frontier` for what each method means."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def known(self, source: str, url: str) -> KnownAddress | None:
        """The address as earlier runs left it."""
        del source  # an address has one owner, whoever asks
        row = self.ledger.row(url)
        return None if row is None else self._known(row)

    def due(self, source: str) -> Iterator[KnownAddress]:
        """Known page addresses of the source that are due now."""
        return map(self._known, self.ledger.due_rows(source))

    def counted(self, url: str) -> bool:
        """Whether the address has an outcome in this run already."""
        return self.ledger.counted(url)

    def see(self, source: str, link: Link) -> None:
        """Keep a discovered page address."""
        self.ledger.see(source, link)

    def fetched(self, source: str, response: Response, position: ArchivePosition) -> None:
        """A page was got and archived."""
        self.ledger.page_fetched(
            source,
            response.url,
            final_url=response.final_url,
            status=response.status,
            headers=response.headers,
            fetched_at=response.fetched_at,
            truncated=response.truncated,
            file=position.file,
            offset=position.offset,
            length=position.length,
        )

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
        self.ledger.page_ended(source, url, outcome, reason, status=status, archived=_end(position))

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
        """A discovery document was asked for."""
        answered = response is not None and response.status == 200
        self.ledger.discovery_asked(
            source,
            url,
            outcome,
            reason,
            validators=response.headers if response is not None and answered else None,
            archived=_end(position),
        )

    def committed_end(self, file: str) -> int:
        """End of the last committed record in this archive file."""
        return self.ledger.committed_end(file)

    def commit(self) -> None:
        """Make durable all that was told."""
        self.ledger.commit()

    def _known(self, row: sa.Row[tuple[object, ...]]) -> KnownAddress:
        return KnownAddress(
            url=row.url,
            etag=row.etag,
            last_modified=row.last_modified,
            last_fetch=row.last_fetch,
            lastmod=row.lastmod,
            due=self.ledger.is_due(row),
        )


def _end(position: ArchivePosition | None) -> tuple[str, int] | None:
    return None if position is None else (position.file, position.offset + position.length)
