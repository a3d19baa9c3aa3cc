from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from indexer.stores.base import FacetValue
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

    persons: Sequence[FacetValue] = NAMES

    def values(self, field: str, request: object = None) -> tuple[FacetValue, ...]:
        return tuple(self.persons) if field == "person" else ()


def asked(q: str) -> NameParameters:
    return NameParameters.model_validate({"q": q})


def names(found: directory.Directory, q: str) -> list[str]:
    return [item.name for item in found.stretch(KIND["person"], asked(q)).items]


def test_names_are_made_ready_once_while_they_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def make(given: Iterable[Iterable[str]]) -> Letters:
        made.append(1)
        return Letters(given)

    monkeypatch.setattr(directory, "Letters", make)
    store = Names()
    known = directory.Directory(store, None)
    assert [names(known, q) for q in ("tokob", "anna", "weber anna", "x")] == [
        ["Askar Tokobajew", "Anna Tokobajewa"],
        ["Anna Weber", "Anna Tokobajewa"],
        ["Anna Weber"],
        [],
    ]
    assert made == [1]
    store.persons = NAMES[1:]
    assert names(known, "anna") == ["Anna Tokobajewa"]
    assert made == [1, 1]


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
