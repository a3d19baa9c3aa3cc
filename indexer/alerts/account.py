"""Accounts for a document and a watch: term by term whether it matches, and what became of each of
its revisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

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
    verdict: str
    """One line: told, and where; or why not."""
    run: int | None = None
    """Run that matched it."""

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
    query = compiler.compile(parse_query(watch.query))
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
    query = compiler.compile(parse_query(watch.query))
    for revision in revisions_after(connection, 0, document=document.id):
        number = revision.document.revision
        row = told.get(number)
        if row is not None:
            because = f": {row.reason}" if row.reason else ""
            verdict = f"{row.change}, {row.state}{because}"
        elif known is None:
            verdict = "no run has seen the watch yet"
        elif revision.document.page.kind in NOT_NEWS:
            verdict = f"a page of the kind {revision.document.page.kind} tells no news"
        elif revision.seq > known.cursor:
            verdict = "not looked at yet: the next run does"
        elif revision.created < known.created:
            verdict = "it came before the watch"
        elif matches(query, compiler.view(revision.document, revision.news)) is None:
            whole = "the page" if revision.added is None else "what was added"
            verdict = f"{whole} does not match"
        else:
            verdict = "its passages were told before, or the watch did not exist or ask for them"
        yield RevisionAccount(number, revision.created, verdict, row.run if row else None)
