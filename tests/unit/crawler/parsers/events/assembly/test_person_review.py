"""The second look at the persons of events whose values have been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from crawler.parsers.events.assembly.assembler import Assembler
from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.assembly.person_review import CONTACT, GIVEN, STAGE, review_persons
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from indexer.records.document import Mention
from tests.event_texts import event_reader, text_page

SHORT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the Chamber of"
    " Mines. It was opened by Petra Gros, president of the Chamber of Mines."
)
TEXT = (
    f"{SHORT} The Zinc Conference will take place in Vienna on 7 June 2032. Tin is dear."
    " Jonas Bell, director of the Tin Board, will speak there. Lead is cheap."
)
NUMBER = "+43 1 555 20 30"
"""Of a contact by the name of Jonas Bell, where a text has it."""
FORUM, CONFERENCE = "5th Mining Forum", "Zinc Conference"


def _of_contact(text: str, kind: str, value: str) -> Mention:
    start = text.index(value)
    return Mention(f"contacts[0].{kind}", "text", start, start + len(value), value, value)


def _read(
    text: str = TEXT, authors: tuple[str, ...] = (), lang: str = "en"
) -> tuple[Assembler, Every]:
    reader = event_reader()
    draft = text_page(text, lang, "2031-06-01", authors=authors)
    if NUMBER in text:
        contact = (_of_contact(text, "name", "Jonas Bell"), _of_contact(text, "phone", NUMBER))
        draft = replace(draft, mentions=(*draft.mentions, *contact))
    page = reader.annotate(draft)
    candidates = reader.candidates(page)
    events = reader.find_likely(page, candidates).events
    assembler = reader.assembler(page, events, candidates)
    return assembler, assembler.read(events, candidates)


def _persons(every: Every) -> Mapping[str, list[str]]:
    return {values.name.value: [p.name.value for p in values.people] for _, values in every}


def _review(
    weights: Mapping[str, float] | None, threshold: float = 0.0, text: str = TEXT
) -> Mapping[str, list[str]]:
    """The persons of each event by a model of such weights."""
    assembler, every = _read(text)
    model = JointModel(LinearModel(weights or {}, threshold))
    models: RoleModels = {STAGE: {"of event": model}} if weights else {}
    page, people = assembler._page, assembler._people
    return _persons(review_persons(page, every, people, models, people.complete))


GIVEN_PERSONS = {FORUM: ["Petra Gros"], CONFERENCE: ["Jonas Bell"]}


def test_without_a_model_persons_stay_as_they_are() -> None:
    assert _review(None) == _persons(_read()[1]) == GIVEN_PERSONS


def test_who_was_given_goes_only_where_little_speaks_for_it() -> None:
    assert _review({"bias": -0.5}) == GIVEN_PERSONS
    assert _review({"bias": -2.0}) == {FORUM: [], CONFERENCE: []}
    assert _review({"bias": -2.0, "employer.organises": 3.0})[FORUM] == ["Petra Gros"]


def test_who_was_not_given_is_added_from_the_threshold_on() -> None:
    weights = {"bias": 1.0, GIVEN: 1.0}
    both = {FORUM: ["Petra Gros", "Jonas Bell"], CONFERENCE: ["Jonas Bell", "Petra Gros"]}
    assert _review(weights, 0.5) == both
    assert _review(weights, 1.5) == GIVEN_PERSONS


def test_of_short_texts_all_stay() -> None:
    assert _review({"bias": -2.0}, text=SHORT) == {FORUM: ["Petra Gros"]}


def test_an_added_person_that_is_called_otherwise_is_one_with_who_was_given() -> None:
    text = (
        "5-й Горный форум прошёл в Берлине 4 мая 2031 года. Форум открыл президент Горной палаты"
        " Иван Иванович Петров. Цинк дорожает. Иван Иванович рассказал о планах. Олово дешевеет."
        " Конференция по цинку пройдёт в Вене 7 июня 2032 года. Свинец дорожает."
    )
    assembler, every = _read(text, lang="ru")
    asked = {one.named.person.name.value for one in assembler.measure_persons(every)}
    assert asked == {"Иван Иванович Петров", "Иван Иванович"}
    assembler._models = {STAGE: {"of event": JointModel(LinearModel({"bias": 1.0}, 0.0))}}
    (_, forum), _ = assembler.review_persons(every)
    assert [person.name.value for person in forum.people] == ["Иван Иванович Петров"]


def test_an_added_person_has_its_title_and_employer() -> None:
    assembler, every = _read()
    assembler._models = {STAGE: {"of event": JointModel(LinearModel({"bias": 1.0}, 0.0))}}
    (_, forum), _ = assembler.review_persons(every)
    added = forum.people[1].to_record()
    assert (added.name, added.role, added.organisation) == ("Jonas Bell", "director", "Tin Board")


def test_measures_tell_of_the_first_choice_and_of_the_employer() -> None:
    assembler, every = _read()
    asked = {
        (one.named.person.name.value, values.name.value): one.measures
        for one in assembler.measure_persons(every)
        for event, values in every
        if event is one.event
    }
    gros, bell = asked["Petra Gros", FORUM], asked["Petra Gros", CONFERENCE]
    assert gros[GIVEN] == gros["given.here"] == gros["employer.organises"] == 1.0
    assert GIVEN not in bell
    assert bell["given.elsewhere"] == bell["employer.elsewhere"] == 1.0
    assert gros["odds.lead"] > 0 > bell["odds.lead"]


@pytest.mark.parametrize("authors", [(), ("Jonas Bell",)])
def test_an_author_is_not_asked_about(authors: tuple[str, ...]) -> None:
    assembler, every = _read(authors=authors)
    asked = {one.named.person.name.value for one in assembler.measure_persons(every)}
    assert asked == {"Petra Gros", "Jonas Bell"} - set(authors)


ABOVE_A_NUMBER = (
    f"{SHORT} The Zinc Conference will take place in Vienna on 7 June 2032. Tin is dear. Lead is"
    f" cheap.\nJonas Bell, director of the Tin Board, will speak there.\n\n{NUMBER}"
)


def test_who_was_read_as_a_contact_is_asked_about_by_a_model_that_has_learnt_of_contacts() -> None:
    added = GIVEN_PERSONS | {FORUM: ["Petra Gros", "Jonas Bell"]}
    unknown = _review({"bias": 1.0}, text=ABOVE_A_NUMBER)
    assert "Jonas Bell" not in {name for names in unknown.values() for name in names}
    assert _review({"bias": 1.0, CONTACT: 0.5}, text=ABOVE_A_NUMBER)[FORUM] == added[FORUM]
    assert _review({"bias": 1.0, CONTACT: -2.0}, text=ABOVE_A_NUMBER) == unknown


def _measures(text: str) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """The measures of each person at each event."""
    assembler, every = _read(text)
    names = {event: values.name.value for event, values in every}
    asked = assembler.measure_persons(every)
    return {(one.named.person.name.value, names[one.event]): one.measures for one in asked}


def test_measures_tell_how_far_the_number_of_a_contact_stands() -> None:
    above = _measures(ABOVE_A_NUMBER)["Jonas Bell", CONFERENCE]
    beside = ABOVE_A_NUMBER.replace(" will speak there.\n\n", " ")
    beside_it = _measures(beside)["Jonas Bell", CONFERENCE]
    assert above[CONTACT] == above["contact.behind"] == beside_it["contact.line"] == 1.0
    assert "contact.line" not in above
    assert above["contact.near"] < beside_it["contact.near"]
    assert CONTACT not in _measures(TEXT)["Jonas Bell", CONFERENCE]


def test_measures_tell_of_lines_days_and_towns() -> None:
    lines = TEXT.replace(" Tin is dear. ", "\n\nTin is dear.\n\nIn Vienna, on 7 June 2032, ")
    asked = _measures(lines)
    bell, elsewhere = asked["Jonas Bell", CONFERENCE], asked["Jonas Bell", FORUM]
    assert (bell["far.before.lines"], elsewhere["far.before.lines"]) == (2 / 8, 2 / 8)
    assert bell["far.before"] < elsewhere["far.before"]
    assert bell["day.same"] == bell["line.day.same"] == bell["line.town.same"] == 1.0
    assert elsewhere["day.other"] == elsewhere["line.day.other"] == 1.0
    assert elsewhere["line.town.other"] == elsewhere["far.others"] == 1.0
    assert "far.others" not in bell
