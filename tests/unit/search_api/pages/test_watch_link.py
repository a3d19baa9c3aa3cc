"""A watch of a search finds what the search finds."""

from __future__ import annotations

import pytest

from indexer.query import parse_query
from search_api.pages.watch_link import new_watch_address, watch_query
from search_api.parameters import SearchParameters


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({"q": "lithium OR tin"}, "lithium OR tin"),
        ({"q": "lithium OR tin", "lang": ["de"]}, "(lithium OR tin) AND lang:de"),
        (
            {"country": ["KZ", "DE"], "strategy": ["Erze 2040"]},
            '(country:KZ OR country:DE) AND strategy:"Erze 2040"',
        ),
        ({"organisation": ["ОАО «Рудник»"]}, 'organisation:"ОАО  Рудник"'),
        ({"from": "2020", "q": "tin"}, "tin"),
        (
            {"since": "2026-03-02T07:30Z", "q": "tin OR lead"},
            "(tin OR lead) AND new:[2026-03-02T07:30Z TO *]",
        ),
        ({"since": "2026-03-02"}, ""),
        ({"since": "2026-03-02", "lang": ["de"]}, "lang:de AND new:[2026-03-02 TO *]"),
        ({}, ""),
    ],
)
def test_query_and_filters_become_one_query(values: dict[str, object], query: str) -> None:
    parameters = SearchParameters.model_validate(values)
    assert watch_query(parameters) == query
    if query:
        assert parse_query(query)
    assert (new_watch_address(parameters) is None) == (query == "")
