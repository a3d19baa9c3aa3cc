"""`radar forget`: erases everything of a page or a source, wherever it is stored.

The order is recorded first, so that an interrupted erasure is completed by the next run, or by
giving the order again; then come the search index, labels, the archive, the database and the feeds.
A step that is already done does nothing. Of a page only a hash is kept, which blocks it.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from crawler.archive.purging import ArchivedRecord
from indexer.database import tables
from indexer.database.epochs import disown_earlier_indexes
from indexer.database.records import columns_of, get_record
from indexer.erasure.references import remove_from_reasons, remove_from_summaries
from indexer.erasure.removal import Targets, remove, targets_of_page, targets_of_source
from indexer.erasure.retention import enable_secure_delete, truncate_write_ahead_log
from indexer.frontier.fetches import ArchivedFetch
from indexer.records.document import DocumentId
from indexer.records.labels import Labels
from indexer.records.source import Source
from indexer.records.urls import canonical, identity, owns
from indexer.revisions.revisions import ERASED
from radar.channels.feed import NAME as FEED
from radar.channels.feed import has_feed
from radar.erasure.archive_purge import ArchivePurge, RemovalRule
from radar.erasure.erased_pages import ErasedPages, block_pages, page_key
from radar.erasure.mentions import mentions_of
from radar.installation.belonging import begin_writing, refuse_foreign_index
from radar.installation.delivery_terms import language_of
from radar.installation.installation import Installation
from radar.installation.watches import all_watches, left_over
from radar.labelling.label_files import LabelFiles

logger = logging.getLogger(__name__)

Kind = Literal["page", "source"]

COUNTED = ("documents", "revisions", "matches", "addresses", "answers")
"""What is counted: rows of the first four, records of the archive."""
LEFT = "labels"
"""Key beside the counts of an order whose labels could not be removed when its rows were: documents
they may be of.
"""
WAITS = "waits"
"""Key beside the counts of an order that waits for its labels alone: all else is done."""
RETURNED = "of forgotten pages, or unreadable"
"""Which lines of labels go once a restore has brought back some."""
_TABLES = {
    "document": "documents",
    "revision": "revisions",
    "match": "matches",
    "address": "addresses",
}


@dataclass(frozen=True, slots=True)
class Erasure:
    """The record of one order to erase."""

    kind: Kind
    what: str
    """Id of the source, or address of the page: its hash, once it is erased."""
    counts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Order:
    """An order that is being carried out."""

    number: int
    kind: Kind
    what: str
    targets: Targets
    waits: bool = False
    """For labels that could not be removed when all else was."""


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases on one connection, under the run lock."""

    installation: Installation
    engine: sa.Engine
    connection: sa.Connection
    now: Callable[[], datetime]
    losses: list[str] = field(default_factory=list)
    """Damage that was met in the archive and removed, one line each."""

    def erase(self, kind: Kind, what: str) -> dict[str, int]:
        """Remove everything of a page (its address) or a source (its id); returns the counts.

        Raises StoreError (the search store is not usable; try again later) and OSError.
        """
        [counts] = self._complete([self._enter(kind, what)])
        return counts

    def _enter(self, kind: Kind, what: str) -> int:
        """Record an order, unless one like it is not complete yet: that is begun again, as more may
        have come while it waited for labels. Its number.
        """
        known = sa.select(tables.erasure.c.id).where(
            tables.erasure.c.kind == kind,
            tables.erasure.c.what == what,
            tables.erasure.c.finished.is_(None),
        )
        number = self.connection.execute(known).scalar()
        if number is None:
            inserted = self.connection.execute(
                sa.insert(tables.erasure).values(
                    kind=kind, what=what, started=self.now(), counts=dict.fromkeys(COUNTED, 0)
                )
            ).inserted_primary_key
            number = int(inserted[0]) if inserted else 0
        else:
            counts = self._load(number).counts
            self._update(number, counts={k: v for k, v in counts.items() if k != WAITS})
        if kind == "page":
            block_pages(self.connection, [what], self.now())
        self.connection.commit()
        return number

    def complete_interrupted(self) -> None:
        """Complete the erasures that an earlier process did not."""
        self._complete(self._interrupted())

    def hide_interrupted(self) -> None:
        """Take what they are about out of the search index; raises StoreError."""
        orders = map(self._load, self._interrupted())
        targets = [self._targets(order.kind, order.what) for order in orders]
        self._hide(document for each in targets for document in each.documents)

    def remove_returned_labels(self) -> int:
        """Remove labels of erased pages, where a restore has brought back any, and with them lines
        that nobody can read. How many lines; raises OSError.
        """
        erased = ErasedPages(self.connection)
        files = LabelFiles(self.installation.settings.labels)

        def is_removed(labels: Labels) -> bool:
            return labels.url in erased

        # What can't be read may be another version's: it stays as long as nothing has come back.
        return files.remove(is_removed) if erased and any(map(is_removed, files.all())) else 0

    def _interrupted(self) -> Sequence[int]:
        query = sa.select(tables.erasure.c.id).where(tables.erasure.c.finished.is_(None))
        return self.connection.execute(query).scalars().all()

    def _hide(self, documents: Iterable[str]) -> None:
        hidden = sorted({DocumentId(document) for document in documents})
        if hidden:
            refuse_foreign_index(self.connection, self.installation)
            with self.installation.store(writable=True) as store:
                begin_writing(self.connection, store, always=True)
                # A page that comes back begins with its first revision again.
                store.delete(hidden, for_good=True)
            self.disown_other_indexes()

    def disown_other_indexes(self) -> None:
        """Have an index that is not in use, of a store that was configured before, built again
        once it is: it holds what was removed. Until then no search shows pages from there that the
        database does not know.
        """
        disown_earlier_indexes(self.connection)
        self.connection.commit()

    def erase_reappeared(self) -> None:
        """Erase erased pages that extraction has found under new addresses."""
        query = sa.select(tables.fetch.c.url).where(
            tables.fetch.c.state == "not-kept", tables.fetch.c.reason == ERASED
        )
        urls = self.connection.execute(query.distinct()).scalars().all()
        self._complete([self._enter("page", url) for url in urls])

    def _complete(self, numbers: Sequence[int]) -> list[dict[str, int]]:
        """Do all that is not done yet of some orders; the counts of each. The archive, which may be
        large, is read once for all of them.

        Labels that can't be removed now keep nothing else: OSError is raised at the end, and the
        orders stay to be completed. What was done of them is done again only when the labels go.
        """
        if not numbers:
            return []
        enable_secure_delete(self.connection)
        orders = [self._blocked(number) for number in numbers]
        self._hide(document for order in orders for document in order.targets.documents)
        unlabelled = self._remove_labels(orders)
        if unlabelled is not None:
            orders = [order for order in orders if not order.waits]
            if not orders:
                raise unlabelled
        self._purge(orders)
        for order in orders:
            if unlabelled is None:
                self._remove_rows(order)
            elif order.kind == "page":  # by its rows is told which labels are of a source
                self._note(order.number, {LEFT: sorted(order.targets.documents)})
                self._remove_rows(order)
            self.connection.commit()
        self.rewrite_feeds()
        pages = [_plain(order.what) for order in orders if order.kind == "page"]
        if pages:
            _leave_out_of_logs(self.installation.settings.log, pages)
        if unlabelled is not None:
            for order in orders:
                self._note(order.number, {WAITS: True})
            self.connection.commit()
            raise unlabelled
        return [self._finish(number) for number in numbers]

    def _blocked(self, number: int) -> _Order:
        """An order with its targets, none of which comes back meanwhile."""
        erasure = self._load(number)
        targets = self._targets(erasure.kind, erasure.what)
        if erasure.kind == "page":
            block_pages(self.connection, targets.addresses, self.now())
            self.connection.commit()
        known = targets.documents.union(erasure.counts.get(LEFT, ()))
        targets = replace(targets, documents=known)
        return _Order(number, erasure.kind, erasure.what, targets, WAITS in erasure.counts)

    def _remove_rows(self, order: _Order) -> None:
        gone = remove(self.connection, order.targets)
        if order.kind == "page":
            remove_from_reasons(self.connection, _plain(order.what))
        else:
            remove_from_summaries(self.connection, order.what)
        self._add(order.number, {name: gone.get(table, 0) for table, name in _TABLES.items()})

    def _targets(self, kind: str, what: str) -> Targets:
        if kind == "source":
            return targets_of_source(self.connection, what)
        address = canonical(what)
        twins = [what] if address is None else [f"{s}://{identity(address)}" for s in _SCHEMES]
        return targets_of_page(self.connection, twins)

    def _rule(self, order: _Order) -> RemovalRule:
        """Removes the responses, redirects to them, and listings that mention them."""
        sources = {s.id: s for s in self.installation.settings.sources}
        if order.kind == "source":
            return _of_source(order.what, sources.get(order.what), order.targets)
        return _of_page(order.what, order.targets, sources.values())

    def _purge(self, orders: Sequence[_Order]) -> None:
        """What several orders remove counts for the first of them."""
        rules = [(order.number, self._rule(order)) for order in orders]
        removed: Counter[int] = Counter()

        def is_removed(record: ArchivedRecord, fetch: ArchivedFetch | None) -> bool:
            number = next((number for number, rule in rules if rule(record, fetch)), None)
            if number is not None:
                removed[number] += 1
            return number is not None

        def add(_: int) -> None:
            for number, answers in removed.items():
                self._add(number, {"answers": answers})
            removed.clear()

        purge = ArchivePurge(self.connection, self.installation.settings.archive)
        for name in purge.files():
            purge.remove(name, is_removed, also=add)
        self.losses.extend(purge.losses)

    def _remove_labels(self, orders: Sequence[_Order]) -> OSError | None:
        """Labels hold the text of their page, which need not be a document. Returns why some can't
        be removed now.
        """
        sources = {s.id: s for s in self.installation.settings.sources}
        rules = [_of_labels(order, sources) for order in orders]
        erased = ErasedPages(self.connection)
        files = LabelFiles(self.installation.settings.labels)
        try:
            files.remove(lambda labels: labels.url in erased or any(rule(labels) for rule in rules))
        except OSError as error:
            return error
        return None

    def rewrite_feeds(self) -> None:
        """Write the feeds again from what is left; delete those that no watch writes any more."""
        settings = self.installation.settings
        known = all_watches(settings, self.connection)
        titles = {w.id: (w.name, language_of(settings, w, FEED)) for w in known if has_feed(w)}
        if not settings.knows_all_watches:
            # Of one that stands still, the file does not say what it has.
            still = left_over(self.connection, known)
            titles |= {watch: (name, settings.language) for watch, name in still.items()}
        channel = self.installation.feed_channel(self.engine)
        if settings.feeds.exists():
            channel.remove_drafts()
        for path in settings.feeds.glob("*.atom"):
            if path.stem in titles:
                channel.write(path.stem, *titles[path.stem])
            else:
                path.unlink()

    def _load(self, number: int) -> Erasure:
        query = sa.select(*columns_of(Erasure, tables.erasure))
        return get_record(self.connection, Erasure, query.where(tables.erasure.c.id == number))

    def _add(self, number: int, counts: dict[str, int]) -> None:
        before = self._load(number).counts
        self._note(number, {name: before[name] + counts.get(name, 0) for name in COUNTED})

    def _note(self, number: int, noted: Mapping[str, Any]) -> None:
        self._update(number, counts={**self._load(number).counts, **noted})

    def _finish(self, number: int) -> dict[str, int]:
        erasure = self._load(number)
        what = erasure.what if erasure.kind == "source" else page_key(erasure.what)
        counts = {name: int(erasure.counts[name]) for name in COUNTED}
        self._update(number, what=what, finished=self.now(), counts=counts)
        self.connection.commit()
        truncate_write_ahead_log(self.connection)
        facts = " ".join(f"{name}={n}" for name, n in counts.items())
        logger.warning("forgotten %s %s %s", erasure.kind, what, facts)
        return counts

    def _update(self, number: int, **values: Any) -> None:
        self.connection.execute(
            sa.update(tables.erasure).where(tables.erasure.c.id == number).values(**values)
        )


