from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from crawler.profiles.article_places import PROVEN, READ_IN_FULL, ArticlePlaces, is_read_in_full

PLACES = ArticlePlaces(
    "main > article",
    text=frozenset({"b1", "a0"}),
    beside=frozenset({"c2"}),
    stated="NewsArticle.datePublished",
    timed="body > main > time",
    lang="de",
    agreed=7,
)


def test_its_json_form_gives_the_same_places() -> None:
    assert ArticlePlaces.from_json(json.loads(json.dumps(PLACES.to_json()))) == PLACES


def test_it_is_proven_by_pages_in_a_row() -> None:
    fresh = dataclasses.replace(PLACES, agreed=0)
    assert fresh.after([True] * PROVEN).is_proven
    assert not fresh.after([True] * (PROVEN - 1)).is_proven
    assert not fresh.after([True] * 50 + [False] + [True] * (PROVEN - 1)).is_proven
    assert fresh.after([False]).after([True] * 3).agreed == 3


@pytest.mark.parametrize(
    "change",
    [
        {"holder": None},
        {"text": "abc"},
        {"beside": [1]},
        {"stated": 3},
        {"timed": []},
        {"lang": {}},
        {"is_dated": 1},
        {"agreed": -1},
        {"agreed": True},
        {"more": 1},
    ],
)
def test_what_is_malformed_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="articles"):
        ArticlePlaces.from_json({**PLACES.to_json(), **change})


def test_one_address_in_twenty_is_read_in_full_and_always_the_same_ones() -> None:
    addresses = [f"https://erz.example.org/news/{number}" for number in range(4_000)]
    chosen = [url for url in addresses if is_read_in_full(url)]
    assert 0.8 < len(chosen) * READ_IN_FULL / len(addresses) < 1.2
    assert [url for url in reversed(addresses) if is_read_in_full(url)] == chosen[::-1]
    assert is_read_in_full(None)
