"""Passages of a page: its title, its teaser and the paragraphs of its text, with fingerprints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from indexer.document import Page, Part, Passage
from indexer.text.folding import fold
from indexer.text.words import spans

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_PARTS: tuple[Part, ...] = ("title", "teaser", "text")


def passages(page: Page) -> list[Passage]:
    """Title, teaser and paragraphs in reading order; what holds no word is left out."""
    return [
        passage
        for part in _PARTS
        for passage in _of_part(part, page.part(part))
        if passage.fingerprint
    ]


def fingerprint(text: str) -> str:
    """Hash (16 hex digits) of the folded words; empty for a text without words."""
    words = " ".join(fold(word) for _, _, word in spans(text))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest() if words else ""


def _of_part(part: Part, text: str) -> Iterator[Passage]:
    if part != "text":
        yield Passage(part, 0, len(text), text, fingerprint(text))
        return
    for match in _PARAGRAPH.finditer(text):
        if match[0].strip():
            yield Passage(part, match.start(), match.end(), match[0], fingerprint(match[0]))
