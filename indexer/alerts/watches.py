"""Watches: saved queries that report what is new since they were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, Any, Literal, get_args

import sqlalchemy as sa

from indexer.alerts.cadence import RUN, CadenceText
from indexer.database import tables
from indexer.documents.queries import newest_sequence, sequence_before
from indexer.events.queries import change_before, newest_change
from indexer.records.instants import days_before
from indexer.records.interface_languages import SpokenLanguage
from indexer.records.values import (
    NOT_EMPTY,
    ConfigRecord,
    ContextCheck,
    Country,
    Flag,
    Identifier,
    Language,
    Number,
    Text,
    Window,
    Zone,
)

ChannelName = Annotated[str, ContextCheck("check_channel")]
"""`feed` or `mailto:address`; the reader of the configuration, which knows the channels, checks it.
"""


Change = Literal["new-document", "added-passage", "event-moved", "event-cancelled"]
CHANGES: tuple[Change, ...] = get_args(Change)
"""What can be new."""
FILTERS = {
    "topics": "topic",
    "languages": "lang",
    "sources": "source",
    "countries": "country",
    "kinds": "kind",
}
"""Keys of a watch that narrow its query → the field that one of their values must be in."""


@dataclass(frozen=True, slots=True)
class Watch(ConfigRecord):
    """A saved query, as configured in `config/watches/*.yaml`; its new matches are reported."""

    id: Identifier
    name: Text
    query: Text
    """In the query language of search; everything, where it is not given but one of `FILTERS`."""
    channels: Annotated[tuple[ChannelName, ...], NOT_EMPTY]
    cadence: CadenceText = RUN
    """When its messages are sent: `run`, `hourly`, `daily 07:30`, `weekly mon 07:30`. A feed is
    written with every run.
    """
    timezone: Zone | None = None
    """Of its cadence and quiet hours; None: that of radar.yaml."""
    quiet: Window | None = None
    """Hours in which it sends nothing: `22:00-07:00`."""
    report_nothing: Flag = False
    """A digest says so when nothing is new."""
    report_days: Number = 0
    """When it begins, it first reports what came in so many days before, once."""
    language: SpokenLanguage | None = None
    """Of its mails and its feed; None: that of radar.yaml."""
    topics: tuple[Identifier, ...] = ()
    languages: tuple[Language, ...] = ()
    sources: tuple[Identifier, ...] = ()
    countries: tuple[Country, ...] = ()
    kinds: tuple[Identifier, ...] = ()
    tell: Annotated[tuple[Change, ...], NOT_EMPTY] = CHANGES
    """What counts as new."""

    @property
    def whole_query(self) -> str:
        """The whole query: `query`, and of each filter one of its values."""
        filters = [
            f"({' OR '.join(f'{field}:{value}' for value in values)})"
            for key, field in FILTERS.items()
            if (values := getattr(self, key))
        ]
        if not filters:
            return self.query
        return " AND ".join([f"({self.query})", *filters] if self.query != "*" else filters)

    def to_json(self) -> dict[str, Any]:
        """The keys and values of its entry in a file, all of them."""
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Watch:
        """The watch of this entry, which was checked before it was kept."""
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in content.items()
        }
        return cls(**values)

    @classmethod
    def completed(cls, given: dict[str, object]) -> dict[str, object]:
        """A filter may stand for a query."""
        if "query" not in given and any(map(given.get, FILTERS)):
            return {**given, "query": "*"}
        return given


def sync_watches(
    connection: sa.Connection, watches: Sequence[Watch], now: datetime, *, all_known: bool = True
) -> None:
    """Bring the table up to date: a new watch starts now, one that was removed is inactive.

    A watch that was removed and comes back starts again now: what came in between is not reported.
    Not `all_known`: a file could not be read as a whole, so none counts as removed. The caller
    commits.
    """
    known = {row.id: row for row in connection.execute(sa.select(tables.watch))}
    for watch in watches:
        row = known.pop(watch.id, None)
        if row is None or not row.active:
            start_watch(connection, watch, now)
        elif (row.name, row.query) != (watch.name, watch.whole_query):
            _update(connection, watch.id, name=watch.name, query=watch.whole_query)
    if not all_known:
        return
    # One may have been made after `watches` was read.
    stored = connection.execute(sa.select(tables.stored_watch.c.id)).scalars()
    for identifier in known.keys() - set(stored):
        stop_watch(connection, identifier)


def start_watch(connection: sa.Connection, watch: Watch, now: datetime) -> None:
    """Enter a watch that starts now, or as many days ago as it says. The caller commits."""
    since = days_before(now, watch.report_days)
    values = {
        "name": watch.name,
        "query": watch.whole_query,
        "created": now,  # of one that comes back, too: it knows nothing of what came in between
        "active": True,
        "cursor": newest_sequence(connection),
        "event_cursor": newest_change(connection),
        "snoozed_until": None,
    }
    if watch.report_days:
        values["cursor"] = sequence_before(connection, since)
        values["event_cursor"] = change_before(connection, since)
    known = sa.select(tables.watch.c.id).where(tables.watch.c.id == watch.id)
    if connection.execute(known).first() is not None:
        _update(connection, watch.id, **values)
        return
    connection.execute(sa.insert(tables.watch).values(id=watch.id, **values))


def stop_watch(connection: sa.Connection, identifier: str) -> None:
    """End a watch; its matches stay. The caller commits."""
    _update(connection, identifier, active=False)


def _update(connection: sa.Connection, identifier: str, **values: Any) -> None:
    connection.execute(
        sa.update(tables.watch).where(tables.watch.c.id == identifier).values(values)
    )


def active_names(connection: sa.Connection) -> dict[str, str]:
    """Id → name of the watches that were not removed."""
    watch = tables.watch.c
    query = sa.select(watch.id, watch.name).where(watch.active.is_(True))
    return {row.id: row.name for row in connection.execute(query)}


def watches_behind(connection: sa.Connection) -> frozenset[str]:
    """Ids of the active watches that have not seen all revisions and changes of events."""
    newest, newest_event = newest_sequence(connection), newest_change(connection)
    watch = tables.watch.c
    query = sa.select(watch.id).where(
        watch.active.is_(True),
        sa.or_(watch.cursor < newest, watch.event_cursor < newest_event),
    )
    return frozenset(connection.execute(query).scalars())
