"""Which pages of a source a run requests, best first.

1. Never requested, newest first.
2. Claimed to have changed since they were fetched, by a lastmod that is credible.
3. Due by the clock, and nothing claims that they are unchanged.
4. Where lastmod is trusted, the pages that it is silent about are not requested, but a few of them
   are, so that trust can be lost: the newest one (edits are likeliest there) and the one that has
   waited longest.

Pages on a site whose lastmod is not trusted go by the clock (3), whatever it claims. Their times
advance as if nobody trusted it, so that everything that trust has held back is due at once when it
is lost. Addresses are read lazily: of a million no more than a run's budget.

What a run with a clock ahead of ours has requested is due in any case: neither its next time nor
what lastmod says of it since then means anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime, has_run_ahead
from indexer.database.records import iter_records
from indexer.frontier.address import ADDRESS_STATE, AddressState
from indexer.frontier.recrawl.revisits import LONGEST
from indexer.frontier.recrawl.signals import Score
from indexer.frontier.recrawl.site_history import SiteHistories
from indexer.frontier.traps.shapes import shapes
from indexer.records.instants import SKEW

AT_A_TIME = 200
"""Rows that are read ahead."""
FEW_AUDITS, MORE_AUDITS = 1, 5
"""Silent pages of a site that one run requests, once its silence is proven, and before."""
PROVEN_SILENCES = 20
"""Trials after which silence is proven."""
MANY_CLAIMS = 20
"""Claims of a source at once that are believed without proof; more are, unless most pages are
claimed.
"""
CLAIM_SAMPLE = 10
"""Pages that a run requests where most are claimed to have changed and nothing proves the site.
"""
WAITING = 2_000
"""Addresses that wait for their first request which are looked at, the oldest: several nights'."""

_PAGE = tables.address.c
PAGE_DUE = DueTime(_PAGE.next_due, LONGEST, _PAGE.last_fetch)
_NEWEST = (
    _PAGE.dated.desc().nulls_last(),
    _PAGE.lastmod.desc().nulls_last(),
    _PAGE.first_seen.desc(),
    _PAGE.url,
)


