from __future__ import annotations

from indexer.meaning.passages import FIRST_PASSAGES, encode_pages, texts_to_encode
from indexer.records.document import Page
from indexer.text.passages import passage_texts
from tests.word_encoder import WordEncoder

LONG = "A passage that is long enough to say something of its own, number {}."


def page(*paragraphs: str, title: str | None = "A title") -> Page:
    return Page(None, lang="en", title=title, text="\n\n".join(paragraphs))


def texts(*paragraphs: str, title: str | None = "A title") -> list[tuple[int, str]]:
    passages = passage_texts(page(*paragraphs, title=title))
    return texts_to_encode((part, text) for part, _, _, text in passages)


def test_beginning_headline_and_first_passages_are_encoded() -> None:
    paragraphs = ["Short.", *(LONG.format(n) for n in range(FIRST_PASSAGES + 2))]
    found = texts(*paragraphs)
    assert [number for number, _ in found] == [1, 0, *range(2, 2 + FIRST_PASSAGES)]
    assert found[0][1].startswith("A title\nShort.\nA passage")
    assert found[1][1] == "A title"
    assert found[2][1] == LONG.format(0)


def test_the_same_text_is_encoded_once() -> None:
    assert texts() == [(0, "A title")]
    assert texts(LONG, title=None) == [(0, LONG)]
    assert texts("  ", title=None) == []


def test_pages_are_encoded_together_and_each_has_its_own() -> None:
    encoder = WordEncoder()
    pages = [page(LONG), page(title=None), page()]
    together = encode_pages(encoder, pages)
    assert together == [encode_pages(encoder, [one])[0] for one in pages]
    assert [len(vectors) for vectors in together] == [3, 0, 1]
