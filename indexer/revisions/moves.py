"""Documents that have moved to another address: a new document continues the old one.

The old document leaves the search store (`indexer.documents.backlog`), its address leads to the new
one, and watches do not match its passages again. Whether a document has moved is decided in
`indexer.revisions.document_identity`. The caller commits: a move is written as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.database.index_marks import WRITE_AGAIN
from indexer.database.records import get_record
from indexer.documents.queries import CurrentDocument, current_documents
from indexer.events.registry import hand_over_events
from indexer.frontier.recrawl.visits import READ_WELL
from indexer.frontier.run_record import last_extracting_run
from indexer.persons.registry import look_again_beside
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.revisions.changes import news_of
from indexer.revisions.document_identity import resembles, states_the_same
from indexer.revisions.fingerprints import Fingerprints

_VISIT = tables.visit.c
_EARLIER = 100
"""Runs that are looked back at: what leads elsewhere is asked for again within days."""

_Asked: TypeAlias = tuple[str, str]
"""An address that was asked for, and its document."""


def follow(connection: sa.Connection, old: str, new: str) -> None:
    """From now on the document `new` continues `old`, and all that had moved there."""
    led_here = sa.or_(tables.document.c.id == old, tables.document.c.moved_to == old)
    connection.execute(
        sa.update(tables.document)
        .where(led_here, tables.document.c.id != new)
        .values(moved_to=new, last_outcome=Outcome.MOVED, linked=False, rejected=None)
    )
    first_seen = sa.select(tables.document.c.first_seen).where(tables.document.c.id == old)
    earlier = connection.execute(first_seen).scalar_one()
    connection.execute(
        sa.update(tables.document)
        .where(tables.document.c.id == new, tables.document.c.first_seen > earlier)
        # The store may have it with its own first day.
        .values(first_seen=earlier, indexed=WRITE_AGAIN)
    )
    _carry_over_matches(connection, old, new)
    hand_over_events(connection, old, new)
    look_again_beside(connection, [old])


def follow_redirects(connection: sa.Connection, run: int) -> None:
    """Moves to pages that had an outcome before the old address was requested, by this run or by
    those before it that did not come so far; and by earlier ones, if such a page could not be read
    then and is new now.

    Such an address ends as a duplicate, without a page to extract, and so does its document.
    """
    last = last_extracting_run(connection, run)
    redirects = _to_new_pages(connection, last) | _redirects(connection, _VISIT.run > last)
    for old, new in _redirected(connection, redirects):
        before, after = _current(connection, old), _current(connection, new)
        if resembles(Fingerprints.of_document(before), Fingerprints.of_document(after)):
            _continue(connection, before, after)


def follow_vanished(connection: sa.Connection, run: int) -> None:
    """Moves of which no redirect tells: a page is gone, and another address of its source, and only
    one, shows it word for word. The page may be gone first, or the other address be there first.
    """
    ended = sa.select(_VISIT.document).where(
        _VISIT.run > last_extracting_run(connection, run),
        _VISIT.kind == "page",
        _VISIT.outcome.in_((Outcome.GONE, Outcome.NEW)),
        _VISIT.document.is_not(None),
    )
    gone, there = tables.document.alias(), tables.document.alias()
    pairs = (
        sa.select(gone.c.id, there.c.id)
        .join(
            there, sa.and_(there.c.source == gone.c.source, there.c.text_hash == gone.c.text_hash)
        )
        .where(
            gone.c.last_outcome == Outcome.GONE,
            there.c.last_outcome.in_(READ_WELL),
            # As no index has it: SQLite would go by that of `moved_to`.
            *(sa.func.coalesce(each.c.moved_to, "") == "" for each in (gone, there)),
        )
    )
    concerned: set[str] = set()
    for part in chunks(connection.execute(ended).scalars().all()):
        for each in (gone, there):
            concerned.update(connection.execute(pairs.where(each.c.id.in_(part))).scalars())
    found: dict[str, set[str]] = {}
    for part in chunks(concerned):  # with addresses that were there before, too
        for old, new in connection.execute(pairs.where(gone.c.id.in_(part))):
            found.setdefault(old, set()).add(new)
    for old, places in sorted(found.items()):
        before, after = _current(connection, old), _current(connection, min(places))
        if len(places) == 1 and states_the_same(before, after.read_page()):
            _continue(connection, before, after)


def _to_new_pages(connection: sa.Connection, last: int) -> dict[_Asked, str]:
    """Redirects that runs up to `last` met, to pages that are new since then."""
    since = sa.select(_VISIT.source, _VISIT.url).where(
        _VISIT.run > last, _VISIT.kind == "page", _VISIT.outcome == Outcome.NEW
    )
    new = {url: source for source, url in connection.execute(since)}
    found: dict[_Asked, str] = {}
    for run, urls in _led_elsewhere(connection, last, set(new.values())).items():
        for part in chunks(urls):
            found |= _redirects(connection, _VISIT.run == run, _VISIT.url.in_(part))
    return {asked: target for asked, target in found.items() if target in new}


def _led_elsewhere(
    connection: sa.Connection, last: int, sources: Collection[str]
) -> dict[int, list[str]]:
    """Run → addresses of some sources that were duplicates then, and in no later run up to `last`.

    The index alone is asked: for more, SQLite reads all visits of these runs.
    """
    runs: dict[str, int] = {}
    for part in chunks(sources):
        query = sa.select(_VISIT.run, _VISIT.url).where(
            _VISIT.run.in_(range(max(1, last - _EARLIER + 1), last + 1)),
            _VISIT.source.in_(part),
            _VISIT.kind == "page",
            _VISIT.outcome == Outcome.DUPLICATE,
        )
        for run, url in connection.execute(query):
            runs[url] = max(run, runs.get(url, 0))
    by_run: dict[int, list[str]] = {}
    for url, run in runs.items():
        by_run.setdefault(run, []).append(url)
    return by_run


def _redirects(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> dict[_Asked, str]:
    """Documents that led elsewhere in some visits, by address → where to, the last time."""
    query = sa.select(_VISIT.url, _VISIT.document, _VISIT.reason).where(
        *conditions,
        _VISIT.kind == "page",
        _VISIT.outcome == Outcome.DUPLICATE,
        _VISIT.document.is_not(None),
        _VISIT.reason.startswith(REDIRECTS_TO),
    )
    rows = connection.execute(query.order_by(_VISIT.run))
    return {(row.url, row.document): row.reason.removeprefix(REDIRECTS_TO) for row in rows}


def _redirected(
    connection: sa.Connection, redirects: Mapping[_Asked, str]
) -> list[tuple[str, str]]:
    """Documents whose own address led to that of another one, and the other one."""
    document, address = tables.document.c, tables.address.c
    # Step by step: as one query, SQLite takes each address together with each visit there ever was.
    found: set[tuple[str, str]] = set()
    for part in chunks(redirects.items()):
        own = dict(part)
        old = sa.select(document.url, document.id).where(
            document.id.in_({identifier for _, identifier in own}),
            document.last_outcome == Outcome.DUPLICATE,
            document.moved_to.is_(None),
        )
        led = {tuple(row) for row in connection.execute(old)} & own.keys()
        new = (
            sa.select(address.url, document.id)
            .join(tables.document, document.id == address.document)
            .where(address.url.in_({own[key] for key in led}), document.moved_to.is_(None))
        )
        there: dict[str, str] = dict(connection.execute(new).all())
        found.update((key[1], there[own[key]]) for key in led if own[key] in there)
    return sorted((one, other) for one, other in found if one != other)


def _current(connection: sa.Connection, identifier: str) -> CurrentDocument:
    query = current_documents().where(tables.document.c.id == identifier)
    return get_record(connection, CurrentDocument, query)


def _continue(connection: sa.Connection, before: CurrentDocument, after: CurrentDocument) -> None:
    """Follow a move that was found after both pages were entered."""
    if after.added is None and after.revision == 1:
        earlier, later = Fingerprints.of_document(before), Fingerprints.of_document(after)
        _news_only(connection, after.id, earlier, later)
    follow(connection, before.id, after.id)


def _news_only(
    connection: sa.Connection, document: str, old: Fingerprints, new: Fingerprints
) -> None:
    """The new document counted as news as a whole when its page was extracted."""
    connection.execute(
        sa.update(tables.revision)
        .where(tables.revision.c.document == document, tables.revision.c.number == 1)
        .values(added=news_of(old, new))
    )


def _carry_over_matches(connection: sa.Connection, old: str, new: str) -> None:
    """Passages that watches matched in the old document count as matched in the new one."""
    passages = tables.matched_passage
    known = passages.alias()
    query = sa.select(passages.c.watch, passages.c.fingerprint, passages.c.match).where(
        passages.c.document == old,
        ~sa.exists().where(
            known.c.watch == passages.c.watch,
            known.c.document == new,
            known.c.fingerprint == passages.c.fingerprint,
        ),
    )
    rows = [{**row, "document": new} for row in connection.execute(query).mappings()]
    if rows:
        connection.execute(sa.insert(passages), rows)
