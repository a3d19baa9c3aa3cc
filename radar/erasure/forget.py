"""`radar forget`: everything of a page or a source is removed, wherever it stands.

The record of what is asked for comes first, so that one that is cut off is ended by the next run or
by saying it again; then the search index, the archive, the database and the feeds, each step doing
nothing where it has been done. Of a page only a hash is kept, by which it stays away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa

from crawler.archive.purging import ArchivedRecord
from indexer.database import tables
from indexer.erasure.references import leave_out_of_reasons, leave_out_of_summaries
from indexer.erasure.removal import Targets, remove, targets_of_page, targets_of_source
from indexer.erasure.retention import empty_write_ahead_log, overwrite_what_is_deleted
from indexer.records.document import DocumentId
from indexer.records.source import Source
from indexer.records.urls import canonical, identity, owned
from indexer.revisions.revisions import FORGOTTEN
from radar.erasure.forgotten import keep_out, key_of
from radar.erasure.purging import Judge, Purge
from radar.installation.installation import Installation

logger = logging.getLogger(__name__)

Kind = Literal["page", "source"]

COUNTED = ("documents", "revisions", "matches", "addresses", "answers")
"""What is counted: rows of the first four, records of the archive."""
_TABLES = {
    "document": "documents",
    "revision": "revisions",
    "match": "matches",
    "address": "addresses",
}
_TELLING = 6
"""Characters of a path that tells one page from others: a shorter one stands in half of all pages.
"""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Forgets on one connection, under the run lock."""

    installation: Installation
    engine: sa.Engine
    connection: sa.Connection
    now: Callable[[], datetime]

    def forget(self, kind: Kind, what: str) -> dict[str, int]:
        """Remove everything of a page (its address) or a source (its id); what was removed,
        counted.

        Raises StoreError (the search store is not usable; say it again later) and OSError.
        """
        known = sa.select(tables.forgetting.c.id).where(
            tables.forgetting.c.kind == kind,
            tables.forgetting.c.what == what,
            tables.forgetting.c.finished.is_(None),
        )
        number = self.connection.execute(known).scalar()
        if number is None:
            inserted = self.connection.execute(
                sa.insert(tables.forgetting).values(
                    kind=kind, what=what, started=self.now(), counts=dict.fromkeys(COUNTED, 0)
                )
            ).inserted_primary_key
            number = int(inserted[0]) if inserted else 0
        if kind == "page":
            keep_out(self.connection, [what], self.now())
        self.connection.commit()
        return self._complete(number)

    def end_what_was_cut_off(self) -> None:
        """Complete what an earlier process did not."""
        query = sa.select(tables.forgetting.c.id).where(tables.forgetting.c.finished.is_(None))
        for number in self.connection.execute(query).scalars().all():
            self._complete(number)

    def forget_what_came_back(self) -> None:
        """Pages that reading has found to be forgotten ones, under addresses that nobody knew."""
        query = sa.select(tables.fetch.c.url).where(
            tables.fetch.c.state == "not-kept", tables.fetch.c.reason == FORGOTTEN
        )
        for url in self.connection.execute(query).scalars().all():
            self.forget("page", url)

    def _complete(self, number: int) -> dict[str, int]:
        """Do all that is not done yet."""
        row = self._row(number)
        overwrite_what_is_deleted(self.connection)
        targets = self._targets(row.kind, row.what)
        if row.kind == "page":
            keep_out(self.connection, targets.addresses, self.now())
            self.connection.commit()
        if targets.documents:
            with self.installation.store(writable=True) as store:
                store.delete([DocumentId(d) for d in targets.documents])
        self._purge(number, self._judge(row.kind, row.what, targets))
        gone = remove(self.connection, targets)
        if row.kind == "page":
            leave_out_of_reasons(self.connection, _plain(row.what))
        else:
            leave_out_of_summaries(self.connection, row.what)
        self._add(number, {name: gone.get(table, 0) for table, name in _TABLES.items()})
        self.connection.commit()
        self.write_feeds()
        if row.kind == "page":
            _leave_out_of_logs(self.installation.settings.log, _plain(row.what))
        return self._finish(number)

    def _targets(self, kind: str, what: str) -> Targets:
        if kind == "source":
            return targets_of_source(self.connection, what)
        address = canonical(what)
        twins = [what] if address is None else [f"{s}://{identity(address)}" for s in _SCHEMES]
        return targets_of_page(self.connection, twins)

    def _judge(self, kind: str, what: str, targets: Targets) -> Judge:
        """Which records go: the answers, and what was fetched on the way to them or tells of them."""
        sources = {s.id: s for s in self.installation.settings.sources}
        if kind == "source":
            return _of_source(what, sources.get(what), targets)
        return _of_page(what, targets, sources.values())

    def _purge(self, number: int, judge: Judge) -> None:
        purge = Purge(self.connection, self.installation.settings.archive)
        for name in purge.files():
            purge.remove(name, judge, also=lambda n: self._add(number, {"answers": n}))

    def write_feeds(self) -> None:
        """Feeds are made anew from what is left; those that no watch writes any more go."""
        watches = {w.id: w.name for w in self.installation.watches if "feed" in w.channels}
        channel = self.installation.feed_channel(self.engine)
        for path in self.installation.settings.feeds.glob("*.atom"):
            if path.stem in watches:
                channel.write(path.stem, watches[path.stem])
            else:
                path.unlink()

    def _row(self, number: int) -> sa.Row[Any]:
        query = sa.select(tables.forgetting).where(tables.forgetting.c.id == number)
        return self.connection.execute(query).one()

    def _add(self, number: int, counts: dict[str, int]) -> None:
        before = self._row(number).counts
        added = {name: before[name] + counts.get(name, 0) for name in COUNTED}
        self._update(number, counts=added)

    def _finish(self, number: int) -> dict[str, int]:
        row = self._row(number)
        what = row.what if row.kind == "source" else key_of(row.what)
        self._update(number, what=what, finished=self.now())
        self.connection.commit()
        empty_write_ahead_log(self.connection)
        counts = {name: int(row.counts[name]) for name in COUNTED}
        told = " ".join(f"{name}={n}" for name, n in counts.items())
        logger.warning("forgotten %s %s %s", row.kind, what, told)
        return counts

    def _update(self, number: int, **values: Any) -> None:
        self.connection.execute(
            sa.update(tables.forgetting).where(tables.forgetting.c.id == number).values(**values)
        )


