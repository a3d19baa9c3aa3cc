"""Links documents to events in the system of record, and records how the events change.

Each document's events are linked when it gets a revision, within the same commit. A document whose
`linked` is false (it is older than this feature, or `relink` was called) is linked by the next run,
without reporting to any watch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import columns_of
from indexer.documents.queries import stretches
from indexer.events.facts import LONGEST_EVENT, EventFacts, EventNames
from indexer.events.history import EventHistory, Statement
from indexer.events.identity import contradict, overlap, same_event, successors
from indexer.records.document import NOT_NEWS

_DOCUMENT = tables.event_document.c


@dataclass(frozen=True, slots=True)
class _Member:
    """An event as it is kept for one document."""

    document: str
    number: int
    event: str
    reason: str | None
    facts: EventFacts


_MEMBER = columns_of(_Member, tables.event_document)


class EventRegistry:
    """Links events and records their changes, for one run; the caller commits."""

    def __init__(
        self, connection: sa.Connection, run: int, now: datetime, names: EventNames
    ) -> None:
        self._connection = connection
        self._now = now
        self._names = names
        self._history = EventHistory(connection, run, now)

    def state(self, statement: Statement) -> None:
        """Link the events of a document's newest revision."""
        document = statement.document
        members = self._load_members(document)
        facts = self._facts(statement, members)
        linked = not members or self._is_linked(document)
        before = members if linked else []
        pairs = successors([m.facts for m in before], facts)
        kept = {i: before[j] for i, j in pairs.items() if not self._is_next(before[j], facts[i])}
        former = {} if linked else {m.number: m.event for m in members}
        if former:
            moved_from = self._history.days_before_moves(document)
            facts = [
                replace(fact, former=tuple(dict.fromkeys((*fact.former, *moved_from))))
                for fact in facts
            ]
        if members:
            self._connection.execute(
                sa.delete(tables.event_document).where(_DOCUMENT.document == document)
            )
        taken, told = {m.event for m in kept.values()}, set[str]()
        for index, fact in enumerate(facts):
            last = kept.get(index)
            found = self._find_event(document, fact, taken, last)
            event, reason = found or (self._new_id(statement, index, former.get(index)), None)
            taken.add(event)
            told.add(event)
            self._history.learn(
                statement,
                index,
                event,
                fact,
                own=last is not None,
                before=last.facts if last is not None and last.event == event else None,
                certain="number" in (reason or ""),
                others=self._facts_of(event),
            )
            self._write(_Member(document, index, event, reason, fact))
        if statement.silent or statement.revision > 1:
            self._connection.execute(
                sa.update(tables.document)
                .where(tables.document.c.id == document)
                .values(linked=True)
            )
        self._history.delete_unused({m.event for m in members} - told)

    def leave_out(self, document: str) -> None:
        """A document tells of no events any more."""
        events = {member.event for member in self._load_members(document)}
        if events:
            self._connection.execute(
                sa.delete(tables.event_document).where(_DOCUMENT.document == document)
            )
            self._history.delete_unused(events)

    def _facts(self, statement: Statement, members: Sequence[_Member]) -> list[EventFacts]:
        """What the page says of its events; what stood in a removed text is as it was kept."""
        page = statement.page
        if page.kind in NOT_NEWS:
            return []
        if statement.text_removed and len(members) == len(page.events):
            return [member.facts for member in members]
        return self._names.facts(page)

    # -- which event it is

    def _is_next(self, old: _Member, new: EventFacts) -> bool:
        """A page that tells of the next one after the last has been."""
        days = old.facts.days
        over = days is not None and days[1] < self._now.date().toordinal()
        return over and new.days is not None and not overlap(days, new.days)

    def _find_event(
        self, document: str, fact: EventFacts, taken: set[str], last: _Member | None
    ) -> tuple[str, str | None] | None:
        """The event that it is, and why: the one that it was, unless known from here only."""
        if last is not None and self._has_members(last.event):
            return last.event, last.reason
        found = self._find_elsewhere(document, fact, taken)
        if last is None:
            return found
        if found is None:
            return last.event, last.reason
        self._history.merge(last.event, found[0])
        return found

    def _new_id(self, statement: Statement, index: int, former: str | None) -> str:
        """Id of an event that no other document tells of; linked anew, it keeps the one that it
        had.
        """
        if former is not None and not self._has_members(former):
            return former
        return _event_id(statement, index)

    def _find_elsewhere(
        self, document: str, fact: EventFacts, taken: set[str]
    ) -> tuple[str, str] | None:
        """An event that other documents tell of: found by its number first, then by its date. What
        else it surely is by its number is one with that: a page may come that says so of two.
        """
        found = []
        for other in self._candidates(document, fact):
            reason = same_event(other.facts, fact) if other.event not in taken else None
            if reason is not None:
                found.append(("number" not in reason, other.document, other.event, reason))
        fitting: dict[str, str] = {}
        for _, _, event, reason in sorted(found):
            if not any(contradict(m.facts, fact) for m in self._members_of(event)):
                fitting.setdefault(event, reason)
        if not fitting:
            return None
        (event, reason), *further = fitting.items()
        for twin, why in further:
            if "number" in reason and "number" in why:
                self._unite(twin, event)
        return event, reason

    def _unite(self, other: str, event: str) -> None:
        """Make one event of two, unless a page tells of both, or what they are said contradicts."""
        theirs, ours = list(self._members_of(other)), list(self._members_of(event))
        if {m.document for m in theirs} & {m.document for m in ours}:
            return
        if any(contradict(one.facts, two.facts) for one in theirs for two in ours):
            return
        self._connection.execute(
            sa.update(tables.event_document).where(_DOCUMENT.event == other).values(event=event)
        )
        self._history.merge(other, event)
        self._history.delete_unused({other})

    def _candidates(self, document: str, fact: EventFacts) -> Iterator[_Member]:
        """Events of other documents with its series and number, on days that it names, or moved
        from its days: of a list's pages the newest is read first, that of the move before the
        first announcement. Some come more than once.
        """
        wanted = [
            sa.and_(
                _DOCUMENT.first_day.between(first - LONGEST_EVENT, last),
                _DOCUMENT.last_day >= first,
            )
            for first, last in (*([fact.days] if fact.days else []), *fact.former)
        ]
        if fact.days:
            # Without a lower bound SQLite takes all rows for as many, and reads the whole table.
            moved = _DOCUMENT.former_first.between(date.min.toordinal(), fact.days[1])
            wanted.append(sa.and_(moved, _DOCUMENT.former_last >= fact.days[0]))
        if fact.series is not None and fact.ordinal is not None:
            same = _DOCUMENT.series == fact.series, _DOCUMENT.ordinal == fact.ordinal
            wanted.append(sa.and_(*same))
        for condition in wanted:  # of many at once SQLite reads the whole table, too
            yield from self._linked_members(condition, _DOCUMENT.document != document)

    def _members_of(self, event: str) -> Iterator[_Member]:
        return self._linked_members(_DOCUMENT.event == event)

    def _has_members(self, event: str) -> bool:
        return next(iter(self._members_of(event)), None) is not None

    def _facts_of(self, event: str) -> list[EventFacts]:
        """What pages say of it, also those that are still to be linked anew."""
        query = sa.select(*_MEMBER).where(_DOCUMENT.event == event)
        return [member.facts for member in self._members(query)]

    def _linked_members(self, *conditions: sa.ColumnElement[bool]) -> Iterator[_Member]:
        query = (
            sa.select(*_MEMBER)
            .join(tables.document, tables.document.c.id == _DOCUMENT.document)
            .where(tables.document.c.linked, *conditions)
            .order_by(_DOCUMENT.document, _DOCUMENT.number)
        )
        yield from self._members(query)

    def _load_members(self, document: str) -> list[_Member]:
        """What is kept for the document, whether it counts or not."""
        query = sa.select(*_MEMBER).where(_DOCUMENT.document == document)
        return self._members(query.order_by(_DOCUMENT.number))

    def _members(self, query: sa.Select[Any]) -> list[_Member]:
        return [
            _Member(document, number, event, reason, EventFacts.from_json(facts))
            for document, number, event, reason, facts in self._connection.execute(query)
        ]

    def _is_linked(self, document: str) -> bool:
        query = sa.select(tables.document.c.linked).where(tables.document.c.id == document)
        return bool(self._connection.execute(query).scalar_one())

    # -- writing

    def _write(self, member: _Member) -> None:
        fact = member.facts
        self._connection.execute(
            sa.insert(tables.event_document).values(
                document=member.document,
                number=member.number,
                event=member.event,
                reason=member.reason,
                series=fact.series,
                ordinal=fact.ordinal,
                first_day=fact.days[0] if fact.days else None,
                last_day=fact.days[1] if fact.days else None,
                former_first=min((first for first, _ in fact.former), default=None),
                former_last=max((last for _, last in fact.former), default=None),
                facts=fact.to_json(),
            )
        )


