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
        ({"q": "tin mining", "lang": ["de"]}, "tin mining AND lang:de"),
        ({"q": "tin -(lead OR ore)", "lang": ["de"]}, "tin -(lead OR ore) AND lang:de"),
        ({"q": "tin (", "lang": ["de"]}, "(tin () AND lang:de"),
        ({"q": "tin", "year": ["2026"], "event_month": ["2026-05"]}, "tin AND event_month:2026-05"),
        ({"year": ["2026"]}, ""),
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
    if query and "(tin (" not in query:
        assert parse_query(query)
    assert (new_watch_address(parameters) is None) == (query == "")


def test_a_watch_is_proposed_the_name_that_people_read() -> None:
    parameters = SearchParameters.model_validate({"q": "Antimon", "country": ["TJ"]})
    assert new_watch_address(parameters, ["Tadschikistan"]) == (
        "/watches/new?q=Antimon+AND+country%3ATJ&name=Antimon%2C+Tadschikistan"
    )
    everywhere = SearchParameters.model_validate({"country": ["TJ"]})
    assert new_watch_address(everywhere, ["Tajikistan"]) == (
        "/watches/new?q=country%3ATJ&name=Tajikistan"
    )
    alone = SearchParameters.model_validate({"q": "Antimon"})
    assert new_watch_address(alone) == "/watches/new?q=Antimon"
