from crawler.parsers.events.assembly.markup_events import read_markup_events
from indexer.records.document import Page
from tests.event_texts import event_reader

MARKUP = """Event.@type: Event
Event.name: Forum der Steine 2031
Event.startDate: 2031-05-07T09:00+02:00
Event.endDate: 2031-05-08
Event.eventStatus: https://schema.org/EventCancelled
Event.location.name: Haus am Markt
Event.location.address.addressLocality: Astana
Event.location.address.addressCountry: KZ
Event.organizer.name: Verein der Steine

Event.startDate: 2031-06-01"""


def test_values_are_cut_from_the_markup() -> None:
    (event,) = read_markup_events(MARKUP)
    assert event.name.value == "Forum der Steine 2031"
    assert event.start
    assert MARKUP[event.start.start : event.start.end] == "2031-05-07"
    assert event.status
    assert event.status.value == "cancelled"


def test_event_that_only_the_markup_tells_of() -> None:
    page = Page(None, lang="de", text="Nichts.", parts={"markup": MARKUP}, published="2031-01-02")
    (event,), mentions = event_reader().find(page)
    assert (event.start, event.end, event.role, event.status) == (
        "2031-05-07",
        "2031-05-08",
        "upcoming",
        "cancelled",
    )
    assert (event.place.city, event.place.country, event.place.venue) == (
        "Astana",
        "KZ",
        "Haus am Markt",
    )
    assert event.organisers == ("Verein der Steine",)
    assert all(page.part(m.part)[m.start : m.end] == m.surface for m in mentions)


def test_markup_corrects_the_text() -> None:
    text = "Am 7. Mai 2031 findet in Astana das Forum der Steine 2031 statt."
    page = Page(None, lang="de", text=text, parts={"markup": MARKUP}, published="2031-01-02")
    (event,), _ = event_reader().find(page)
    assert (event.start, event.end, event.status) == ("2031-05-07", "2031-05-08", "cancelled")
