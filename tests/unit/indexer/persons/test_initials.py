"""Names with an initial, and whom they stand for."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest

from indexer.persons.initials import (
    NamedInFull,
    Statement,
    has_initial,
    name_in_full,
    stands_for,
    statements_of,
    surnames,
)
from indexer.query.naming import Naming
from indexer.records.document import Contact, Event, Page, Person
from indexer.text.name_keys import phrase_key


def said(name: str, body: str = "", role: str = "") -> Statement:
    return Statement(name, frozenset({body} - {""}), frozenset({role} - {""}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("A. Weber", True),
        ("Dr. A. Weber", True),
        ("Weber A.", True),
        ("А. Б. Токобаев", True),
        ("Токобаев А. Б.", True),
        ("A. von Weber", True),
        ("von Weber A.", True),
        ("Müller-Weber A.", True),
        ("Dr. von Weber A. B.", True),
        ("Anna Weber", False),
        ("Anna B. Weber", False),
        ("Weber Anna B.", False),
        ("Вебер Анна Б.", False),
        ("Prof. Weber", False),
        ("Weber", False),
    ],
)
def test_an_initial_stands_for_a_first_name(name: str, expected: bool) -> None:
    assert has_initial(name) is expected


@pytest.mark.parametrize(
    ("name", "full", "expected"),
    [
        ("A. Weber", "Anna Weber", True),
        ("A. Weber", "Weber Anna", True),
        ("A. Weber", "Berta Weber", False),
        ("A. Weber", "Anna Huber", False),
        ("A. Weber", "Anna von Weber", True),
        ("A. von Weber", "Anna von Weber", True),
        ("von Weber A.", "Anna von Weber", True),
        ("von Weber A.", "Berta von Weber", False),
        ("A. Weber", "A. Weber", False),
        ("A. Weber", "Weber", False),
        ("M. Weber", "Anna Maria Weber", False),
        ("А. Токобаев", "Аскар Эсенович Токобаев", True),
        ("Э. Токобаев", "Аскар Эсенович Токобаев", False),
        ("A. Tokobajew", "Аскар Токобаев", True),
        ("Ш. Токобаев", "Шамиль Токобаев", True),
        ("С. Токобаев", "Шамиль Токобаев", False),
    ],
)
def test_surname_and_beginning_of_the_first_name_fit(name: str, full: str, expected: bool) -> None:
    assert stands_for(name, full) is expected
    if expected:
        assert surnames(name) <= surnames(full)


def test_role_or_body_have_to_agree() -> None:
    anna = said("Anna Weber", "bgr", "geologist")
    assert name_in_full(said("A. Weber", "bgr"), {anna: 1}) == "Anna Weber"
    assert name_in_full(said("A. Weber", role="geologist"), {anna: 1}) == "Anna Weber"
    assert name_in_full(said("A. Weber", "bgr", "minister"), {anna: 1}) == "Anna Weber"
    assert name_in_full(said("A. Weber", "dera", "geologist"), {anna: 1}) is None
    assert name_in_full(said("A. Weber", role="minister"), {anna: 1}) is None
    assert name_in_full(said("A. Weber"), {said("Anna Weber"): 1}) is None


def test_statements_are_looked_up_by_body_and_role() -> None:
    anna, other = said("Anna Weber", "bgr", "geologist"), said("Anna Weber", "dera")
    full = NamedInFull({anna: 1, other: 2})
    assert full.beside(said("A. Weber", "bgr", "geologist")) == {anna: 1}
    assert full.beside(said("A. Weber", "dera", "geologist")) == {other: 2, anna: 1}
    assert full.beside(said("A. Weber", "geologist", "bgr")) == {}


def test_only_one_person_may_fit() -> None:
    others = Counter(
        [said("Anna Weber", "bgr"), said("Andreas Weber", "dera"), said("Arno Weber", "dera")]
    )
    assert name_in_full(said("A. Weber", "bgr"), others) == "Anna Weber"
    assert name_in_full(said("A. Weber", "dera"), others) is None


def test_the_name_is_the_most_frequent_one_in_any_order() -> None:
    names = [said(n, "bgr") for n in ("Анна Вебер", "Anna Weber", "Weber Anna", "Anna Weber")]
    for order in itertools.permutations(names):
        assert name_in_full(said("A. Weber", "bgr"), Counter(order)) == "Anna Weber"


def test_a_page_says_something_of_persons_at_its_events_and_of_contacts() -> None:
    events = (
        Event("Forum", persons=(Person("A. Weber", organisation="Palata"), Person("Ira Li"))),
        Event("Tag", persons=(Person("А. Веберу", "Leiterin", None, "А. Вебер"),)),
    )
    page = Page(None, events=events, contacts=(Contact("A. Weber", "Leiterinnen"), Contact()))
    assert statements_of(page, Naming()) == [
        said("A. Weber", phrase_key("Palata"), phrase_key("Leiter")),
        said("А. Вебер", role=phrase_key("Leiter")),
    ]
