from __future__ import annotations

from typing import Any

import pytest

from benchmarks.events.labelled_titles import (
    count_titles,
    find_titles,
    labelled_titles,
    sentences_with_persons,
)
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.persons import EventPerson
from radar.training.labelled_pages import LabelledPage
from tests.event_texts import annotate

TEXT = (
    "Die Leiterin kam: Leiterin Petra Gros traf Jonas Berg, den Leiter, und Anna Wolf."
    " Im Haus ist der Leiter unbekannt."
)


def _labelled(marks: list[dict[str, Any]], **event: Any) -> LabelledPage:
    record = {"text": TEXT, "_persons": marks, "events": [event] if event else []}
    return LabelledPage(annotate(TEXT, "de", "2031-05-02"), (), record)


def test_the_titles_of_events_and_of_marks() -> None:
    labelled = _labelled(
        [{"surface": "Petra Gros", "role": "Leiterin"}, {"surface": "Anna Wolf"}],
        persons=[{"name": "Petra Gros", "role": None, "role_alt": ["Chefin"]}],
    )
    assert labelled_titles(labelled.record) == {
        "Petra Gros": ["Chefin", "Leiterin"],
        "Anna Wolf": [],
    }


@pytest.mark.parametrize(
    ("name", "title", "wanted"),
    [
        ("Petra Gros", "Leiterin", ("Leiterin", 18, "<")),
        ("Jonas Berg", "Leiter", ("Leiter", 59, ">")),
        ("Anna Wolf", "Leiter", ("Leiter", 59, "<")),
        ("Anna Wolf", "Leiterin", None),
        ("Anna Wolf", "unbekannt", None),
    ],
)
def test_the_place_of_a_title_is_the_nearest_one_in_the_sentence(
    name: str, title: str, wanted: tuple[str, int, str] | None
) -> None:
    labelled = _labelled([{"surface": name, "role": title}])
    (sentence,) = sentences_with_persons(labelled)
    found = [(TEXT[p.start : p.end], p.start, p.label) for p in find_titles(labelled, sentence)]
    assert found == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ([("Petra Gros", "Leiterin")], (1, 1, 1)),
        ([("Petra Gros", None), ("Gros", "Leiterin")], (1, 1, 1)),
        ([("Petra Gros", "Ministerin")], (0, 1, 1)),
        ([("Petra Gros", None)], (0, 0, 1)),
        ([("Anna Wolf", "Leiterin")], (0, 1, 0)),
        ([("Jonas Berg", "Leiter")], (0, 0, 0)),
    ],
)
def test_titles_are_counted_by_person(
    read: list[tuple[str, str | None]], wanted: tuple[int, int, int]
) -> None:
    titles = {"Petra Gros": ["Leiterin"], "Anna Wolf": []}

    def found(value: str) -> FoundValue[str]:
        return FoundValue(value, "text", 0, 1, "people.title")

    people = [EventPerson(found(name), role=found(role) if role else None) for name, role in read]
    counted = count_titles(titles, people)
    assert (counted.right, counted.found, counted.labelled) == wanted
