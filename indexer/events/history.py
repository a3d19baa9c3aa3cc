"""History of events: what is known about each, its changes, and the passages that state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.events.changes import EventChange, KnownEvent, what_changed, without_repeated
from indexer.events.evidence import find_evidence
from indexer.events.facts import EventFacts
from indexer.events.identity import overlap
from indexer.query.days import Days, event_days
from indexer.records.document import Page

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _days_of(intervals: Iterable[str | None]) -> list[Days]:
    stated = [interval.split("/") for interval in intervals if interval]
    return [days for dates in stated if (days := event_days(dates[0], dates[-1])) is not None]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a revision of a document says about its events."""

    document: str
    revision: int
    page: Page
    first_look: bool = False
    silent: bool = False
    """The page says nothing new, it is only read or linked anew."""
    text_removed: bool = False
    """The page has lost its text (`indexer.erasure.retention`), and with it some of what it says of
    events.
    """


class EventHistory:
    """Writes the known values of events and their changes, for one run; the caller commits."""

    def __init__(self, connection: sa.Connection, run: int, now: datetime) -> None:
        self._connection = connection
        self._run = run
        self._now = now

    def days_before_moves(self, document: str) -> list[Days]:
        """Days from which events were moved, as this document has said."""
        columns = tables.event_change.c
        query = sa.select(columns.old).where(columns.document == document, columns.what == "date")
        return _days_of(self._connection.execute(query).scalars())

    def learn(
        self,
        statement: Statement,
        index: int,
        event: str,
        fact: EventFacts,
        *,
        own: bool,
        before: EventFacts | None,
        certain: bool,
        others: Sequence[EventFacts],
    ) -> None:
        """Record what the statement changes, unless it is older than what is known.

        `before`: what the page last said of this event. What it goes on saying, when something else
        on it changes, is no news, and takes nothing back that another page has said since.
        `others`: what other pages say of it; what neither they nor this one, read anew, say of the
        place was read wrongly.
        """
        stated = self._day_of(statement)
        found = self._known(event)
        if found is None:
            known = KnownEvent().after(fact)
            self._connection.execute(
                sa.insert(tables.event).values(id=event, known=known.to_json(), stated=stated)
            )
            return
        last_stated, known = found
        if statement.silent:
            known = known.with_place_told_by(fact, *others).with_place_of(fact)
        # No day is later than today, but by a clock that was ahead.
        is_older = stated < min(last_stated, self._now.date().isoformat())
        if is_older or self._is_from_before(statement, event, fact, known):
            if statement.silent:
                self._write_known(event, known, last_stated)
            return
        if before is not None:
            fact = without_repeated(fact, before)
        if not statement.silent:
            today = date.fromisoformat(stated)
            for change in what_changed(known, fact, today, own=own, certain=certain):
                if not self._is_recorded(event, change.what, change.new):
                    self._record(statement, index, event, fact.name, change)
        self._write_known(event, known.after(fact), stated)

    def _write_known(self, event: str, known: KnownEvent, stated: str) -> None:
        self._connection.execute(
            sa.update(tables.event)
            .where(tables.event.c.id == event)
            .values(known=known.to_json(), stated=stated)
        )

    def _is_from_before(
        self, statement: Statement, event: str, fact: EventFacts, known: KnownEvent
    ) -> bool:
        """Whether a page that says neither when it was published nor that the event was moved, and
        is seen for the first time, gives a day from which it was: it is older than the move.
        """
        is_undated = statement.revision == 1 and statement.page.published is None
        if not is_undated or fact.status == "moved" or None in (fact.days, known.days):
            return False
        if overlap(fact.days, known.days):
            return False
        columns = tables.event_change.c
        query = sa.select(columns.old).where(columns.event == event, columns.what == "date")
        former = _days_of(self._connection.execute(query).scalars())
        return any(overlap(fact.days, days) for days in former)

    def _day_of(self, statement: Statement) -> str:
        """Day of the statement: of a page's first revision its publication, else today."""
        today = self._now.date().isoformat()
        published = statement.page.published or ""
        first = statement.revision == 1 and _DAY.fullmatch(published)
        return min(published, today) if first else today

    def _record(
        self, statement: Statement, index: int, event: str, name: str, change: EventChange
    ) -> None:
        found = find_evidence(statement.page, index, change)
        self._connection.execute(
            sa.insert(tables.event_change).values(
                event=event,
                change=change.change,
                what=change.what,
                name=name,
                old=change.old,
                new=change.new,
                document=statement.document,
                revision=statement.revision,
                run=self._run,
                created=self._now,
                evidence=found.to_json() if found else sa.null(),
                first_look=statement.first_look,
            )
        )

    def _is_recorded(self, event: str, what: str, new: str | None) -> bool:
        """Pages that flap, and further pages that say the same, tell nothing new."""
        columns = tables.event_change.c
        query = sa.select(columns.id).where(
            columns.event == event, columns.what == what, columns.new.is_not_distinct_from(new)
        )
        return self._connection.execute(query.limit(1)).first() is not None

    def _known(self, event: str) -> tuple[str, KnownEvent] | None:
        """The day of the last statement on the event, and what it left known."""
        query = sa.select(tables.event).where(tables.event.c.id == event)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else (row.stated, KnownEvent.from_json(row.known))

    def merge(self, event: str, into: str) -> None:
        """Move the history of an event to the one that it turns out to be, and what is known of it:
        the newer of both goes on from the older.
        """
        theirs, ours = self._known(event), self._known(into)
        if theirs is not None and ours is not None:
            (_, older), (stated, newer) = sorted((theirs, ours), key=lambda known: known[0])
            self._write_known(into, older.after(newer), stated)
        self._connection.execute(
            sa.update(tables.event_change)
            .where(tables.event_change.c.event == event)
            .values(event=into)
        )

    def delete_unused(self, events: set[str]) -> None:
        """Delete events without a history that no document mentions any more."""
        for event in sorted(events):
            used = [
                self._connection.execute(sa.select(table.c.event).where(table.c.event == event))
                for table in (tables.event_document, tables.event_change)
            ]
            if not any(found.first() for found in used):
                self._connection.execute(sa.delete(tables.event).where(tables.event.c.id == event))
