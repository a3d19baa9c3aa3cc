"""The second look at the persons of events whose values have been read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from crawler.parsers.events.assembly.assembler import Assembler
from crawler.parsers.events.assembly.event_review import Every
from crawler.parsers.events.assembly.person_review import GIVEN, STAGE, review_persons
from crawler.parsers.events.trained.joint_model import JointModel, RoleModels
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import event_reader, text_page

SHORT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. It was organised by the Chamber of"
    " Mines. It was opened by Petra Gros, president of the Chamber of Mines."
)
TEXT = (
    f"{SHORT} The Zinc Conference will take place in Vienna on 7 June 2032. Tin is dear."
    " Jonas Bell, director of the Tin Board, will speak there. Lead is cheap."
)
FORUM, CONFERENCE = "5th Mining Forum", "Zinc Conference"


def _read(
    text: str = TEXT, authors: tuple[str, ...] = (), lang: str = "en"
) -> tuple[Assembler, Every]:
    reader = event_reader()
    page = reader.annotate(text_page(text, lang, "2031-06-01", authors=authors))
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
