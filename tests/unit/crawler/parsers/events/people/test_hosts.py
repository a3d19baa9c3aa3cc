"""Bodies that hold an event, by the people who chair or open it."""

from __future__ import annotations

import pytest

from crawler.parsers.events.people.employer_measures import NamedPerson
from crawler.parsers.events.people.event_people import EventPeople
from tests.event_texts import read_events

ADVISERS = "Mary Gross of the Tin Agency and John Clam of the Lead Agency"
PROGRAMME = (
    "Tin Forum, Hull, 4 May 2031\n\n"
    "08:30 Registration\n"
    "{welcome}\n"
    "10:00 Tin in tailings. Ann Brown, Zinc Institute\n"
    "11:00 Close\n\n"
    "With support from the Silver Foundation."
)


@pytest.mark.parametrize(
    ("sentence", "organisers"),
    [
        (f"The talks were co-chaired by {ADVISERS}.", {"Tin Agency", "Lead Agency"}),
        ("The talks were chaired by Mary Gross of the Tin Agency.", set()),
        (f"The talks were joined by {ADVISERS}.", set()),
    ],
)
def test_bodies_of_those_who_chair_a_session_together(sentence: str, organisers: set[str]) -> None:
    (event,) = read_events(f"The tin forum took place in Hull on 4 May 2031. {sentence}", "en")
    assert {"Tin Agency", "Lead Agency"} & set(event.organisers) == organisers


@pytest.mark.parametrize(
    ("welcome", "organises"),
    [
        ("09:00 Welcome: Mary Gross, director of the Tin Agency", True),
        ("09:00 Welcome\nMary Gross, director of the Tin Agency", True),
        ("09:00 Keynote: Mary Gross, director of the Tin Agency", False),
        ("09:00 Welcome: Mary Gross, mayor", False),
    ],
)
def test_the_body_that_opens_a_programme_holds_it(welcome: str, organises: bool) -> None:
    (event,) = read_events(PROGRAMME.format(welcome=welcome), "en")
    assert ("Tin Agency" in event.organisers) is organises
    assert "Silver Foundation" in event.organisers


def test_a_short_word_for_the_body_that_opens_a_programme() -> None:
    welcome = "09:00 Welcome: Mary Gross, director of the Agency"
    text = f"{PROGRAMME.format(welcome=welcome)} The Tin Agency is in Hull."
    (event,) = read_events(text, "en")
    assert set(event.organisers) == {"Tin Agency", "Silver Foundation"}


@pytest.mark.parametrize(
    ("text", "asked"),
    [("The talks were chaired by Mary Gross.", 1), ("The talks were joined by Mary Gross.", 0)],
)
def test_people_are_read_only_where_somebody_chairs_or_opens(
    text: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def find_employed(people: EventPeople) -> list[NamedPerson]:
        calls.append(people)
        return []

    monkeypatch.setattr(EventPeople, "find_employed", find_employed)
    read_events(f"The tin forum took place in Hull on 4 May 2031. {text}", "en")
    assert len(calls) == asked
