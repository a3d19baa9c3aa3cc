"""What a page's events state for sure, in the fields of the index in which `sure:yes` looks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.query.days import Days, days_of, event_days
from indexer.query.fields import MERGED_FIELDS, sure_field
from indexer.query.naming import Naming
from indexer.records.document import SURE, Event, Mention, Page
from indexer.records.event_fields import EVENT_FIELDS, event_index, path_of

_WORDS: Mapping[str, str] = {row.path: row.words for row in EVENT_FIELDS if row.words}
_MONTH = re.compile(r"\d{4}-\d\d")


@dataclass
class SureValues:
    """Sure values by the fields of the index."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    days: list[Days | None] = field(default_factory=list)
    """Of each event, in the order of the page: those of its bounds that are sure."""
    evidence: list[tuple[str, str, Mention]] = field(default_factory=list)
    """Field and value, and where it stands."""


def sure_values(page: Page, events: Collection[int], naming: Naming) -> SureValues:
    """The sure values of some of the page's events."""
    sure = [
        m
        for m in page.mentions
        if m.confidence >= SURE and m.value is not None and event_index(m) in events
    ]
    if not sure:
        return SureValues(days=[None] * len(page.events))
    stated = [(event_index(m) or 0, path_of(m), m) for m in sure]
    places = (m for m in page.mentions if m.field == "places")
    towns = {(str(m.part), m.start, m.end): str(m.value) for m in places}
    evidence = [
        (sure_field(name), value, mention)
        for number, path, mention in stated
        for name, value in _values_of(page.events[number], path, mention, towns, naming)
    ]
    paths = {(number, path) for number, path, _ in stated}
    days = [_days(event, number, paths) for number, event in enumerate(page.events)]
    values: dict[str, set[str]] = {}
    for name, value in (*((f, v) for f, v, _ in evidence), *_of_pages(page.events, paths, days)):
        values.setdefault(name, set()).add(value)
    names = _names(page.events, stated)
    # A surname alone finds a person in any script.
    person = sure_field("person")
    names.setdefault(person, []).extend(sorted(values.get(person, ())))
    return SureValues(
        {name: tuple(sorted(found)) for name, found in values.items()},
        {name: list(dict.fromkeys(found)) for name, found in names.items() if found},
        days,
        evidence,
    )


def _values_of(
    event: Event,
    path: str,
    mention: Mention,
    towns: Mapping[tuple[str, int, int], str],
    naming: Naming,
) -> Iterator[tuple[str, str]]:
    """Field of a query and value, of what a mention states of an event."""
    name = _WORDS.get(path, "")
    if name in MERGED_FIELDS:
        yield from ((name, naming.value(name, form)) for form in _forms(event, path, mention))
    elif path == "place.city":
        town = towns.get((mention.part, mention.start, mention.end))
        if town is not None:
            yield "place", town
    elif path == "place.country":
        yield "country", str(mention.value)


def _forms(event: Event, path: str, mention: Mention) -> Iterator[str]:
    """A name as it is stated; of a person whose name is inflected its nominative."""
    stated = str(mention.value)
    norms = (p.name_norm for p in event.persons if p.name == stated and path == "persons.name")
    yield next((norm for norm in norms if norm), stated)


def _of_pages(
    events: Sequence[Event], paths: Collection[tuple[int, str]], days: Sequence[Days | None]
) -> Iterator[tuple[str, str]]:
    """What follows from sure values: what the page has, in which months, and in which status (of
    which nobody has labelled how often it is right: it goes with its event).
    """
    for number, event in enumerate(events):
        if (number, "name") in paths and event.status:
            yield sure_field("status"), event.status
        start = event.start or ""
        if (number, "start") in paths and _MONTH.match(start) and days_of(start):
            yield sure_field("event_month"), start[:7]
        if days[number]:
            yield sure_field("has"), "date"
    for _, path in paths:
        if path == "name":
            yield sure_field("has"), "event"
        elif path.startswith("place."):
            yield sure_field("has"), "place"
        elif path == "persons.name":
            yield sure_field("has"), "person"
        elif path in ("organisers", "participants.organisations"):
            yield sure_field("has"), "organisation"


def _days(event: Event, number: int, paths: Collection[tuple[int, str]]) -> Days | None:
    start = event.start if (number, "start") in paths else None
    end = event.end if (number, "end") in paths else None
    return event_days(start, end)


def _names(
    events: Sequence[Event], stated: Iterable[tuple[int, str, Mention]]
) -> dict[str, list[str]]:
    """Field of the index → names that are searched by words."""
    found: dict[str, list[str]] = {}
    for number, path, mention in stated:
        if path in _WORDS:
            names = found.setdefault(sure_field(_WORDS[path]), [])
            names += [str(mention.value), *_forms(events[number], path, mention)]
    return found
