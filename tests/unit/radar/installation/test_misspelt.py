"""Which words of watches are told to be misspelt."""

from __future__ import annotations

import pytest

from indexer.alerts.watches import Watch
from radar.installation.misspelt import MANY, misspelt_words
from search_api.suggestions.vocabulary import Vocabulary
from tests.unit.search_api.suggestions.test_empty_results import Pages


@pytest.mark.parametrize(
    ("query", "pages", "told"),
    [
        ("antimny", MANY, [("w", "antimny", "antimony")]),
        ("copper OR (tin AND antimny)", MANY, [("w", "antimny", "antimony")]),
        ("antimny", MANY - 1, []),
        ("copper -antimny", MANY, []),
        ('"antimny prices" organisation:antimny antimn*', MANY, []),
        ("antimony", 0, []),
        ("zirconium", MANY, []),
    ],
)
def test_a_word_that_no_page_has_beside_one_that_many_have(
    query: str, pages: int, told: list[tuple[str, str, str]]
) -> None:
    store = Pages(antimony=pages, copper=1, tin=1)
    watch = Watch("w", "W", query, ("feed",))
    assert list(misspelt_words([watch], store, Vocabulary(store, None))) == told


def test_each_word_is_looked_for_once() -> None:
    store = Pages(antimony=MANY)
    watches = [Watch(str(n), "W", "antimny", ("feed",)) for n in range(20)]
    assert len(list(misspelt_words(watches, store, Vocabulary(store, None)))) == len(watches)
    assert [request.query for request in store.requests] == ["antimny", "antimony"]
