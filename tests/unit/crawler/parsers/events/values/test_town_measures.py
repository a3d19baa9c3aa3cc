"""Where the events of a page stand to its towns."""

from __future__ import annotations

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.event_dates import EventDates
from crawler.parsers.events.values.listed_towns import find_listed_towns
from crawler.parsers.events.values.place_mentions import PlaceMentions
from crawler.parsers.events.values.town_measures import RuledTown, TownMeasures, find_towns
from indexer.records.reference import load_reference
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Kupferforum am 4. Mai eröffnete Prof. Karin Brandner in Jena.\n\n"
    "Zur Konferenz am 9. Juni kommen Gäste aus Bonn. In Jena freut man sich auf sie alle.\n"
)
FORUM, CONFERENCE = 0, 1


def _measured(ruled_town: str | None = None) -> dict[tuple[int, str], dict[str, float]]:
    """The measures by event and town; `ruled_town`: what the rules give the forum."""
    page = annotate(TEXT, "de", "2031-05-02")
    places = PlaceMentions(load_reference(), page)
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    assert len(events) == 2
    told = next((t for t in find_towns(page, places) if t.town == ruled_town), None)
    ruled = {event: RuledTown(told if event is events[0] else None, None) for event in events}
    return {
        (events.index(event), town.town): dict(measures)
        for event, town, measures in TownMeasures(page, places, events, ruled, {}).measure()
    }


def test_the_town_of_the_sentence() -> None:
    measured = _measured()
    forum, other = measured[FORUM, "Jena"], measured[CONFERENCE, "Jena"]
    assert forum["in.same"] == forum["in.nearest"] == forum["in.only"] == 1.0
    assert forum["located"] == forum["usable"] == 1.0
    assert "in.same" not in other
    assert other["told.other"] == 1.0


def test_where_somebody_comes_from() -> None:
    bonn = _measured()[CONFERENCE, "Bonn"]
    assert bonn["origin"] == bonn["in.same"] == 1.0
    assert "located" not in bonn
    assert "usable" not in bonn


def test_all_mentions_of_a_town_speak_for_it() -> None:
    jena = _measured()[CONFERENCE, "Jena"]
    assert jena["told.near"] == jena["before.next"] == jena["town.most"] == 1.0


def test_what_the_rules_say() -> None:
    measured = _measured("Jena")
    assert measured[FORUM, "Jena"][RULED] == 1.0
    assert measured[FORUM, "Bonn"]["ruled.other"] == 1.0
    assert measured[CONFERENCE, "Jena"]["ruled.main"] == 1.0
    assert RULED not in measured[CONFERENCE, "Jena"]


def test_neither_persons_nor_contacts_are_towns() -> None:
    page = annotate("Zum Forum sprach Dr. Karin Jena.\n", "de")
    assert find_towns(page, PlaceMentions(load_reference(), page)) == []


def test_the_town_where_a_page_was_written_is_told_apart() -> None:
    page = annotate("Goslar, 14.05.2031. Das Kupferforum fand am 4. Mai in Jena statt.", "de")
    places = PlaceMentions(load_reference(), page)
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    none = {event: RuledTown(None, None) for event in events}
    measured = {t.town: m for _, t, m in TownMeasures(page, places, events, none, {}).measure()}
    assert measured["Goslar"]["dateline"] == 1.0
    assert "dateline" not in measured["Jena"]


def _days(first: str, last: str | None = None) -> EventDates:
    start, end = (day and FoundValue(day, "text", 0, 1, "dating", 0.8) for day in (first, last))
    return EventDates(start or None, end or None)


def test_the_days_beside_a_town_are_those_of_the_event_or_of_others() -> None:
    text = (
        "Das Kupferforum am 4. Mai 2031 war ausgebucht.\n\n"
        "Am 4. Mai 2031 reisten alle nach Jena, am 9. Juni 2031 nach Bonn.\n"
        "Am 9. Juni 2031 war man in Wien."
    )
    page = annotate(text, "de", "2031-05-02")
    places = PlaceMentions(load_reference(), page)
    event = EventMentions([event_reader().candidates(page)[0]])
    ruled, days = {event: RuledTown(None, None)}, {event: _days("2031-05-04")}
    measured = {t.town: m for _, t, m in TownMeasures(page, places, [event], ruled, days).measure()}
    assert measured["Jena"]["day.same"] == 1.0
    assert "day.other" not in measured["Jena"]
    assert measured["Vienna"]["day.other"] == 1.0
    assert "day.same" not in measured["Vienna"]


def test_a_further_event_within_the_days_of_the_own_one_may_be_in_its_town() -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    places = PlaceMentions(load_reference(), page)
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    jena = next(t for t in find_towns(page, places) if t.town == "Jena")
    ruled = {e: RuledTown(jena if e is events[0] else None, None) for e in events}
    within = {events[0]: _days("2031-05-04", "2031-05-08"), events[1]: _days("2031-05-06")}
    later = {**within, events[1]: _days("2031-06-09")}
    for days, expected in ((within, 1.0), (later, None)):
        measured = {
            (events.index(e), t.town): m
            for e, t, m in TownMeasures(page, places, events, ruled, days).measure()
        }
        assert measured[CONFERENCE, "Jena"].get("main.within") == expected
        assert "main.within" not in measured[CONFERENCE, "Bonn"]
        assert "main.within" not in measured[FORUM, "Jena"]


def test_towns_that_nothing_says_to_be_some_are_told_apart() -> None:
    text = "The Tin Forum opened on 5 May 2031. Buxton, Old Limeworks. Buxton Minerals sent guests."
    page = annotate(text, "en", "2031-05-02")
    places = PlaceMentions(load_reference(), page)
    listed = find_listed_towns(page, places, load_reference().towns)
    assert [t.mention.start for t in listed] == [text.index("Buxton")]
    events = [EventMentions([event_reader().candidates(page)[0]])]
    none = {events[0]: RuledTown(None, None)}
    ((_, _, measures),) = TownMeasures(page, places, events, none, {}, listed=listed).measure()
    assert measures["listed"] == measures["set.off"] == 1.0
