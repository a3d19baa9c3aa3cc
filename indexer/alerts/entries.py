"""Matches as entries of messages and feeds: what they say, read from the database."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from indexer.alerts.message import MessageEntry, OtherPlace
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.events.queries import reported_changes
from indexer.query.record import event_summary
from indexer.records.document import Event, Page
from indexer.records.marked_passage import MarkedPassage
from indexer.stores.hits import main_event

NAMESPACE = uuid.UUID("6f1a7bd0-6f0a-5c0e-9d0b-2f6c1f3f8a11")
"""Keys and entry ids are UUIDs of their parts in this namespace, so they come out the same again.
"""

_TITLE = 3
"""A country or place in the title counts as so many in the text."""


def entries(
    connection: sa.Connection, matches: Sequence[int], source_names: Mapping[str, str]
) -> Iterator[MessageEntry]:
    """The matches with these ids, as entries of a message, in the order of their ids."""
    for _, entry in numbered_entries(connection, matches, source_names):
        yield entry


def numbered_entries(
    connection: sa.Connection, matches: Iterable[int], source_names: Mapping[str, str]
) -> Iterator[tuple[int, MessageEntry]]:
    """The same, each behind the id of its match."""
    for ids in chunks(sorted(matches)):
        yield from _entries(connection, ids, source_names)


def _entries(
    connection: sa.Connection, matches: Sequence[int], source_names: Mapping[str, str]
) -> Iterator[tuple[int, MessageEntry]]:
    query = (
        sa.select(
            tables.match,
            tables.document.c.url,
            tables.document.c.source,
            tables.revision.c.page,
        )
        .join(tables.document, tables.document.c.id == tables.match.c.document)
        .join(
            tables.revision,
            sa.and_(
                tables.revision.c.document == tables.match.c.document,
                tables.revision.c.number == tables.match.c.revision,
            ),
        )
        .where(tables.match.c.id.in_(matches))
        .order_by(tables.match.c.id)
    )
    rows = connection.execute(query).all()
    places = _other_places(connection, rows, source_names)
    events = _events_of(connection, {row.document for row in rows})
    for row in rows:
        changes = reported_changes(connection, row.events or ())
        identity = f"{row.watch}\n{row.document}\n{row.revision}"
        entry = MessageEntry(
            id=uuid.uuid5(NAMESPACE, identity).urn,
            url=row.url,
            title=row.page.get("title") or row.url,
            source=source_names.get(row.source, row.source),
            published=row.page.get("published"),
            found=row.created,
            change=row.change,
            terms=tuple(row.terms),
            passages=tuple(MarkedPassage.from_json(passage) for passage in row.passages),
            events=tuple(changes),
            places=places.get(row.id, ()),
            event=changes[0].event if changes else events.get(row.document),
            document=row.document,
            countries=tuple(row.page.get("countries") or ()),
            named=tuple(_named(row.page)),
            main_event=main_event([event_summary(event) for event in _events(row.page)]),
            lang=row.page.get("lang"),
        )
        yield row.id, entry


def _named(page: Mapping[str, Any]) -> Iterator[str]:
    for mention in page.get("mentions", ()):
        if mention["field"] in ("countries", "places") and mention["value"]:
            yield from repeat(mention["value"], _TITLE if mention["part"] == "title" else 1)


def _events(page: Mapping[str, Any]) -> Sequence[Event]:
    """The events of a page in its JSON form; all of it takes ten times as long to make."""
    return Page.from_json({"url": page["url"], "events": page.get("events", ())}).events


def _events_of(connection: sa.Connection, documents: Collection[str]) -> dict[str, str]:
    """Id of a document → the first event that it tells of."""
    table = tables.event_document.c
    query = (
        sa.select(table.document, table.event)
        .where(table.document.in_(documents))
        .order_by(table.number.desc())
    )
    return dict(connection.execute(query).all())


def _other_places(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]], source_names: Mapping[str, str]
) -> dict[int, tuple[OtherPlace, ...]]:
    """Id of a match → the other pages of its story that the watch knows."""
    match, document = tables.match.c, tables.document.c
    query = (
        sa.select(match.watch, match.story, document.id, document.url, document.source)
        .distinct()
        .join(tables.document, document.id == match.document)
        .where(
            match.watch.in_({row.watch for row in rows}),
            match.story.in_({row.story for row in rows if row.story}),
        )
        .order_by(document.url)
    )
    stories: dict[tuple[str, str], dict[str, OtherPlace]] = {}
    for place in connection.execute(query):
        other = OtherPlace(place.url, source_names.get(place.source, place.source))
        stories.setdefault((place.watch, place.story), {})[place.id] = other
    return {
        row.id: tuple(
            other
            for document, other in stories.get((row.watch, row.story), {}).items()
            if document != row.document
        )
        for row in rows
    }
