"""Passages of a page: its title, its teaser and the paragraphs of its text, with fingerprints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.records.document import Page, Part, Passage
from indexer.text.folding import fold
from indexer.text.words import spans

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
PARTS: tuple[Part, ...] = ("title", "teaser", "text")


def passages(page: Page) -> list[Passage]:
    """Title, teaser and paragraphs in reading order; what holds no word is left out."""
    return [
        passage
        for part in PARTS
        for passage in _of_part(part, page.part(part))
        if passage.fingerprint
    ]


def passage_texts(page: Page) -> Iterator[tuple[Part, int, int, str]]:
    """(part, start, end, text) of the passages, for whom their fingerprints are of no use."""
    for part in PARTS:
        for start, end, text in _spans_of_part(part, page.part(part)):
            if _has_fingerprint(text):
                yield part, start, end, text


def _has_fingerprint(text: str) -> bool:
    """Whether `fingerprint` is not empty, found out at the first word as a rule."""
    empty = 0
    for _, _, word in spans(text):
        if fold(word):
            return True
        empty += 1
    return empty > 1


@lru_cache(1_000)  # many watches match the same passages
def fingerprint(text: str) -> str:
    """Hash (16 hex digits) of the folded words; empty for a text without words."""
    words = folded_words(text)
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest() if words else ""


def folded_words(text: str) -> str:
    """Words without case and accents, between blanks: what a fingerprint tells apart."""
    return " ".join(fold(word) for _, _, word in spans(text))


def _of_part(part: Part, text: str) -> Iterator[Passage]:
    for start, end, passage in _spans_of_part(part, text):
        yield Passage(part, start, end, passage, fingerprint(passage))


def _spans_of_part(part: Part, text: str) -> Iterator[tuple[int, int, str]]:
    if part != "text":
        yield 0, len(text), text
        return
    for match in _PARAGRAPH.finditer(text):
        if match[0].strip():
            yield match.start(), match.end(), match[0]
