"""Accounts for a document and a watch: term by term whether it matches, and what became of each of
its revisions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from indexer.alerts import reasons
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.documents.queries import CurrentDocument, revisions_after
from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import matches
from indexer.query.near_miss import NearMiss, TermState, nearest_miss, term_states
from indexer.records.document import NOT_NEWS, iso_instant
from indexer.records.marked_passage import MarkedPassage


@dataclass(frozen=True, slots=True)
class RevisionAccount:
    """What became of a revision."""

    number: int
    created: datetime
    said: str
    """Told, or why not: a message of `indexer.alerts.reasons`."""
    run: int | None = None
    """Run that matched it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What stands in the places of the message."""

    @property
    def verdict(self) -> str:
        """What is said, in English."""
        return self.said.format(**self.values)

    def to_json(self) -> dict[str, Any]:
        """The form of `--json` output."""
        return {
            "revision": self.number,
            "created": iso_instant(self.created),
            "run": self.run,
            "verdict": self.verdict,
        }


@dataclass(frozen=True, slots=True)
class Account:
    """Why a document matches the query of a watch, or why not."""

    watch: str
    url: str
    kind: str
    matches: bool
    """The document as it is now, as a search finds it."""
    terms: tuple[TermState, ...]
    passages: tuple[MarkedPassage, ...]
    nearest: NearMiss | None
    revisions: tuple[RevisionAccount, ...]

    def to_json(self) -> dict[str, Any]:
        """The object of `radar watch explain --json`."""
        near = self.nearest
        return {
            "watch": self.watch,
            "url": self.url,
            "kind": self.kind,
            "matches": self.matches,
            "terms": [
                {"term": t.term, "excluded": t.excluded, "found": t.found} for t in self.terms
            ],
            "passages": [passage.to_json() for passage in self.passages],
            "nearest_miss": None
            if near is None
            else {"passage": near.passage, "lacks": [lack.to_json() for lack in near.lacks]},
            "revisions": [revision.to_json() for revision in self.revisions],
        }


def account_for(
    connection: sa.Connection, watch: Watch, document: CurrentDocument, compiler: QueryCompiler
) -> Account:
    """Account for a document, as it is now and revision by revision. Raises QueryError."""
    query = compiler.compile(parse_query(watch.whole_query))
    view = compiler.view(document.to_store())
    found = matches(query, view)
    return Account(
        watch=watch.id,
        url=document.url,
        kind=view.record.kind,
        matches=found is not None,
        terms=tuple(term_states(query.root, view)),
        passages=tuple(p.marked for p in found.passages) if found else (),
        nearest=nearest_miss(query.root, view),
        revisions=tuple(_revisions(connection, watch, document, compiler)),
    )


def _revisions(
    connection: sa.Connection, watch: Watch, document: CurrentDocument, compiler: QueryCompiler
) -> Iterator[RevisionAccount]:
    table, match = tables.watch.c, tables.match.c
    known = connection.execute(sa.select(tables.watch).where(table.id == watch.id)).one_or_none()
    told = {
        row.revision: row
        for row in connection.execute(
            sa.select(tables.match).where(match.watch == watch.id, match.document == document.id)
        )
    }
    query = compiler.compile(parse_query(watch.whole_query))
    for revision in revisions_after(connection, 0, document=document.id):
        number, run = revision.document.revision, None
        row, values = told.get(number), dict[str, str]()
        if row is not None:
            run, values = row.run, {"change": row.change, "state": row.state}
            said = reasons.MATCHED
            if row.reason:
                said, values["reason"] = reasons.MATCHED_BECAUSE, row.reason
        elif known is None:
            said = reasons.NEVER_SEEN
        elif revision.document.page.kind in NOT_NEWS:
            said, values = reasons.NO_NEWS, {"kind": revision.document.page.kind}
        elif revision.seq > known.cursor:
            said = reasons.NOT_YET
        elif revision.created < known.created:
            said = reasons.BEFORE_WATCH
        elif matches(query, compiler.view(revision.document, revision.news)) is None:
            said = reasons.PAGE_FAILS if revision.added is None else reasons.ADDED_FAILS
        elif revision.change not in watch.tell:
            said, values = reasons.NOT_TOLD, {"change": revision.change}
        else:
            said = reasons.KNOWN
        yield RevisionAccount(number, revision.created, said, run, values)
