"""Events that a page states in its markup (schema.org Event), from the part `markup`.

That part holds one line `path: value` for each value, events separated by a blank line, as
crawler/parsers/markup.py writes it. Stated values are taken as they are; dates are cut to the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.parsers.events.page.found_value import FoundValue
from indexer.records.document import Status

_LINE = re.compile(
    r"^(?P<path>[A-Za-z]*Event(?:\[\d+\])?)\.(?P<key>[\w.@\[\]]+): (?P<value>.+)$", re.MULTILINE
)
_DAY = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_STATUS: dict[str, Status] = {
    "EventCancelled": "cancelled",
    "EventPostponed": "moved",
    "EventRescheduled": "moved",
    "EventMovedOnline": "moved",
    "EventScheduled": "scheduled",
}
_ORGANISER = re.compile(r"(?:organizer|organiser)(?:\[\d+\])?(?:\.name)?\Z")
_PERFORMER = re.compile(r"(?:performer|performers)(?:\[\d+\])?(?:\.name)?\Z")
_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class MarkupEvent:
    """What the markup says of one event."""

    name: FoundValue[str]
    start: FoundValue[str] | None = None
    end: FoundValue[str] | None = None
    status: FoundValue[Status] | None = None
    venue: FoundValue[str] | None = None
    city: FoundValue[str] | None = None
    country: FoundValue[str] | None = None
    organisers: tuple[FoundValue[str], ...] = ()
    persons: tuple[FoundValue[str], ...] = ()


def read_markup_events(markup: str) -> list[MarkupEvent]:
    """The events of the part `markup`, in its order; those without a name are left out."""
    events = []
    offset = 0
    for block in markup.split("\n\n"):
        event = _event(block, offset)
        if event:
            events.append(event)
        offset += len(block) + 2
    return events


def _event(block: str, offset: int) -> MarkupEvent | None:
    values: dict[str, FoundValue[str]] = {}
    organisers: list[FoundValue[str]] = []
    persons: list[FoundValue[str]] = []
    for m in _LINE.finditer(block):
        start, end = m.span("value")
        found = FoundValue(
            m.group("value"),
            "markup",
            start + offset,
            end + offset,
            "markup.schema-org",
            _CONFIDENCE,
        )
        key = m.group("key")
        if _ORGANISER.match(key):
            organisers.append(found)
        elif _PERFORMER.match(key):
            persons.append(found)
        else:
            values.setdefault(key, found)
    name = values.get("name")
    if name is None:
        return None
    return MarkupEvent(
        name,
        _date(values.get("startDate")),
        _date(values.get("endDate")),
        _status(values.get("eventStatus")),
        _first_value(values, "location.name", "location[0].name", "location"),
        _first_value(
            values, "location.address.addressLocality", "location[0].address.addressLocality"
        ),
        _country(
            _first_value(
                values,
                "location.address.addressCountry",
                "location.address.addressCountry.name",
                "location[0].address.addressCountry",
            )
        ),
        tuple(organisers),
        tuple(persons),
    )


def _first_value(values: dict[str, FoundValue[str]], *keys: str) -> FoundValue[str] | None:
    return next((values[k] for k in keys if k in values), None)


def _date(found: FoundValue[str] | None) -> FoundValue[str] | None:
    m = _DAY.match(found.value) if found else None
    if found is None or m is None:
        return None
    return FoundValue(
        m.group(), found.part, found.start, found.start + m.end(), found.rule, found.confidence
    )


def _status(found: FoundValue[str] | None) -> FoundValue[Status] | None:
    status = _STATUS.get(found.value.rsplit("/", 1)[-1]) if found else None
    if found is None or status is None:
        return None
    return FoundValue(status, found.part, found.start, found.end, found.rule, found.confidence)


def _country(found: FoundValue[str] | None) -> FoundValue[str] | None:
    return found if found and re.fullmatch(r"[A-Z]{2}", found.value) else None
