"""Joins the events of the markup to those of the text: stated values win over read ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.assembly.assembled import Assembled
from crawler.parsers.events.assembly.markup_events import MarkupEvent, read_markup_events
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.values.event_dates import first_day
from indexer.records.document import Event, Page, Person, Place, Role
from indexer.records.reference import PlaceEntry, Reference

_OVERRIDDEN = ("start", "end", "place.venue", "status")


def with_markup(
    assembled: Sequence[Assembled], draft: Page, reference: Reference
) -> list[Assembled]:
    """The events of the text, those that the markup states too corrected by it, and its further
    ones.
    """
    joined = list(assembled)
    # Each event of the text has one twin at most: lists of events state several of one month.
    free = set(range(len(joined)))
    stated_days: set[tuple[str, str | None]] = set()
    for stated in read_markup_events(draft.part("markup")):
        key = stated.name.value, stated.start.value if stated.start else None
        if key in stated_days:
            continue
        stated_days.add(key)
        twin = next((i for i in sorted(free) if _same(joined[i].event, stated)), None)
        if twin is None:
            joined.append(_event(stated, draft, reference))
        else:
            free.discard(twin)
            joined[twin] = _corrected(joined[twin], stated)
    return joined


def _same(event: Event, stated: MarkupEvent) -> bool:
    if event.start and stated.start and event.start[:7] == stated.start.value[:7]:
        return True
    ours, theirs = (set(name.casefold().split()) for name in (event.name, stated.name.value))
    return len(ours & theirs) * 2 >= min(len(ours), len(theirs)) > 0


def _corrected(one: Assembled, stated: MarkupEvent) -> Assembled:
    event = one.event
    fresh: list[tuple[str, Found[object]]] = []
    if stated.start:
        fresh.append(("start", stated.start))
        end = stated.end if stated.end and stated.end.value != stated.start.value else None
        if end:
            fresh.append(("end", end))
        event = replace(event, start=stated.start.value, end=end.value if end else None)
    if stated.status and stated.status.value != "scheduled":
        event = replace(event, status=stated.status.value)
    if stated.venue and not event.place.venue:
        fresh.append(("place.venue", stated.venue))
        event = replace(event, place=replace(event.place, venue=stated.venue.value))
    if not event.organisers and stated.organisers:
        fresh += [("organisers", o) for o in stated.organisers]
        event = replace(event, organisers=tuple(o.value for o in stated.organisers))
    replaced = {field for field, _ in fresh if field in _OVERRIDDEN} | (
        {"end"} if stated.start else set()
    )
    kept = [(f, e) for f, e in one.evidence if f not in replaced]
    return Assembled(event, (*kept, *fresh))


def _event(stated: MarkupEvent, draft: Page, reference: Reference) -> Assembled:
    """An event that only the markup tells of."""
    entry = _town(stated, reference)
    city = (
        (entry.names.get("en") or (None,))[0]
        if entry
        else stated.city.value
        if stated.city
        else None
    )
    country = stated.country.value if stated.country else entry.country if entry else None
    start = stated.start.value if stated.start else None
    end = stated.end.value if stated.end and stated.end.value != start else None
    coming = first_day(start), first_day(draft.published)
    role: Role = "upcoming" if coming[0] and coming[1] and coming[0] > coming[1] else "main"
    event = Event(
        stated.name.value, role, stated.status.value if stated.status else None, None, None, start, end,
        Place(stated.venue.value if stated.venue else None, city, country, entry.geonameid if entry else None,
              entry.lat if entry else None, entry.lon if entry else None),
        None, tuple(o.value for o in stated.organisers),
        persons=tuple(Person(p.value) for p in stated.persons),
    )  # fmt: skip
    pairs: list[tuple[str, Found[object] | None]] = [
        ("name", stated.name), ("start", stated.start), ("end", stated.end if end else None),
        ("place.venue", stated.venue), ("place.city", stated.city),
        ("place.country", stated.country or (replace(stated.city, inferred=True, value=country) if stated.city and country else None)),
        *(("organisers", o) for o in stated.organisers),
        *((f"persons[{j}].name", p) for j, p in enumerate(stated.persons)),
    ]  # fmt: skip
    return Assembled(event, tuple((f, e) for f, e in pairs if e is not None))


def _town(stated: MarkupEvent, reference: Reference) -> PlaceEntry | None:
    if stated.city is None:
        return None
    wanted = stated.city.value.casefold()
    return next(
        (
            p for p in reference.places.values()
            if p.kind in ("city", "capital") and any(wanted == n.casefold() for ns in p.names.values() for n in ns)
        ),
        None,
    )  # fmt: skip
