"""Which texts of a page are encoded: its beginning, its headline, and its first passages.

The beginning says what the whole page is about; so it is what pages are compared by.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from indexer.meaning.encoder import LONGEST_TEXT, Encoder
from indexer.records.document import Page, PassageVector
from indexer.text.passages import passage_texts

FIRST_PASSAGES = 3
"""Passages of the text that have vectors of their own: news say first what they are about."""
SHORTEST_PASSAGE = 40
"""Characters; what is shorter is a name, a date, a heading."""


def texts_to_encode(page: Page) -> list[tuple[int, str]]:
    """Number of the passage in the page, and text; the beginning first."""
    passages = [(part, text) for part, _, _, text in passage_texts(page)]
    if not passages:
        return []
    beginning = "\n".join(text for _, text in passages)[:LONGEST_TEXT]
    headline = "\n".join(text for part, text in passages if part != "text")
    longer = (
        (number, text)
        for number, (part, text) in enumerate(passages)
        if part == "text" and len(text) >= SHORTEST_PASSAGE
    )
    wanted = [(0, beginning), (0, headline), *islice(longer, FIRST_PASSAGES)]
    by_text: dict[str, int] = {}
    for number, text in wanted:
        by_text.setdefault(text, number)
    return [(number, text) for text, number in by_text.items() if text]


def encode_pages(encoder: Encoder, pages: Sequence[Page]) -> list[tuple[PassageVector, ...]]:
    """The vectors of each page; pages are encoded together, which takes a quarter of the time."""
    texts = [texts_to_encode(page) for page in pages]
    vectors = iter(encoder.encode([text for of_page in texts for _, text in of_page]))
    return [
        tuple(PassageVector(number, next(vectors)) for number, _ in of_page) for of_page in texts
    ]
