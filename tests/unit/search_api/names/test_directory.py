from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from indexer.stores.base import FacetValue
from indexer.stores.every_value import EveryValue
from search_api.name_kinds import KIND
from search_api.names import directory
from search_api.names.letters import Letters
from search_api.names.parameters import NameParameters
from tests.unit.search_api.suggestions.test_vocabulary import Values

NAMES = tuple(
    FacetValue(name.lower(), name, 9 - number, (name,))
    for number, name in enumerate(("Anna Weber", "Askar Tokobajew", "Anna Tokobajewa"))
)


class Names(Values):
    """A store that has some persons."""

    persons: Sequence[FacetValue] = EveryValue(NAMES)

    def values(self, field: str, request: object = None) -> Sequence[FacetValue]:
        return self.persons if field == "person" else ()


class OtherValuesEachTime(Names):
    """A store that keeps none, as that over Elasticsearch."""

    def values(self, field: str, request: object = None) -> Sequence[FacetValue]:
        return tuple(NAMES[:])


def asked(q: str) -> NameParameters:
    return NameParameters.model_validate({"q": q})


def names(found: directory.Directory, q: str) -> list[str]:
    return [item.name for item in found.stretch(KIND["person"], asked(q)).items]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each time that the letters of names are made ready."""
    times: list[int] = []

    def make(given: Iterable[Iterable[str]]) -> Letters:
        times.append(1)
        return Letters(given)

    monkeypatch.setattr(directory, "Letters", make)
    return times


def test_names_are_made_ready_once_while_they_stay(made: list[int]) -> None:
    store = Names()
    known = directory.Directory(store, None)
    assert [names(known, q) for q in ("tokob", "anna", "weber anna", "x")] == [
        ["Askar Tokobajew", "Anna Tokobajewa"],
        ["Anna Weber", "Anna Tokobajewa"],
        ["Anna Weber"],
        [],
    ]
    assert made == [1]
    store.persons = EveryValue(NAMES[1:])
    assert names(known, "anna") == ["Anna Tokobajewa"]
    assert made == [1, 1]


def test_what_a_store_does_not_keep_is_made_ready_once_for_all_words_that_are_tried(
    made: list[int],
) -> None:
    tried = [*(f"w{letter}xq" for letter in "abcde"), "weber"]
    known = directory.Directory(OtherValuesEachTime(), None, lambda word: tried)
    (other,) = known.instead(KIND["person"], asked("Anna Wbeer"))
    assert (other.parameters.q, other.total) == ("Anna weber", 1)
    assert made == [1]


def test_words_that_the_reader_calls_the_same_are_tried_once() -> None:
    def called(name: str, *fields: str) -> str:
        return "Weber" if name in ("weber", "veber") else name

    known = directory.Directory(Names(), None, lambda word: ["weber", "veber"], called)
    (other,) = known.instead(KIND["person"], asked("Wbeer"))
    assert other.parameters.q == "Weber"


def test_no_more_words_are_tried_than_some() -> None:
    tried = [f"w{letter}xq" for letter in "abcdefghijklm"] + ["weber"]
    known = directory.Directory(Names(), None, lambda word: tried)
    assert known.instead(KIND["person"], asked("Wbeer")) == ()
    known = directory.Directory(Names(), None, lambda word: tried[-2:])
    (other,) = known.instead(KIND["person"], asked("Anna Wbeer"))
    assert other.to_json("/api/people") == {
        "query": "Anna weber",
        "reason": "meant",
        "total": 1,
        "address": "/api/people?q=Anna+weber",
    }
