"""Clusters of words that are used alike, as a tree: what the tagger knows of words that its pages
did not have.

Made by `python -m benchmarks.word_clusters`. A file holds the CRC-32 of each word, sorted, then in
the same order its place in the tree, a number whose lowest bit is the first branch; both little
endian, of four and two bytes.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Self
from zlib import crc32

CLUSTERS = Path(__file__).parent
_PLACE = 0xFFFF
"""Of the tree so many branches are kept."""
_KEPT_WORDS = 20_000


class WordClusters:
    """The clusters of one language's words."""

    def __init__(self, words: array[int], places: array[int]) -> None:
        self._words, self._places = words, places

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Raises ValueError where it is no such file."""
        count, rest = divmod(len(content), 6)
        if rest:
            raise ValueError("its length is no multiple of 6")
        words, places = array("I"), array("H")
        words.frombytes(content[: 4 * count])
        places.frombytes(content[4 * count :])
        if sys.byteorder == "big":
            words.byteswap()
            places.byteswap()
        return cls(words, places)

    def place(self, word: str) -> int | None:
        """The place of a word in the tree, as it is written or else in small letters; None for a
        word that is rare.
        """
        low = word.lower()
        for form in (word,) if word == low else (word, low):
            key = crc32(form.encode())
            at = bisect_left(self._words, key)
            if at < len(self._words) and self._words[at] == key:
                return self._places[at]
        return None


@cache
def read_clusters(path: Path) -> tuple[str, WordClusters]:
    """The SHA-256 of a file, and its clusters: read once for all that know words by them.

    Raises OSError where it can't be read, ValueError where it is no such file.
    """
    content = path.read_bytes()
    return sha256(content).hexdigest(), WordClusters.read(content)


@lru_cache(_KEPT_WORDS)
def place_of_word(word: str, lang: str) -> int | None:
    """The place of a word in the tree of its language; None for a rare one, and where the language
    has no tree, or it can't be read.
    """
    clusters = _clusters_of(lang)
    return clusters.place(word) if clusters else None


@cache
def _clusters_of(lang: str) -> WordClusters | None:
    try:
        return read_clusters(CLUSTERS / f"{lang}.clusters")[1]
    except (OSError, ValueError):
        return None


def write_clusters(file: Path, places: Mapping[str, int]) -> None:
    """Write the places of words in the tree."""
    pairs = sorted({crc32(word.encode()): place & _PLACE for word, place in places.items()}.items())
    words, kept = array("I", (key for key, _ in pairs)), array("H", (place for _, place in pairs))
    if sys.byteorder == "big":
        words.byteswap()
        kept.byteswap()
    file.write_bytes(words.tobytes() + kept.tobytes())
