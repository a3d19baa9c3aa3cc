"""Where the events of a page stand to what a sentence names."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_nearness import EventNearness
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Kupferforum am 4. Mai begann in Jena.\n\n"
    "Zur Konferenz am 9. Juni kam Dr. Petra Gros nach Bonn. Prof. Karin Brandner dankte allen.\n"
)


def _read() -> tuple[AnnotatedPage, EventNearness, EventMentions, EventMentions]:
    page = annotate(TEXT, "de", "2031-05-02")
    forum, conference = [EventMentions([c]) for c in event_reader().candidates(page)]
    return page, EventNearness([forum, conference]), forum, conference


def test_the_first_event_is_that_of_the_page() -> None:
    _, near, forum, conference = _read()
    assert near.measure_event(forum)["event.main"]
    assert not near.measure_event(conference)["event.main"]
    assert not near.measure_event(conference)["event.alone"]


def test_an_event_in_the_sentence() -> None:
    page, near, forum, conference = _read()
    sentence = next(s for s in page.sentences if s.of("persons"))
    [gros] = sentence.of("persons")
    nearest, inside = near.measure_inside(sentence, gros, conference)
    assert nearest is conference.best
    assert 0 < inside["in.near"] < 1
    assert inside["in.nearest"]
    assert inside["in.only"]
    assert near.measure_inside(sentence, gros, forum) == (None, {})
    assert near.measure_line(sentence, conference)["line.same"]
    assert not near.measure_line(sentence, forum)["line.same"]


def test_events_before_and_behind() -> None:
    page, near, forum, conference = _read()
    index = page.sentences[-1].index
    assert near.last_before(index, conference) == index - 1
    assert near.measure_distance(index, conference) == {"before.last": True}
    assert near.measure_distance(index, forum) == {"before.last": False}
    behind = near.measure_distance(near.sentences(forum)[0], conference)
    assert behind["behind.next"]
    assert near.last_before(0, conference) is None