_SCHEMES = ("http", "https")


def _of_labels(order: _Order, sources: Mapping[str, Source]) -> Callable[[Labels], bool]:
    source = sources.get(order.what) if order.kind == "source" else None
    keys = frozenset(page_key(url) for url in (order.what, *order.targets.addresses))

    def is_removed(labels: Labels) -> bool:
        address = canonical(labels.url) if labels.url else None
        if labels.id in order.targets.documents or (address and page_key(address) in keys):
            return True
        return source is not None and address is not None and owns(source, address)

    return is_removed


def _of_source(name: str, source: Source | None, targets: Targets) -> RemovalRule:
    def is_removed(record: ArchivedRecord, fetch: ArchivedFetch | None) -> bool:
        if fetch is not None:
            return fetch.id in targets.fetches or fetch.source == name
        address = canonical(record.url)
        return record.url in targets.addresses or (
            source is not None and address is not None and owns(source, address)
        )

    return is_removed


def _of_page(what: str, targets: Targets, sources: Iterable[Source]) -> RemovalRule:
    keys = frozenset(page_key(url) for url in (what, *targets.addresses))
    mentions = mentions_of((what, *targets.addresses))
    lists = tuple(_api_lists(what, sources))

    def is_removed(record: ArchivedRecord, fetch: ArchivedFetch | None) -> bool:
        """Listings and feeds that mention the page are removed too: nobody reads them again."""
        if fetch is not None:
            return fetch.id in targets.fetches
        if page_key(record.url) in keys or record.url.startswith(lists):
            return True
        return mentions.stand_in(record)

    return is_removed


def _api_lists(what: str, sources: Iterable[Source]) -> Iterator[str]:
    """How addresses of the lists begin that may tell of the page without naming its address."""
    address = canonical(what)
    for source in sources:
        if address is not None and owns(source, address):
            yield from (api.address.partition("{")[0] for api in source.apis)


def _plain(url: str) -> str:
    """The address without its scheme, as it stands in reasons and logs."""
    address = canonical(url)
    return identity(address) if address is not None else url


def _leave_out_of_logs(folder: Path, pages: Collection[str]) -> None:
    """Make the lines of the logs blank that name one of the pages.

    They are overwritten where they stand: a run that still delivers goes on writing behind them.
    """
    named = [page.encode() for page in pages]
    for path in folder.glob("run-*.log"):
        with path.open("r+b") as file:
            place = 0
            for line in file.read().splitlines(keepends=True):
                if any(page in line for page in named):
                    file.seek(place)
                    file.write(b" " * len(line.rstrip(b"\r\n")))
                place += len(line)
            file.flush()
            os.fsync(file.fileno())
