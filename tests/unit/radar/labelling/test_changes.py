from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.records.labels import Labels
from indexer.records.reference import load_reference
from radar.labelling.changes import LabelChanges
from radar.labelling.proposal import places_read, propose
from radar.labelling.value_words import ValueWords
from search_api.labelling.desk import LabelMistaken
from tests.unit.radar.labelling.made_up_page import PAGE


@pytest.fixture(scope="module")
def changes() -> LabelChanges:
    return LabelChanges(ValueWords(load_reference()), places_read(PAGE))


@pytest.fixture
def labels() -> Labels:
    return propose(PAGE, "0a")


def marks(labels: Labels) -> list[tuple[str, str, int | None]]:
    return [(mark.kind, labels.words(mark), mark.event) for mark in labels.marks]


def index(labels: Labels, words: str) -> str:
    return str([labels.words(mark) for mark in labels.marks].index(words))


def test_a_body_is_added_where_it_was_selected(changes: LabelChanges, labels: Labels) -> None:
    start = labels.text.rindex("Anna Weber")
    selected = {"words": " Anna Weber", "start": str(start - 1), "as": "person", "event": "0"}
    labels = changes.make(labels, {"action": "mark", **selected})
    assert [m.start for m in labels.marks if labels.words(m) == "Anna Weber"][-1] == start


def test_words_that_were_typed_are_marked_where_they_are_not_yet(
    changes: LabelChanges, labels: Labels
) -> None:
    typed = {"action": "mark", "words": "Anna Weber", "as": "person", "event": ""}
    labels = changes.make(labels, typed)
    assert marks(labels).count(("person", "Anna Weber", None)) == 1
    with pytest.raises(LabelMistaken, match="marked everywhere"):
        changes.make(labels, typed)


def test_a_mark_takes_the_place_of_those_it_overlaps(changes: LabelChanges, labels: Labels) -> None:
    words = {"words": "des Verbands der Erzkunde", "as": "participant", "event": "0"}
    labels = changes.make(labels, {"action": "mark", **words})
    assert ("participant", "des Verbands der Erzkunde", 0) in marks(labels)
    assert "Verbands der Erzkunde" not in [labels.words(m) for m in labels.marks]


def test_an_event_that_was_missed_is_added_by_its_words(
    changes: LabelChanges, labels: Labels
) -> None:
    words = {"words": "eine Abordnung", "as": "event", "event": "new"}
    labels = changes.make(labels, {"action": "mark", **words})
    assert labels.events[1].name == "eine Abordnung"
    assert ("event", "eine Abordnung", 1) in marks(labels)


def test_days_and_towns_are_read_from_their_words(changes: LabelChanges, labels: Labels) -> None:
    labels = changes.make(
        labels, {"action": "mark", "words": "4. und 5. Mai 2031", "as": "date", "event": "0"}
    )
    labels = changes.make(labels, {"action": "mark", "words": "Jena", "as": "town", "event": "0"})
    event = labels.events[0]
    assert (event.start, event.end, event.city, event.country) == (
        *("2031-05-04", "2031-05-05"),
        *("Jena", "DE"),
    )
    with pytest.raises(LabelMistaken, match="no day"):
        changes.make(labels, {"action": "mark", "words": "Abordnung", "as": "date", "event": "0"})


def test_a_town_in_no_table_is_called_as_it_stands(changes: LabelChanges, labels: Labels) -> None:
    labels = changes.make(labels, {"action": "mark", "words": "Gästen", "as": "town", "event": "0"})
    assert (labels.events[0].city, labels.events[0].city_surface) == ("Gästen", "Gästen")


def test_single_marks_are_confirmed_struck_and_corrected(
    changes: LabelChanges, labels: Labels
) -> None:
    at = index(labels, "Verbands der Erzkunde")
    labels = changes.make(labels, {"action": "confirm", "mark": at})
    assert not labels.marks[int(at)].read
    bergbau = index(labels, "Kammer für Bergbau")
    labels = changes.make(
        labels, {"action": "set", "mark": bergbau, "kind": "participant", "event": "0"}
    )
    assert ("participant", "Kammer für Bergbau", 0) in marks(labels)
    labels = changes.make(labels, {"action": "strike", "mark": index(labels, "Erzkunde AG")})
    assert "Erzkunde AG" not in [labels.words(m) for m in labels.marks]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"action": "mark", "words": "nirgends", "as": "person"}, "does not stand"),
        ({"action": "mark", "words": "  ", "as": "person"}, "1 to 300"),
        ({"action": "mark", "words": "Jena", "as": "planet"}, "what the words are"),
        ({"action": "mark", "words": "Jena", "as": "organiser", "event": ""}, "which event"),
        ({"action": "mark", "words": "Jena", "as": "town", "event": ""}, "which event"),
        ({"action": "mark", "words": "Jena", "as": "employer"}, "Whose employer"),
        ({"action": "mark", "words": "Jena", "as": "event", "event": "7"}, "not there"),
        ({"action": "strike", "mark": "99"}, "not there"),
        ({"action": "strike", "mark": "-1"}, "not there"),
        ({"action": "burn"}, "not known"),
        ({}, "not known"),
        ({"action": "set-event", "event": "0", "name": "", "role": "main"}, "has a name"),
        ({"action": "set-event", "event": "0", "name": "x", "role": "dead"}, "main, upcoming"),
        (
            {"action": "set-event", "event": "0", "name": "x", "role": "main", "start": "soon"},
            "no day",
        ),
        (
            {"action": "set-event", "event": "0", "name": "x", "role": "main", "count": "many"},
            "whole number",
        ),
        (
            {"action": "set-event", "event": "0", "name": "x", "role": "main", "country": "Asia"},
            "two letters",
        ),
        (
            {"action": "set-event", "event": "0", "name": "x", "role": "main", "countries": "KZ"},
            "codes with their words",
        ),
        (
            {
                "action": "set-event",
                "event": "0",
                "name": "x",
                "role": "main",
                "countries": "KZ Kasachstan; Land DE",
            },
            "codes with their words",
        ),
    ],
)
def test_what_cannot_be_is_told(
    changes: LabelChanges, labels: Labels, fields: dict[str, str], reason: str
) -> None:
    with pytest.raises(LabelMistaken, match=reason):
        changes.make(labels, fields)


