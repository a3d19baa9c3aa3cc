"""Which texts of a page are encoded: its beginning, its headline, and its first passages.

The beginning says what the whole page is about; so it is what pages are compared by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TypeAlias

from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import LONGEST_TEXT
from indexer.records.document import Page, PassageVector
from indexer.text.passages import passage_texts

FIRST_PASSAGES = 3
"""Passages of the text that have vectors of their own: news say first what they are about."""
SHORTEST_PASSAGE = 40
"""Characters; what is shorter is a name, a date, a heading."""

PassageTexts: TypeAlias = Iterable[tuple[str, str]]
"""Part and text of each passage of a page."""


def encode_page(encoder: Encoder, passages: PassageTexts) -> tuple[PassageVector, ...]:
    """The vectors of a page, that of its beginning first; none if it has no text."""
    return _encode(encoder, [texts_to_encode(passages)])[0]


def encode_pages(encoder: Encoder, pages: Sequence[Page]) -> list[tuple[PassageVector, ...]]:
    """The vectors of each page; pages are encoded together, which takes a quarter of the time."""
    texts = (((part, text) for part, _, _, text in passage_texts(page)) for page in pages)
    return _encode(encoder, list(map(texts_to_encode, texts)))


def texts_to_encode(passages: PassageTexts) -> list[tuple[int, str]]:
    """Number of the passage in the page, and text; the beginning first."""
    listed = list(passages)
    of_text = [number for number, (part, _) in enumerate(listed) if part == "text"]
    beginning = "\n".join(text for _, text in listed)[:LONGEST_TEXT]
    headline = "\n".join(text for part, text in listed if part != "text")
    longer = (n for n in of_text if len(listed[n][1]) >= SHORTEST_PASSAGE)
    wanted = [(of_text[0] if of_text else 0, beginning), (0, headline)]
    wanted += [(number, listed[number][1]) for number in islice(longer, FIRST_PASSAGES)]
    by_text: dict[str, int] = {}
    for number, text in wanted:
        by_text.setdefault(text, number)
    return [(number, text) for text, number in by_text.items() if text]


def _encode(
    encoder: Encoder, pages: Sequence[list[tuple[int, str]]]
) -> list[tuple[PassageVector, ...]]:
    vectors = iter(encoder.encode([text for of_page in pages for _, text in of_page]))
    return [
        tuple(PassageVector(number, next(vectors)) for number, _ in of_page) for of_page in pages
    ]
