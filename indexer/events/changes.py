"""Compares a new statement about an event with what is known: moved, cancelled, or the same.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from indexer.events.facts import EventFacts
from indexer.events.identity import overlap
from indexer.query.days import Days, event_days

ChangeKind = Literal["event-moved", "event-cancelled"]
What = Literal["date", "city", "country", "venue", "status"]


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """Date, place and status of an event as last stated."""

    start: str | None = None
    end: str | None = None
    city: str | None = None
    country: str | None = None
    venue: str | None = None
    status: str | None = None

    @property
    def days(self) -> Days | None:
        """First and last day; None where no year is known."""
        return event_days(self.start, self.end)

    def to_json(self) -> dict[str, Any]:
        """The JSON in the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> KnownEvent:
        """The inverse of `to_json`."""
        return cls(**record)

    def after(self, stated: EventFacts | KnownEvent) -> KnownEvent:
        """With what a later statement says; a vaguer date takes nothing back."""
        meet = overlap(self.days, event_days(stated.start, stated.end))
        vaguer = meet and _precision(stated.start) < _precision(self.start)
        dated = stated.start is not None and not vaguer
        moved = self.days is not None and stated.days is not None and not meet
        return KnownEvent(
            start=stated.start if dated else self.start,
            end=stated.end if dated else self.end,
            city=stated.city or self.city,
            country=stated.country or self.country,
            venue=stated.venue or self.venue,
            status=self._status_after(stated.status, moved=moved),
        )

    def with_place_told_by(self, *told: EventFacts) -> KnownEvent:
        """With the town, country and venue that one of these statements has."""
        return replace(
            self,
            city=self.city if self.city in [fact.city for fact in told] else None,
            country=self.country if self.country in [fact.country for fact in told] else None,
            venue=self.venue if self.venue in [fact.venue for fact in told] else None,
        )

    def with_place_of(self, stated: EventFacts) -> KnownEvent:
        """With what a statement says of the place where none is known."""
        same_country = self.country in (None, stated.country)
        return replace(
            self,
            city=self.city or (stated.city if same_country else None),
            country=self.country or stated.country,
            venue=self.venue or stated.venue,
        )

    def _status_after(self, stated: str | None, *, moved: bool) -> str | None:
        """A page that goes on calling it scheduled does not take back that it was moved or
        cancelled.
        """
        if stated not in (None, "scheduled"):
            return stated
        if moved:
            return "moved"
        return self.status if self.status in ("moved", "cancelled") else stated or self.status


def _precision(partial: str | None) -> int:
    """More for a day than for a month, a season (2031-spring), a year and nothing."""
    if partial is None:
        return 0
    return len(partial) if partial[-1].isdigit() else len("2031") + 1


@dataclass(frozen=True, slots=True)
class EventChange:
    """One value of an event that has changed."""

    change: ChangeKind
    what: What
    old: str | None
    """Partial date or `first/last`, name of a town or venue, country code, status."""
    new: str | None
    """None: the page does not say."""


def without_repeated(stated: EventFacts, before: EventFacts) -> EventFacts:
    """What a page says of an event without the days, place and status that it gave before."""
    same_days = (stated.start, stated.end) == (before.start, before.end)
    same_town = (stated.city, stated.country) == (before.city, before.country)
    return replace(
        stated,
        start=None if same_days else stated.start,
        end=None if same_days else stated.end,
        city=None if same_town else stated.city,
        country=None if same_town else stated.country,
        venue=None if stated.venue == before.venue else stated.venue,
        status=None if stated.status == before.status else stated.status,
    )


def what_changed(
    known: KnownEvent, stated: EventFacts, today: date, *, own: bool, certain: bool
) -> tuple[EventChange, ...]:
    """What the statement changes of an event that was known before.

    `own`: the same page has stated the old values. `certain`: another page, but surely the same
    event, whatever its date. A page that merely gives another date may have been read wrongly or be
    older, so it counts only for an event to come. What has been is not moved any more: the page of
    a yearly event that gives the next date tells of another one.
    """
    if known.days is not None and known.days[1] < today.toordinal():
        return ()
    if stated.status == "cancelled":
        if known.status == "cancelled":
            return ()
        return (EventChange("event-cancelled", "status", known.status, "cancelled"),)
    moved = stated.status == "moved" or any(overlap(known.days, d) for d in stated.former)
    coming = certain and stated.exact and (stated.days or (0, 0))[0] > today.toordinal()
    found = tuple(_differences(known, stated, own=own)) if own or moved or coming else ()
    # With another date beside it, the known one is where the event has been moved to.
    if not found and stated.status == "moved" and known.status != "moved" and not stated.former:
        return (EventChange("event-moved", "date", interval(known.start, known.end), None),)
    return found


def _differences(known: KnownEvent, stated: EventFacts, *, own: bool) -> Iterator[EventChange]:
    apart = known.days and stated.days and not overlap(known.days, stated.days)
    if apart:
        old, new = interval(known.start, known.end), interval(stated.start, stated.end)
        yield EventChange("event-moved", "date", old, new)
    if known.city and stated.city and known.city != stated.city:
        yield EventChange("event-moved", "city", known.city, stated.city)
    elif known.country and stated.country and known.country != stated.country:
        yield EventChange("event-moved", "country", known.country, stated.country)
    elif own and known.venue and stated.venue and not _common_word(known.venue, stated.venue):
        yield EventChange("event-moved", "venue", known.venue, stated.venue)


def interval(start: str | None, end: str | None) -> str | None:
    """`2026-05-12`, or `2026-05-12/2026-05-14` for several days."""
    return "/".join(part for part in (start, end) if part) or None


def _common_word(one: str, other: str) -> bool:
    """A venue is often cut otherwise: "Hotel Astana" and "im Hotel Astana, Saal 2"."""
    return bool(set(one.casefold().split()) & set(other.casefold().split()))
