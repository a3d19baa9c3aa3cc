"""A message of a watch: what it says, before a channel gives it its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple, Protocol, runtime_checkable

from indexer.events.change_lines import ReportedChange
from indexer.query.record import EventSummary
from indexer.records.document import iso_instant
from indexer.records.errors import DeliveryPostponed
from indexer.records.half_characters import without_halves
from indexer.records.interface_languages import DEFAULT
from indexer.records.marked_passage import MarkedPassage

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_line(text: str) -> str:
    """The text on one line: ends of lines and control characters are spaces, lone surrogates
    U+FFFD.
    """
    return _CONTROL.sub(" ", without_halves(text)).rstrip()


class OtherPlace(NamedTuple):
    """Another page with a text that is told."""

    url: str
    source: str
    """Name of the source."""

    @property
    def line(self) -> str:
        """For people."""
        return f"{self.url} ({self.source})"


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One match: a document, what of it is new, and why it is reported."""

    id: str
    """`urn:uuid:…`, the same in every message and channel."""
    url: str
    title: str
    source: str
    """Name of the source."""
    published: str | None
    found: datetime
    change: str
    """new-document, added-passage, …"""
    terms: tuple[str, ...]
    passages: tuple[MarkedPassage, ...]
    events: tuple[ReportedChange, ...] = ()
    """What became of events."""
    places: tuple[OtherPlace, ...] = ()
    """Other pages that print the same text, by address."""
    event: str | None = None
    """Id of the event that it tells of: the same for its announcement, its changes and reports."""
    document: str | None = None
    """Id of the document."""
    countries: tuple[str, ...] = ()
    """Codes of the countries that the page names, as its record has them."""
    named: tuple[str, ...] = ()
    """Codes of countries and ids of places, as often as the page names each; titles count more."""
    main_event: EventSummary | None = None
    """The event that the page is about."""
    lang: str | None = None
    """Language of the page."""

    def to_json(self) -> dict[str, Any]:
        """What every receiver of JSON is told of a match."""
        return {
            "url": self.url,
            "title": self.title,
            "source": self.source,
            "published": self.published,
            "found": iso_instant(self.found),
            "change": self.change,
            "terms": list(self.terms),
            "passages": [passage.to_json() for passage in self.passages],
            "events": [change.line for change in self.events],
            "places": [place._asdict() for place in self.places],
        }


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses in the web interface that a message can name."""

    site: str | None = None
    """Of the web interface, without a slash at its end."""
    unsubscribe: str | None = None
    """Where the receiver takes himself off with one click."""

    def page_of(self, entry: MessageEntry) -> str | None:
        """The page of a document."""
        known = self.site is not None and entry.document is not None
        return f"{self.site}/documents/{entry.document}" if known else None


NO_LINKS = Links()
"""Where people reach no web interface."""


@dataclass(frozen=True, slots=True)
class Message:
    """All new matches of one watch and run for one channel."""

    key: str
    """Idempotency key: a receiver that gets it twice can tell."""
    watch: str
    name: str
    created: datetime
    first_look: bool
    """The matches come from sources crawled for the first time."""
    entries: tuple[MessageEntry, ...]
    links: Links = NO_LINKS
    language: str = DEFAULT
    """For people; programs are told in English."""

    @property
    def event(self) -> str | None:
        """Id of the event that all entries tell of; None: of none, or of several."""
        events = {entry.event for entry in self.entries}
        return events.pop() if len(events) == 1 else None

    def by_source(self) -> Iterator[tuple[str, Sequence[MessageEntry]]]:
        """Entries grouped by the name of their source, the newest first.

        The order in which pages were requested means nothing, and differs for a run that was
        killed in between.
        """
        ordered = sorted(self._newest_first(), key=lambda e: e.source)
        for source, entries in groupby(ordered, key=lambda e: e.source):
            yield source, list(entries)

    def by_country(
        self, country_of: Callable[[str], str | None] = lambda place: None
    ) -> Iterator[tuple[str | None, Sequence[MessageEntry]]]:
        """Entries grouped by the code of the country that they are about, the newest first; last,
        with None, those without. `country_of`: country of a place by its id.
        """

        def order(entry: MessageEntry) -> tuple[bool, str]:
            country = _country(entry, country_of)
            return not country, country

        for key, entries in groupby(sorted(self._newest_first(), key=order), key=order):
            yield key[1] or None, list(entries)

    def _newest_first(self) -> list[MessageEntry]:
        by_address = sorted(self.entries, key=lambda e: e.url)
        return sorted(by_address, key=lambda e: e.published or "", reverse=True)


@dataclass(frozen=True, slots=True)
class Digest(Message):
    """The messages of several watches to one recipient, all that came due together. Its name is
    daily, weekly …
    """

    parts: tuple[Message, ...] = ()
    """By the name of their watch, first looks last; those of one watch joined."""
    coverage: str | None = None
    """Which sources were not reached, in its language."""

    @classmethod
    def of(
        cls,
        key: str,
        messages: Sequence[Message],
        cadence: str,
        coverage: str | None,
    ) -> Digest:
        """The digest of these messages; `cadence` is daily, weekly …"""
        groups: dict[tuple[bool, str, str], list[Message]] = {}
        for message in messages:
            group = (message.first_look, message.name, message.watch)
            groups.setdefault(group, []).append(message)
        parts = tuple(_joined(groups[group]) for group in sorted(groups))
        return cls(
            key=key,
            watch="digest",
            name=cadence,
            created=max(message.created for message in messages),
            first_look=False,
            entries=tuple(entry for part in parts for entry in part.entries),
            language=messages[0].language,
            parts=parts,
            coverage=coverage,
        )


def _country(entry: MessageEntry, country_of: Callable[[str], str | None]) -> str:
    """That of its event, else the one that it and its places are named most often; empty: none."""
    if entry.main_event and entry.main_event.country:
        return entry.main_event.country
    countries = (name if name in entry.countries else country_of(name) for name in entry.named)
    counted = Counter(country for country in countries if country)
    return max(counted, key=counted.__getitem__) if counted else next(iter(entry.countries), "")


def _joined(messages: Sequence[Message]) -> Message:
    """Messages of one watch as one; one that says that nothing is new adds nothing."""
    entries = tuple(entry for message in messages for entry in message.entries)
    return replace(messages[0], entries=entries)


@runtime_checkable
class SharedChannel(Protocol):
    """A channel whose receiver has others: when it has failed for one, it is not asked again in the
    same delivery.
    """

    def postponement(self) -> DeliveryPostponed | None:
        """Why nothing more goes to the receiver in this delivery; None: it is asked."""


class Channel(Protocol):
    """One way in which a message reaches people."""

    def deliver(self, message: Message) -> None:
        """Hand the message over; returns when the receiver has it for sure, else raises
        DeliveryError: DeliveryPostponed if the receiver has failed for another message.
        """