def test_the_form_of_an_event_sets_all_its_fields(changes: LabelChanges, labels: Labels) -> None:
    form = {"name": "Rohstofftag", "role": "main", "start": "2031-05", "country": "kz"}
    people = {"count_surface": "hundert", "countries": " kz  Republik Kasachstan;; DE Land; "}
    told = changes.make(labels, {"action": "set-event", "event": "0", **form, **people}).events[0]
    assert told.count_surface == "hundert"
    assert told.countries == (("KZ", "Republik Kasachstan"), ("DE", "Land"))
    labels = changes.make(labels, {"action": "set-event", "event": "0", **form, "count": "120"})
    event = labels.events[0]
    assert (event.name, event.role, event.start, event.end) == (
        "Rohstofftag",
        "main",
        "2031-05",
        None,
    )
    assert (event.country, event.city, event.count, event.read) == ("KZ", None, 120, False)


def test_a_page_is_done_when_every_event_is_marked(changes: LabelChanges, labels: Labels) -> None:
    done = changes.make(labels, {"action": "done"})
    assert done.done
    assert not any(m.read for m in done.marks)
    assert not done.events[0].read
    unnamed = changes.make(
        labels, {"action": "strike", "mark": index(labels, "zweite Rohstofftag")}
    )
    with pytest.raises(LabelMistaken, match="Event 1 has no mark"):
        changes.make(unnamed, {"action": "done"})


def test_a_change_of_a_page_that_was_done_opens_it_again(
    changes: LabelChanges, labels: Labels
) -> None:
    done = changes.make(labels, {"action": "done"})
    assert not changes.make(done, {"action": "strike", "mark": "0"}).done
    assert not changes.make(done, {"action": "reopen"}).done


def test_a_page_without_an_event_has_no_roles(changes: LabelChanges, labels: Labels) -> None:
    labels = changes.make(labels, {"action": "no-event"})
    assert labels.done
    assert labels.events == ()
    assert marks(labels) == [
        ("none", "Verbands der Erzkunde", None),
        ("person", "Anna Weber", None),
        ("employer", "Erzkunde AG", None),
        ("none", "Kammer für Bergbau", None),
    ]


def test_striking_an_event_keeps_the_marks_of_the_others(
    changes: LabelChanges, labels: Labels
) -> None:
    words = {"words": "eine Abordnung", "as": "event", "event": "new"}
    labels = changes.make(labels, {"action": "mark", **words})
    labels = changes.make(labels, {"action": "strike-event", "event": "0"})
    assert [event.name for event in labels.events] == ["eine Abordnung"]
    assert [m for m in marks(labels) if m[0] == "event"] == [("event", "eine Abordnung", 0)]


def test_words_are_marked_across_ends_of_lines(changes: LabelChanges) -> None:
    page = Labels(id="0a", text="Der 5. Rohstoff\n\nDialog tagt.", lang="de")
    selected = {"words": " 5. Rohstoff  Dialog", "start": "3", "as": "event", "event": "new"}
    for start in ("3", "", "9" * 5_000):  # a number that long is none
        made = changes.make(page, {"action": "mark", **selected, "start": start})
        assert marks(made) == [("event", "5. Rohstoff\n\nDialog", 0)]
        assert made.events[0].name == "5. Rohstoff Dialog"


def test_an_event_does_not_end_before_it_begins(changes: LabelChanges, labels: Labels) -> None:
    form = {"action": "set-event", "event": "0", "name": "x", "role": "main"}
    with pytest.raises(LabelMistaken, match="before the first"):
        changes.make(labels, {**form, "start": "2031-05-04", "end": "2031-05-03"})
    for start, end in (("2031-05-04", "2031-05"), ("--12-30", "--01-02"), ("2031", "")):
        made = changes.make(labels, {**form, "start": start, "end": end}).events[0]
        assert (made.start, made.end) == (start, end or None)


def test_a_page_in_no_known_language_is_not_done(changes: LabelChanges, labels: Labels) -> None:
    for action in ("done", "no-event"):
        with pytest.raises(LabelMistaken, match="language"):
            changes.make(replace(labels, lang=None), {"action": action})
