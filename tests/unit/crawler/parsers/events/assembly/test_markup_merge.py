from __future__ import annotations

import pytest

from crawler.parsers.events.assembly.assembled import AssembledEvent
from crawler.parsers.events.assembly.markup_merge import add_markup_events
from crawler.parsers.events.page.found_value import FoundValue
from indexer.records.document import Event, Page, Place
from indexer.records.reference import Reference

FORUM = AssembledEvent(
    Event("Tin Forum", start="2031-05-05", place=Place("Ritz Hotel", "Oslo", "NO")),
    (("name", FoundValue("Tin Forum", "text", 0, 9, "names.gathering")),),
)


def merge(reference: Reference, markup: str, published: str | None = None) -> list[Event]:
    page = Page(None, published=published, parts={"markup": markup})
    return [one.event for one in add_markup_events([FORUM], page, reference)]


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        ("Event.name: Tin Forum\nEvent.startDate: 2031-06-09", "start", "2031-06-09"),
        (
            "Event.name: Forum\nEvent.startDate: 2031-05-06T09:00\nEvent.endDate: 2031-05-08",
            "end",
            "2031-05-08",
        ),
        (
            "Event.name: Tin Forum\nEvent.eventStatus: https://schema.org/EventCancelled",
            "status",
            "cancelled",
        ),
        (
            "Event.name: Tin Forum\nEvent.eventStatus: https://schema.org/EventScheduled",
            "status",
            None,
        ),
        ("Event.name: Tin Forum\nEvent.organizer.name: Tin Bank", "organisers", ("Tin Bank",)),
        (
            "Event.name: Tin Forum\nEvent.location.name: Grand Hotel",
            "place",
            Place("Ritz Hotel", "Oslo", "NO"),
        ),
    ],
)
def test_the_markup_corrects_the_event_of_the_text(
    reference: Reference, markup: str, field: str, value: object
) -> None:
    (event,) = merge(reference, markup)
    assert getattr(event, field) == value


@pytest.mark.parametrize(
    ("published", "role"), [("2031-01-02", "upcoming"), ("2033-01-02", "main"), (None, "main")]
)
def test_another_event_of_the_markup_is_added(
    reference: Reference, published: str | None, role: str
) -> None:
    markup = (
        "Event.name: Gold Day\nEvent.startDate: 2032-01-02\nEvent.endDate: 2032-01-02\n"
        "Event.location.address.addressLocality: Osh"
    )
    added = merge(reference, markup, published)[1]
    assert (added.name, added.role, added.start, added.end) == (
        "Gold Day",
        role,
        "2032-01-02",
        None,
    )
    assert (added.place.city, added.place.country) == ("Osh", "KG")


def test_an_event_that_the_markup_states_twice_is_added_once(reference: Reference) -> None:
    block = "Event.name: Gold Day\nEvent.startDate: 2032-01-02"
    assert [e.name for e in merge(reference, f"{block}\n\n{block}")] == ["Tin Forum", "Gold Day"]


def test_each_event_of_the_text_has_one_twin(reference: Reference) -> None:
    markup = (
        "Event.name: Tin Forum\nEvent.startDate: 2031-05-05\n\n"
        "Event.name: Gold Day\nEvent.startDate: 2031-05-20"
    )
    assert [e.name for e in merge(reference, markup)] == ["Tin Forum", "Gold Day"]
