"""Whether values of events are labelled."""

from __future__ import annotations

from typing import Any

import pytest

from radar.training.value_answers import answers, paired, same, unlabelled_fields

FORUM: dict[str, Any] = {
    "name": "4. Zinnforum",
    "start": "2031-05-04",
    "place": {"city": "Jena", "city_alt": ["Weimar"]},
    "organisers": ["Zinnverband", "Landesamt für Bodenschätze (LfB)"],
    "organisers_alt": {"Zinnverband": ["ZVB"]},
    "organisers_optional": ["Stadt Jena", "Zinnverband e. V."],
    "persons": [
        {"name": "Petra Gros", "role": "Leiterin", "organisation": None, "organisation_alt": ["Z"]}
    ],
}
READ: dict[str, Any] = {
    "name": "Zinnforum",
    "start": "2031-05-04",
    "city": "Weimar",
    "persons": [{"name": "Petra Gros"}],
}


@pytest.mark.parametrize(
    ("wanted", "read", "alike"),
    [
        ("4. Zinnforum", "Zinnforum", True),
        ("zehnten Sitzung", "zehnte Sitzung", True),
        ("Zinnforum", "Kupfertagung", False),
        (4, 4, True),
        (None, "Jena", False),
    ],
)
def test_values_are_compared_by_their_words(wanted: object, read: object, alike: bool) -> None:
    assert same(wanted, read) is alike


OTHER = {"name": "Kupfertagung", "start": "2031-06-09", "city": "Bonn"}


def test_events_are_paired_by_name_and_first_day() -> None:
    assert list(paired([FORUM], [OTHER, READ])) == [(FORUM, READ), (None, OTHER)]
    day = {**OTHER, "start": "2031-05-04"}
    assert list(paired([FORUM], [day])) == [(FORUM, None), (None, day)]
    town = {**day, "city": "Jena"}
    assert list(paired([FORUM], [town])) == [(FORUM, town)]


def test_no_event_is_taken_for_another_one_of_its_day() -> None:
    talks = {"name": "Gespräche beim Zinnforum", "start": "2031-05-04", "place": {}}
    assert list(paired([talks, FORUM], [READ])) == [(talks, None), (FORUM, READ)]


def test_an_event_goes_to_the_label_that_it_is_most_like() -> None:
    missed = {"name": "Kupfertagung", "start": FORUM["start"]}
    assert list(paired([missed, FORUM], [READ])) == [(missed, None), (FORUM, READ)]


def test_a_person_may_be_read_by_initial_or_surname() -> None:
    for name, right in (("P. Gros", True), ("Gros", True), ("Paul Gros", False), ("P.", False)):
        read = {**READ, "persons": [{"name": name}]}
        mention = {"field": "events[0].persons[0].name", "value": name}
        assert list(answers([FORUM], [read], [mention])) == [right]


@pytest.mark.parametrize(
    ("field", "value", "answer"),
    [
        ("events[0].start", "2031-05-04", True),
        ("events[0].end", "2031-05-04", True),
        ("events[0].end", "2031-05-05", False),
        ("events[0].start", "2031-05", None),
        ("events[0].place.city", "Weimar", True),
        ("events[0].place.city", "Bonn", False),
        ("events[0].organisers", "Zinnverband", True),
        ("events[0].organisers", "ZVB", True),
        ("events[0].organisers", "Landesamt für Bodenschätze", True),
        ("events[0].organisers", "Stadt Jena", None),
        ("events[0].organisers", "Stadt Bonn", False),
        ("events[0].persons[0].role", "Leiterin", True),
        ("events[0].persons[0].organisation", "Z", None),
        ("events[0].status", "held", None),
        ("published", "2031-05-06", None),
    ],
)
def test_a_value_is_right_wrong_or_may_be_given(
    field: str, value: object, answer: bool | None
) -> None:
    mention = {"field": field, "value": value, "surface": str(value)}
    assert list(answers([FORUM], [READ], [mention])) == [answer]


def test_values_of_an_optional_event_are_neither_right_nor_wrong() -> None:
    mention = {"field": "events[0].start", "value": "2031-05-04"}
    assert list(answers([{**FORUM, "optional": True}], [READ], [mention])) == [None]


def test_a_day_whose_label_has_only_its_words_is_neither_right_nor_wrong() -> None:
    label = {**FORUM, "start": None, "date_surface": "kurz vor Ostern"}
    for field in ("start", "end"):
        mention = {"field": f"events[0].{field}", "value": "2031-04-10"}
        assert list(answers([label], [READ], [mention])) == [None]
        without = {**label, "date_surface": None}
        assert list(answers([without], [READ], [mention])) == [False]


def test_fields_that_none_of_many_events_of_a_hand_has_were_left_out() -> None:
    left_out = unlabelled_fields([FORUM] * 40)
    assert {"theme", "participants.count", "place.country"} <= left_out
    labelled = {"name", "start", "end", "place.city", "organisers", "persons.name", "persons.role"}
    assert not left_out & labelled
    themed = {**FORUM, "theme": "Zinn", "participants": {"count": 9}}
    assert not unlabelled_fields([*[FORUM] * 40, themed]) & {"theme", "participants.count"}
    assert unlabelled_fields([FORUM] * 5) == frozenset()