class DueAddresses:
    """Reads what is due from the table of addresses."""

    def __init__(self, connection: sa.Connection, run: int) -> None:
        self._connection = connection
        self._run = run
        self._histories = SiteHistories(connection)
        counted = sa.exists().where(
            tables.visit.c.run == run,
            tables.visit.c.url == _PAGE.url,
            tables.visit.c.kind == "page",
        )
        self._open = sa.and_(_PAGE.kind == "page", _PAGE.url.like("http%"), ~counted)

    def everything(self, source: str) -> Iterator[AddressState]:
        """All known pages of the source: again those that were requested before, the longest ago
        first, so that run after run gets to all of them where one may not request so many; then
        what waits for its first request.
        """
        order = (_PAGE.last_fetch.nulls_first(), *_NEWEST)
        yield from self._rows(source, _PAGE.last_outcome.is_not(None), order=order)
        yield from self._new(source)

    def due(self, source: str, now: datetime) -> Iterator[AddressState]:
        """The pages that this run requests."""
        yield from self._new(source)
        sites = self._sites(source)
        scores = {site: self._histories.of(site).lastmod for site in sites}
        believed = _PAGE.site.in_([s for s, score in scores.items() if score.claims_count])
        sample = self._sample_of_claims(source, scores)
        if sample is not None:
            yield from sample
            believed = _PAGE.site.in_([s for s, score in scores.items() if score.claims_proven])
        claimed = sa.and_(_PAGE.lastmod_changed.is_(sa.true()), believed)
        if sites:
            yield from self._rows(source, claimed)
        by_clock = sa.and_(_PAGE.lastmod_unchanged.is_(sa.false()), _PAGE.next_due <= now)
        if self._was_ahead(source, now):
            by_clock = sa.or_(by_clock, PAGE_DUE.is_beyond(now))
        yield from self._rows(source, _PAGE.last_outcome.is_not(None), by_clock, ~claimed)
        for site, score in scores.items():
            yield from self._silent_pages(source, site, score, now)

    def waiting(self, source: str, now: datetime) -> Iterator[AddressState]:
        """Pages that earlier runs have found and none has requested, the oldest first, one of each
        shape by turns: what a site makes without end can't keep out what it has beside that.
        """
        started = sa.select(tables.run.c.started).where(tables.run.c.id == self._run)
        earlier = sa.or_(
            _PAGE.first_seen < started.scalar_subquery(), _PAGE.first_seen > now + SKEW
        )
        order = (_PAGE.first_seen, _PAGE.url)
        yield from _by_turns(
            self._rows(source, _PAGE.last_outcome.is_(None), earlier, order=order, limit=WAITING)
        )

    def _new(self, source: str) -> Iterator[AddressState]:
        return self._rows(source, _PAGE.last_outcome.is_(None))

    def _was_ahead(self, source: str, now: datetime) -> bool:
        """Whether a clock ahead of ours may have set times of the source; else the index of due
        times is enough to read them.
        """
        latest = sa.select(sa.func.max(_PAGE.next_due)).where(
            _PAGE.source == source, _PAGE.kind == "page", _PAGE.lastmod_unchanged.is_(sa.false())
        )
        found = self._connection.execute(latest).scalar()
        beyond = found is not None and found > now + PAGE_DUE.longest + SKEW
        return beyond or has_run_ahead(self._connection, now)

    def _sample_of_claims(
        self, source: str, scores: dict[str, Score]
    ) -> Iterator[AddressState] | None:
        """A few of the claims where they are too many to be believed without proof; else None."""
        claimed = sa.and_(_PAGE.source == source, _PAGE.lastmod_changed.is_(sa.true()))
        number = self._number(claimed, 1 << 30)
        unclaimed = sa.and_(_PAGE.source == source, _PAGE.lastmod_unchanged.is_(sa.true()))
        if number <= MANY_CLAIMS or self._number(unclaimed, number) >= number:
            return None
        unproven = [
            s for s, score in scores.items() if score.claims_count and not score.claims_proven
        ]
        return self._rows(
            source,
            _PAGE.lastmod_changed.is_(sa.true()),
            _PAGE.site.in_(unproven),
            limit=CLAIM_SAMPLE,
        )

    def _silent_pages(
        self, source: str, site: str, score: Score, now: datetime
    ) -> Iterator[AddressState]:
        """Pages of a site that lastmod is silent about: all that are due, or an audit."""
        silent = (_PAGE.lastmod_unchanged.is_(sa.true()), _PAGE.site == site)
        if not score.silence_counts:
            yield from self._rows(source, *silent, _PAGE.next_due <= now)
            return
        audits = FEW_AUDITS if score.silences >= PROVEN_SILENCES else MORE_AUDITS
        waiting = self._rows(
            source, *silent, _PAGE.next_due <= now, order=(_PAGE.next_due,), limit=1
        )
        newest = self._rows(source, *silent, _PAGE.next_due <= now, limit=audits)
        # Once proven, by turns: the number of trials is as good as a coin.
        chosen = [newest, waiting] if int(score.silences) % 2 else [waiting, newest]
        seen: set[str] = set()
        for row in (row for rows in chosen for row in rows):
            if row.url not in seen and len(seen) < audits:
                seen.add(row.url)
                yield row

    def _sites(self, source: str) -> list[str]:
        """Sites on which the source has pages with a lastmod, each found by one index lookup."""
        known = sa.select(sa.func.min(_PAGE.site)).where(_PAGE.source == source)
        found: set[str] = set()
        for part in (_PAGE.lastmod_unchanged.is_(sa.true()), _PAGE.lastmod_changed.is_(sa.true())):
            site = self._connection.execute(known.where(part)).scalar()
            while site is not None:
                found.add(site)
                site = self._connection.execute(known.where(part, _PAGE.site > site)).scalar()
        return sorted(found)

    def _number(self, which: sa.ColumnElement[bool], most: int) -> int:
        """How many addresses there are of a kind, counted up to a limit."""
        some = (
            sa.select(sa.literal(1)).select_from(tables.address).where(which).limit(most).subquery()
        )
        return int(
            self._connection.execute(sa.select(sa.func.count()).select_from(some)).scalar_one()
        )

    def _rows(
        self,
        source: str,
        *which: sa.ColumnElement[bool],
        order: tuple[sa.ColumnElement[Any], ...] = _NEWEST,
        limit: int | None = None,
    ) -> Iterator[AddressState]:
        query = (
            sa.select(*ADDRESS_STATE)
            .where(_PAGE.source == source, self._open, *which)
            .order_by(*order)
            .limit(limit)
            .execution_options(yield_per=AT_A_TIME)
        )
        yield from iter_records(self._connection, AddressState, query)


def _by_turns(addresses: Iterable[AddressState]) -> Iterator[AddressState]:
    """One address of each shape, then the next of each; those without a shape count as one."""
    groups: dict[tuple[str, ...], list[AddressState]] = {}
    for address in addresses:
        groups.setdefault(shapes(address.url)[:1], []).append(address)
    for turn in zip_longest(*groups.values()):
        yield from (address for address in turn if address is not None)
