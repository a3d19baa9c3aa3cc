"""Whether values of events are labelled."""

from __future__ import annotations

from typing import Any

import pytest

from radar.training.value_answers import answers, paired, same

FORUM: dict[str, Any] = {
    "name": "4. Zinnforum",
    "start": "2031-05-04",
    "place": {"city": "Jena", "city_alt": ["Weimar"]},
    "organisers": ["Zinnverband"],
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


def test_events_are_paired_by_name_and_first_day() -> None:
    other = {"name": "Kupfertagung", "start": "2031-06-09"}
    assert list(paired([FORUM], [other, READ])) == [(FORUM, READ), (None, other)]


@pytest.mark.parametrize(
    ("field", "value", "answer"),
    [
        ("events[0].start", "2031-05-04", True),
        ("events[0].place.city", "Weimar", True),
        ("events[0].place.city", "Bonn", False),
        ("events[0].organisers", "Zinnverband", True),
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