_SCHEMES = ("http", "https")


def _of_source(name: str, source: Source | None, targets: Targets) -> Judge:
    def goes(record: ArchivedRecord, row: sa.Row[Any] | None) -> bool:
        if row is not None:
            return row.id in targets.fetches or row.source == name
        address = canonical(record.url)
        return record.url in targets.addresses or (
            source is not None and address is not None and owned(source, address)
        )

    return goes


def _of_page(what: str, targets: Targets, sources: Iterable[Source]) -> Judge:
    keys = frozenset(key_of(url) for url in (what, *targets.addresses))
    paths = [_path(url) for url in (what, *targets.addresses)]
    telling = [path for path in dict.fromkeys(paths) if len(path) >= _TELLING]
    lists = tuple(_api_lists(what, sources))

    def goes(record: ArchivedRecord, row: sa.Row[Any] | None) -> bool:
        """Listings and feeds that tell of the page go too: nobody reads them again."""
        if row is not None:
            return row.id in targets.fetches
        if key_of(record.url) in keys or record.url.startswith(lists):
            return True
        return any(record.holds(path.encode()) for path in telling)

    return goes


def _api_lists(what: str, sources: Iterable[Source]) -> Iterator[str]:
    """How addresses of the lists begin that may tell of the page without naming its address."""
    address = canonical(what)
    for source in sources:
        if address is not None and owned(source, address):
            yield from (api.address.partition("{")[0] for api in source.apis)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _plain(url: str) -> str:
    """The address without its scheme, as it stands in reasons and logs."""
    address = canonical(url)
    return identity(address) if address is not None else url


def _leave_out_of_logs(folder: Path, words: str) -> None:
    """Take the lines that name the page out of the logs of earlier runs."""
    for path in sorted(folder.glob("run-*.log"))[:-1]:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines(keepends=True)
        left = [line for line in lines if words not in line]
        if len(left) < len(lines):
            path.write_text("".join(left), encoding="utf-8", errors="surrogateescape")
