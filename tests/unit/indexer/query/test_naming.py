from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query.concepts import Concepts
from indexer.query.fields import MERGED_FIELDS
from indexer.query.naming import NamesOfPage, Naming, NamingInFull, forms_of, ranked_forms
from indexer.records.reference import load_reference
from indexer.text.name_keys import person_key, phrase_key

NAMING = Naming(Concepts(load_reference()))


@pytest.mark.parametrize(
    ("field", "names", "value"),
    [
        (
            "strategy",
            ("национальная кластерная стратегия", "национальной кластерной стратегии"),
            "kz-cluster",
        ),
        ("organisation", ("BGR", "Bundesanstalt für Geowissenschaften und Rohstoffe"), "bgr"),
        ("series", ("kz-2050", "Стратегия «Казахстан-2050»"), "kz-2050"),
        ("person", ("Аскар Токобаев", "Askar Tokobajew"), "askar tokobav"),
    ],
)
def test_names_in_all_languages_are_one_value(
    field: str, names: tuple[str, ...], value: str
) -> None:
    assert {NAMING.value(field, name) for name in names} == {value}


@given(
    st.sampled_from(MERGED_FIELDS), st.text(alphabet="BGR Стратегия Kazakhstan-2050.", max_size=25)
)
def test_the_value_of_a_value_is_itself(field: str, name: str) -> None:
    value = NAMING.value(field, name)
    assert NAMING.value(field, value) == value


def test_without_tables_names_are_merged_by_their_keys() -> None:
    assert Naming().value("organisation", "BGR") == Naming().value("organisation", "Bgr")
    assert Naming().labels("organisation") == {}


def test_the_order_in_which_names_are_read_changes_nothing() -> None:
    names = ("Instituts für Geologie", "BGR", "Institut für Geologie", "Institut für Geologie")
    read = set()
    for order in itertools.permutations(names):
        page = NamesOfPage(NAMING)
        page.add("organisation", order)
        read.add((tuple(page.values("organisation")), tuple(page.forms()["organisation"])))
    ((values, forms),) = read
    assert values == ("bgr", "institut fur geologi")
    assert forms == ("institut fur geologi\tInstitut für Geologie",)


def test_empty_names_are_no_names() -> None:
    page = NamesOfPage(NAMING)
    page.add("person", (None, "", "  "))
    assert page.values("person") == []


def test_the_form_of_most_pages_is_shown_then_the_shortest() -> None:
    assert ranked_forms({"Weber, Anna": 1, "Anna Weber": 1}) == ("Anna Weber", "Weber, Anna")
    assert ranked_forms({"Weber, Anna": 2, "Anna Weber": 1}) == ("Weber, Anna", "Anna Weber")
    counted = [("a\tA b", 1), ("a\tA", 2), ("c\tC", 1)]
    assert forms_of(counted) == {"a": ("A", "A b"), "c": ("C",)}


def test_who_is_named_by_an_initial_counts_and_is_shown_in_full() -> None:
    naming = NamingInFull(Naming(), {person_key("A. Weber"): "Anna Weber"})
    names = NamesOfPage(naming)
    names.add("person", ["Dr. A. Weber", "A. Huber"])
    names.add("organisation", ["A. Weber"])
    key, other = person_key("Anna Weber"), person_key("A. Huber")
    assert names.values("person") == sorted([key, other])
    assert f"{key}\tAnna Weber" in names.forms()["person"]
    assert names.forms()["organisation"] == [f"{phrase_key('A. Weber')}\tA. Weber"]
