"""Where the events of a page stand to its persons."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.people.person_measures import PersonMeasures, find_persons
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Kupferforum am 4. Mai eröffnete Prof. Karin Brandner in Jena.\n\n"
    "Zur Konferenz am 9. Juni kam Dr. Petra Gros nach Bonn. Prof. Karin Brandner dankte allen.\n"
)
FORUM, CONFERENCE = 0, 1
BRANDNER, GROS, AGAIN = 0, 1, 2


def _measured() -> list[list[dict[str, float]]]:
    """The measures by person and event."""
    page = annotate(TEXT, "de", "2031-05-02")
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    persons = find_persons(page)
    assert (len(events), len(persons)) == (2, 3)
    measured = [
        dict(measures) for _, _, measures in PersonMeasures(page, persons, events).measure()
    ]
    return [measured[at : at + len(events)] for at in range(0, len(measured), len(events))]


def test_the_event_of_the_sentence() -> None:
    measured = _measured()
    own, other = measured[GROS][CONFERENCE], measured[GROS][FORUM]
    assert own["in.same"] == own["in.nearest"] == own["in.only"] == 1.0
    assert "in.same" not in other
    assert other["in.other"] == 1.0


def test_the_event_before_and_how_far_it_is() -> None:
    measured = _measured()
    assert measured[AGAIN][CONFERENCE]["before.near"] == 1.0
    assert measured[AGAIN][CONFERENCE]["before.last"] == 1.0
    assert measured[AGAIN][FORUM]["before.near"] == 0.5
    assert "before.last" not in measured[AGAIN][FORUM]
    assert measured[BRANDNER][CONFERENCE]["behind.next"] == 1.0


def test_the_other_places_of_a_surname() -> None:
    measured = _measured()
    assert measured[AGAIN][FORUM]["again.here"] == 1.0
    assert measured[AGAIN][CONFERENCE]["again.there"] == 1.0
    assert "person.again" not in measured[GROS][FORUM]


def test_a_page_without_persons_has_no_measures() -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    assert list(PersonMeasures(page, [], []).measure()) == []
