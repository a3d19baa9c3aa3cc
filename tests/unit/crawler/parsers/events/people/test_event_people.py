from __future__ import annotations

from collections.abc import Mapping

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.people.body_roles import BodyRoles
from crawler.parsers.events.people.event_people import EventPeople
from crawler.parsers.events.people.person_measures import find_persons
from crawler.parsers.events.people.persons import EventPerson, PeopleReader
from tests.event_texts import annotate, event_reader, read_events, text_page

NEWS = "Auf der Zinntagung am 5. Mai 2031 in Jena sprach Petra Gros."


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nAnsprechpartner: Anna Wolf, Tel.: 0123 456",
        " Foto: Anna Wolf",
        "\n\nAnna Wolf\n\nAnsprechpartner\nPressestelle",
    ],
)
def test_contacts_photographers_and_signatures_take_no_part(behind: str) -> None:
    (event,) = read_events(NEWS + behind, "de")
    assert [p.name for p in event.persons] == ["Petra Gros"]


def test_an_author_takes_no_part() -> None:
    text = NEWS + " Die Moderation hatte Anna Wolf."
    page = text_page(text, "de", authors=("Anna Wolf",))
    persons = [p.name for e in event_reader().find(page)[0] for p in e.persons]
    assert [p.name for e in read_events(text, "de") for p in e.persons] == [*persons, "Anna Wolf"]
    assert persons == ["Petra Gros"]


@pytest.mark.parametrize(
    ("behind", "second"),
    [
        ("", "Petra Gros"),
        (" Jonas Gros came as well.", "Gros"),
    ],
)
def test_a_surname_is_told_in_full_where_one_person_of_the_page_has_it(
    behind: str, second: str
) -> None:
    text = (
        f"Petra Gros spoke at the tin conference in Oslo on 5 May 2031.{behind}\n\n"
        "Ms Gros will also open the Copper Forum in Bonn on 9 June 2031."
    )
    event = read_events(text, "en", "2031-05-06")[1]
    assert (event.name, [p.name for p in event.persons]) == ("Copper Forum", [second])


SEVERAL = (
    "Auf der Zinntagung am 5. Mai 2031 in Jena sprach Petra Gros. Sie dauerte zwei Tage.\n\n"
    "Danach fand am 9. Juni 2031 in Bonn die Konferenz mit Anna Wolf statt. Karin Berger kam."
)


def _read(odds_of_second: float, odds_of_first: float = 0.5) -> list[list[str]]:
    """The persons of both events; the model says so much for the last one at each."""
    page = annotate(SEVERAL, "de", "2031-05-02")
    reader = event_reader()
    events = [EventMentions([c]) for c in reader.candidates(page)]
    assert len(events) == 2
    events[1].second = True
    last = find_persons(page)[-1].mention
    odds: Mapping[tuple[str, int], Mapping[EventMentions, float]]
    odds = {(last.part, last.start): {events[0]: odds_of_first, events[1]: odds_of_second}}
    people = EventPeople(page, PeopleReader(page.vocabulary), events, BodyRoles(), odds)
    running = EventSentences(page, events).running()
    return [[person.name.value for person in people.read(event, running)] for event in events]


@pytest.mark.parametrize(
    ("odds_of_second", "of_first", "of_second"),
    [
        (1.0, ["Petra Gros", "Karin Berger"], ["Anna Wolf"]),
        (2.0, ["Petra Gros"], ["Anna Wolf", "Karin Berger"]),
    ],
)
def test_a_person_moves_to_an_event_that_the_model_is_much_surer_of(
    odds_of_second: float, of_first: list[str], of_second: list[str]
) -> None:
    assert _read(odds_of_second) == [of_first, of_second]


@pytest.mark.parametrize(("odds", "named"), [(-0.9, ["Karin Berger"]), (-1.1, [])])
def test_a_person_that_the_model_finds_unlikely_at_all_events_is_left_out(
    odds: float, named: list[str]
) -> None:
    assert _read(odds - 1, odds) == [["Petra Gros", *named], ["Anna Wolf"]]


def test_a_job_title_holds_for_the_further_event_that_names_the_person_alone() -> None:
    text = (
        "Petra Gros, director of the Tin Institute, spoke at the tin conference in Oslo on 5 May"
        " 2031.\n\nThe Copper Forum on 9 June 2031 in Bonn will be opened by Petra Gros."
    )
    first, second = (event.persons for event in read_events(text, "en"))
    assert [(p.name, p.role) for p in second] == [("Petra Gros", "director")]
    assert first == second


def test_each_sentence_is_read_for_persons_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(
        self: PeopleReader, page: AnnotatedPage, sentence: AnnotatedSentence
    ) -> list[EventPerson]:
        read.append(sentence.index)
        return []

    monkeypatch.setattr(PeopleReader, "read", counted)
    _read(1.0)
    assert len(read) == len(set(read)) > 1
