"""Joins the events of the markup to those of the text: stated values win over read ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.event_values import value_of
from crawler.parsers.events.assembly.markup_events import MarkupEvent, read_markup_events
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.town_adjectives import TOWNS
from indexer.records.document import Event, Page, Person, Place, Role
from indexer.records.reference import PlaceEntry, Reference

_OVERRIDDEN = ("start", "end", "place.venue", "status")


def add_markup_events(
    assembled: Sequence[AssembledEvent], draft: Page, reference: Reference
) -> list[AssembledEvent]:
    """The events of the text, corrected by the markup, and those that only the markup states."""
    events = list(assembled)
    # Each event of the text has one twin at most: lists of events state several of one month.
    free = set(range(len(events)))
    seen: set[tuple[str, str | None]] = set()
    for stated in read_markup_events(draft.part("markup")):
        key = stated.name.value, value_of(stated.start)
        if key in seen:
            continue
        seen.add(key)
        twin = next((i for i in sorted(free) if _is_same(events[i].event, stated)), None)
        if twin is None:
            events.append(_from_markup(stated, draft, reference))
        else:
            free.discard(twin)
            events[twin] = _correct(events[twin], stated)
    return events


def _is_same(event: Event, stated: MarkupEvent) -> bool:
    if event.start and stated.start and event.start[:7] == stated.start.value[:7]:
        return True
    ours, theirs = (set(name.casefold().split()) for name in (event.name, stated.name.value))
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0


def _correct(assembled: AssembledEvent, stated: MarkupEvent) -> AssembledEvent:
    event = assembled.event
    added: list[tuple[str, FoundValue[object]]] = []
    if stated.start:
        end = _last_day(stated)
        added += [("start", stated.start), *([("end", end)] if end else [])]
        event = replace(event, start=stated.start.value, end=value_of(end))
    if stated.status and stated.status.value != "scheduled":
        event = replace(event, status=stated.status.value)
    if stated.venue and not event.place.venue:
        added.append(("place.venue", stated.venue))
        event = replace(event, place=replace(event.place, venue=stated.venue.value))
    if not event.organisers and stated.organisers:
        added += [("organisers", organiser) for organiser in stated.organisers]
        event = replace(event, organisers=tuple(o.value for o in stated.organisers))
    replaced = {path for path, _ in added if path in _OVERRIDDEN}
    if stated.start:
        replaced.add("end")
    kept = [(path, found) for path, found in assembled.evidence if path not in replaced]
    return AssembledEvent(event, (*kept, *added))


def _from_markup(stated: MarkupEvent, draft: Page, reference: Reference) -> AssembledEvent:
    """An event that stands in the markup only."""
    town = _town(stated, reference)
    country = value_of(stated.country) or (town.country if town else None)
    end = _last_day(stated)
    event = Event(
        name=stated.name.value,
        role=_role(stated, draft),
        status=stated.status.value if stated.status else None,
        start=value_of(stated.start),
        end=value_of(end),
        place=_place(stated, town, country),
        organisers=tuple(organiser.value for organiser in stated.organisers),
        persons=tuple(Person(person.value) for person in stated.persons),
    )
    inferred = None
    if stated.city and country:
        inferred = replace(stated.city, inferred=True, value=country)
    pairs: list[tuple[str, FoundValue[object] | None]] = [
        ("name", stated.name),
        ("start", stated.start),
        ("end", end),
        ("place.venue", stated.venue),
        ("place.city", stated.city),
        ("place.country", stated.country or inferred),
        *(("organisers", organiser) for organiser in stated.organisers),
        *((f"persons[{i}].name", person) for i, person in enumerate(stated.persons)),
    ]
    return AssembledEvent(event, tuple((path, found) for path, found in pairs if found))


def _role(stated: MarkupEvent, draft: Page) -> Role:
    start, published = first_day(value_of(stated.start)), first_day(draft.published)
    return "upcoming" if start and published and start > published else "main"


def _place(stated: MarkupEvent, town: PlaceEntry | None, country: str | None) -> Place:
    venue = value_of(stated.venue)
    if town is None:
        return Place(venue, value_of(stated.city), country)
    city = (town.names.get("en") or (None,))[0]
    return Place(venue, city, country, town.geonameid, town.lat, town.lon)


def _town(stated: MarkupEvent, reference: Reference) -> PlaceEntry | None:
    """The town in the table of places."""
    if stated.city is None:
        return None
    wanted = stated.city.value.casefold()
    for place in reference.places.values():
        names = (name for names in place.names.values() for name in names)
        if place.kind in TOWNS and any(wanted == name.casefold() for name in names):
            return place
    return None


def _last_day(stated: MarkupEvent) -> FoundValue[str] | None:
    """The end of an event, where it is another day than the start."""
    if stated.end and stated.end.value != value_of(stated.start):
        return stated.end
    return None
