"""The stage match: every watch over what is new since its cursor, in ingest order, each match once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from indexer import database as db
from indexer.alerts.outbox import post
from indexer.alerts.watches import Watch
from indexer.documents import NEVER_MATCHED, Revision, newest_sequence, revisions_after
from indexer.query import CompiledQuery, QueryCompiler, parse_query
from indexer.query.evaluator import Explanation, PageView, matches
from indexer.query.prefilter import Prefilter


@dataclass(frozen=True, slots=True)
class _Running:
    """A watch that is being run."""

    watch: Watch
    query: CompiledQuery
    cursor: int


@dataclass(frozen=True, slots=True)
class Matcher:
    """Runs watches for one run."""

    connection: sa.Connection
    run: int
    now: datetime

    def match(
        self,
        watches: Sequence[Watch],
        compiler: QueryCompiler,
        *,
        progress: Callable[[int], None],
    ) -> int:
        """Match what is new; matches, messages and cursors are committed together.

        Returns the number of new matches.
        """
        newest = newest_sequence(self.connection)
        rows = self.connection.execute(sa.select(db.watch.c.id, db.watch.c.cursor))
        cursors = {name: cursor for name, cursor in rows if cursor < newest}
        running = {
            watch.id: _Running(watch, compiler.compile(parse_query(watch.query)), cursors[watch.id])
            for watch in watches
            if watch.id in cursors
        }
        prefilter = Prefilter({name: entry.query for name, entry in running.items()})
        found: dict[str, dict[bool, list[int]]] = {name: {} for name in running}
        start = min((entry.cursor for entry in running.values()), default=newest)
        for revision in revisions_after(self.connection, start, until=newest):
            progress(1)
            if revision.document.page.kind in NEVER_MATCHED:
                continue
            view = compiler.view(revision.document, revision.news)
            for name in sorted(prefilter.candidates(view)):
                match = self._match(running[name], revision, view)
                if match is not None:
                    found[name].setdefault(revision.first_look, []).append(match)
        for name, entry in running.items():
            self._post(entry.watch, found[name])
            self.connection.execute(
                sa.update(db.watch).where(db.watch.c.id == name).values(cursor=newest)
            )
        self.connection.commit()
        return sum(len(ids) for groups in found.values() for ids in groups.values())

    def _match(self, entry: _Running, revision: Revision, view: PageView) -> int | None:
        """The match that was written, if the revision is news to the watch."""
        if revision.seq <= entry.cursor:
            return None
        explanation = matches(entry.query, view)
        return self._keep(entry.watch, revision, explanation) if explanation is not None else None

    def _keep(self, watch: Watch, revision: Revision, explanation: Explanation) -> int | None:
        """Write the match, unless every passage of it has matched this watch before."""
        document = revision.document
        ledger = db.matched_passage.c
        told = sa.select(ledger.fingerprint).where(
            ledger.watch == watch.id, ledger.document == document.id
        )
        passages = {passage.fingerprint for passage in explanation.passages}
        fresh = passages - set(self.connection.execute(told).scalars())
        if passages and not fresh:
            return None
        inserted = self.connection.execute(
            sa.insert(db.match).values(
                watch=watch.id,
                document=document.id,
                revision=document.revision,
                run=self.run,
                created=self.now,
                passages=[
                    {"text": p.text, "marks": [list(mark) for mark in p.marks]}
                    for p in explanation.passages
                ],
                terms=list(explanation.terms),
                change="new-document" if revision.added is None else "added-passage",
                state="pending" if watch.channels else "suppressed",
                reason=None if watch.channels else "the watch has no channel",
                first_look=revision.first_look,
            )
        ).inserted_primary_key
        identifier = int(inserted[0]) if inserted else 0
        for fingerprint in sorted(fresh):
            self.connection.execute(
                sa.insert(db.matched_passage).values(
                    watch=watch.id,
                    document=document.id,
                    fingerprint=fingerprint,
                    match=identifier,
                )
            )
        return identifier

    def _post(self, watch: Watch, groups: Mapping[bool, list[int]]) -> None:
        """One message for each channel and group: what is new, and what is a first look."""
        for first_look, ids in sorted(groups.items()):
            for channel in watch.channels:
                post(
                    self.connection,
                    watch=watch.id,
                    run=self.run,
                    channel=channel,
                    first_look=first_look,
                    matches=ids,
                    now=self.now,
                )
