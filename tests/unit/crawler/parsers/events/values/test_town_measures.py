"""Where the events of a page stand to its towns."""

from __future__ import annotations

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
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
        for event, town, measures in TownMeasures(page, places, events, ruled).measure()
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
    measured = {t.town: m for _, t, m in TownMeasures(page, places, events, none).measure()}
    assert measured["Goslar"]["dateline"] == 1.0
    assert "dateline" not in measured["Jena"]
