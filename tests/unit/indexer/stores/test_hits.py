from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.query import QueryCompiler, parse_query
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.stores.base import SearchRequest
from indexer.stores.hits import PASSAGE_LENGTH, excerpt, make_hit


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    words = draw(
        st.lists(st.text(alphabet="abcde", min_size=1, max_size=30), min_size=1, max_size=120)
    )
    text = " ".join(words)
    spans, place = [], 0
    for word in words:
        if draw(st.integers(0, 9)) == 0:
            spans.append((place, place + len(word)))
        place += len(word) + 1
    return text, tuple(spans)


@given(marked_texts())
def test_an_excerpt_shows_marks_at_their_words(
    marked: tuple[str, tuple[tuple[int, int], ...]],
) -> None:
    text, marks = marked
    cut = excerpt(text, marks)
    originals = {text[a:b] for a, b in marks}
    assert cut.text.strip("… ") in text
    assert all(cut.text[a:b] in originals for a, b in cut.marks)
    assert bool(cut.marks) == bool(marks)
    assert len(cut.text) <= PASSAGE_LENGTH + 62
    assert list(cut.marks) == sorted(cut.marks)


def test_a_short_passage_is_shown_whole() -> None:
    assert excerpt("kurz", ((0, 4),)).text == "kurz"


def test_the_cut_is_where_most_marks_stand() -> None:
    text = "eins " + "wort " * 200 + "zwei drei vier " + "wort " * 200
    place = text.index("zwei")
    cut = excerpt(text, ((0, 4), (place, place + 4), (place + 5, place + 9)))
    assert [cut.text[a:b] for a, b in cut.marks] == ["zwei", "drei"]
    assert cut.text[0] == cut.text[-1] == "…"


def test_a_sentence_that_ends_at_the_cut_keeps_its_end_apart() -> None:
    text = f"{'Wort ' * 58}steht. {'Wort ' * 60}"
    assert excerpt(text, ()).text.endswith(" steht. …")


def test_a_mark_without_end_is_cut_like_the_text() -> None:
    """Encoded data is one word; the beginning of it that was looked for is shown."""
    text = "Siehe data: " + "Erz" * 20_000 + " und mehr"
    cut = excerpt(text, ((12, 60_012),))
    assert len(cut.text) <= PASSAGE_LENGTH + 2
    assert [cut.text[a:b] for a, b in cut.marks] == [cut.text[12:PASSAGE_LENGTH]]


@pytest.mark.parametrize(
    ("query", "passages"),
    [
        ("smelter", ["A new smelter", "The works open in May."]),
        ("open", ["The works open in May."]),
        ("smelter open", ["The works open in May."]),
        ("*", ["The works open in May."]),
    ],
)
def test_a_hit_found_by_its_title_alone_shows_how_its_text_begins(
    query: str, passages: list[str]
) -> None:
    page = Page(
        None, lang="en", title="A new smelter", text="The works open in May.\n\nTin is dear."
    )
    seen = datetime(2031, 5, 12, tzinfo=UTC)
    identity = document_id("https://a.example/1")
    compiler = QueryCompiler(load_reference(), {})
    view = compiler.view(StoredDocument(identity, "https://a.example/1", "a", 1, seen, page))
    hit = make_hit(view, compiler.compile(parse_query(query)), 1.0, SearchRequest(query))
    assert [passage.text for passage in hit.passages] == passages
