from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from indexer.records.document import DocumentId
from indexer.records.reference import load_reference
from indexer.stores.base import FacetValue, SearchRequest, SearchResult
from search_api.suggestions.vocabulary import AGAIN, Vocabulary

VALUES = {
    "commodity": (FacetValue("lithium", "lithium", 5), FacetValue("antimony", "antimony", 1)),
    "person": (
        FacetValue("askar tokobav", "Askar Tokobajew", 3, ("Askar Tokobajew", "Аскар Токобаев")),
        FacetValue("ernst shuls", "Ernst Schulz", 1, ("Ernst Schulz",)),
        FacetValue("lit anna", "Anna Lit", 9, ("Anna Lit",)),
    ),
    "organisation": (FacetValue("bgr", "Federal Institute for Geosciences", 2),),
}


class Values:
    """A store that has values and finds nothing."""

    asked = 0

    def values(self, field: str, request: object = None) -> Sequence[FacetValue]:
        self.asked += 1
        return VALUES.get(field, ())

    def found_among(self, queries: Sequence[str], documents: object) -> list[tuple[()]]:
        return [() for _ in queries]

    def nearest(self, text: str, request: SearchRequest) -> dict[DocumentId, float]:
        return {}

    def hits_of(self, request: SearchRequest, documents: object) -> tuple[()]:
        return ()

    def days(self, field: str, values: Sequence[str]) -> dict[str, dict[int, int]]:
        return {}

    def search(self, request: SearchRequest) -> SearchResult:
        return SearchResult(0, ())


VOCABULARY = Vocabulary(Values(), load_reference())


@pytest.mark.parametrize(
    ("prefix", "labels"),
    [
        ("tok", ["Askar Tokobajew"]),
        ("ТОК", ["Askar Tokobajew"]),
        ("askar t", ["Askar Tokobajew"]),
        ("лит", ["Anna Lit", "lithium"]),
        ("lit", ["Anna Lit", "lithium"]),
        ("bundesanstalt", ["Federal Institute for Geosciences"]),
        ("sc", ["Ernst Schulz"]),
        ("qpqp", []),
        ("", []),
        ("…", []),
    ],
)
def test_names_begin_with_the_letters_in_any_script_and_language(
    prefix: str, labels: list[str]
) -> None:
    assert [s.label for s in VOCABULARY.complete(prefix, 10)] == labels


def test_no_more_are_told_than_are_wanted() -> None:
    assert [s.value for s in VOCABULARY.complete("lit", 1)] == ["lit anna"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("antimnoy", "antimony"),
        ("литй", "литии"),
        ("lithum", "lithium"),
        ("lihium", "lithium"),
        ("Tokobaev", "tokobajew"),
    ],
)
def test_words_with_a_slip_are_found(word: str, meant: str) -> None:
    assert meant in [w.replace("й", "и") for w in VOCABULARY.similar(word)]


@pytest.mark.parametrize("word", ["lit", "lithium", "zzzzzz", "a"])
def test_words_that_are_right_or_unlike_any_have_none(word: str) -> None:
    assert word not in VOCABULARY.similar(word)
    assert word != "zzzzzz" or VOCABULARY.similar(word) == []


@pytest.mark.parametrize(
    ("word", "known"),
    [("Lithium", True), ("Niger", True), ("Antimonny", False), ("Lithum", False)],
)
def test_a_word_of_a_name_is_known_by_its_letters(word: str, known: bool) -> None:
    """Antimonny sounds like Antimony, and is a slip."""
    assert VOCABULARY.knows(word) is known


def test_a_concept_is_offered_in_the_script_that_was_typed() -> None:
    names = (FacetValue("x", "Lithium", 1, ("Lithium", "Литий")),)
    store = Values()
    store.values = lambda field, request=None: names if field == "series" else ()  # type: ignore[method-assign]
    assert Vocabulary(store, None).similar("lithim") == ["lithium"]
    assert Vocabulary(store, None).similar("литйи") == ["литий"]


@pytest.mark.parametrize(("typed", "meant"), [("антмон", "антимон"), ("antmon", "antimon")])
def test_words_that_sound_the_same_in_two_scripts_are_both_known(typed: str, meant: str) -> None:
    names = (FacetValue("x", "Antimon", 1, ("Antimon", "Антимон")),)
    store = Values()
    store.values = lambda field, request=None: names if field == "series" else ()  # type: ignore[method-assign]
    assert Vocabulary(store, None).similar(typed) == [meant]


def test_a_concept_is_offered_by_one_of_its_words() -> None:
    """Antimony is antimonium, antimon and антимон, too."""
    names = (FacetValue("x", "Antimona", 1, ("Antimona", "Antimone", "Antimono")),)
    store = Values()
    store.values = lambda field, request=None: names if field == "series" else ()  # type: ignore[method-assign]
    assert Vocabulary(store, None).similar("antimonx") == ["antimona"]


def test_names_are_read_again_after_a_while() -> None:
    store, now = Values(), 0.0
    vocabulary = Vocabulary(store, None, lambda: now)
    vocabulary.complete("lit", 5)
    asked = store.asked
    vocabulary.complete("lit", 5)
    assert store.asked == asked
    now = AGAIN + 1
    vocabulary.complete("lit", 5)
    assert store.asked == 2 * asked


def test_names_that_have_changed_are_told() -> None:
    store, now = Values(), 0.0
    names = [FacetValue("x", "Zinnwald", 1)]
    store.values = lambda field, request=None: tuple(names) if field == "place" else ()  # type: ignore[method-assign]
    vocabulary = Vocabulary(store, None, lambda: now)
    assert [s.count for s in vocabulary.complete("zinn", 5)] == [1]
    names[:] = FacetValue("x", "Zinnwald", 2), FacetValue("y", "Bleiberg", 1)
    assert [s.count for s in vocabulary.complete("zinn", 5)] == [1]
    now = AGAIN + 1
    assert [s.count for s in vocabulary.complete("zinn", 5)] == [2]
    assert vocabulary.similar("bleibreg") == ["bleiberg"]


def test_while_names_are_read_again_others_have_those_from_before() -> None:
    reading, go_on = threading.Event(), threading.Event()

    class Slow(Values):
        def values(self, field: str, request: object = None) -> Sequence[FacetValue]:
            if now > AGAIN:
                reading.set()
                assert go_on.wait(10)
            return super().values(field, request)

    now = 0.0
    vocabulary = Vocabulary(Slow(), None, lambda: now)
    known = vocabulary.complete("lit", 5)
    now = AGAIN + 1
    again = threading.Thread(target=vocabulary.complete, args=("lit", 5))
    again.start()
    assert reading.wait(10)
    assert vocabulary.complete("lit", 5) == known
    go_on.set()
    again.join()


def test_a_name_of_signs_that_have_no_sound_hinders_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    silent = FacetValue("ьььь", "Ьььь", 1)
    monkeypatch.setitem(VALUES, "person", (*VALUES["person"], silent))
    vocabulary = Vocabulary(Values(), None)
    assert vocabulary.similar("ьььь") == []
    assert vocabulary.similar("lihium") == ["lithium"]