def relink(connection: sa.Connection) -> None:
    """Let the next run link all events again; ids stay where the first document stays."""
    connection.execute(sa.update(tables.document).values(linked=False))


def hand_over_events(connection: sa.Connection, old: str, new: str) -> None:
    """Events of the document `old` become those of `new`, unless that has its own."""
    own = sa.select(_DOCUMENT.number).where(_DOCUMENT.document == new).limit(1)
    if connection.execute(own).first() is not None:
        connection.execute(sa.delete(tables.event_document).where(_DOCUMENT.document == old))
        return
    connection.execute(
        sa.update(tables.event_document).where(_DOCUMENT.document == old).values(document=new)
    )
    connection.execute(
        sa.update(tables.document).where(tables.document.c.id == new).values(linked=True)
    )


def unlinked_documents(connection: sa.Connection, size: int) -> Iterator[list[Statement]]:
    """Documents whose events are to be linked without reporting them, in ingest order, so many at a
    time.
    """
    for documents in stretches(connection, size, tables.document.c.linked.is_(False)):
        yield [
            Statement(
                document.id,
                document.revision,
                document.read_page(),
                silent=True,
                text_removed=document.text_removed,
            )
            for document in documents
        ]


def _event_id(statement: Statement, index: int) -> str:
    """Stable id of an event: made of the place where it was first read."""
    parts = f"{statement.document}\n{statement.revision}\n{index}".encode()
    return hashlib.blake2b(parts, digest_size=8).hexdigest()
