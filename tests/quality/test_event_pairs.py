"""Pages of many sites that tell of one event are linked, near twins are kept apart."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from tests.page_reader import packaged_reader
from tests.quality.event_pairs import GROUPS, Part, ToldPage, linked_events, score_pairs, told_pages

PRECISION = 0.98
Linked = tuple[list[ToldPage], list[set[str]]]
RECALL = {"open": 0.94, "aside": 0.8}


@pytest.fixture(scope="module")
def linked() -> Linked:
    pages = told_pages(packaged_reader())
    return pages, linked_events(pages)


@pytest.mark.parametrize("part", ["open", "aside"])
def test_pairs_of_one_event_are_linked_and_no_others(linked: Linked, part: Part) -> None:
    scores = score_pairs(*linked, part)
    assert scores.precision >= PRECISION
    assert scores.recall >= RECALL[part]


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    events = [event for group in GROUPS for event in group["events"]]
    twins = sum(
        len(one) * len(other) for group in GROUPS for one, other in combinations(group["events"], 2)
    )
    assert len(events) >= 60
    assert sum(len(pages) * (len(pages) - 1) // 2 for pages in events) >= 110
    assert twins >= 170
    assert {page["lang"] for page in chain(*events)} == {"de", "en", "ru"}
    assert all(len(group["events"]) > 1 and len(e) > 1 for group in GROUPS for e in group["events"])
