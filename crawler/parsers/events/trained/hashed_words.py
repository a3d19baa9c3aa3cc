"""Words as measures: hashed to numbers, so that no list of words is kept."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

from crawler.parsers.entities.tagger.word_clusters import place_of_word

HASHED = "word."
"""What the names of these measures begin with."""
_BUCKETS = 1024
"""Numbers that words are hashed to."""
_CLUSTER_BUCKETS = 2048
"""The same for clusters of words."""
_BRANCHES = (6, 10)
"""So far down the tree of clusters words are told apart."""


def hashed(text: str) -> str:
    """Name of the measure of a word in its place."""
    return f"{HASHED}{crc32(text.encode()) % _BUCKETS}"


def hashed_clusters(where: str, word: str, lang: str) -> Iterator[str]:
    """Names of the measures that are set by the clusters of a word in its place; a rare one sets
    none.
    """
    place = place_of_word(word, lang)
    if place is not None:
        for branches in _BRANCHES:
            cluster = f"{lang}:{where}:{branches}:{place & ((1 << branches) - 1)}"
            yield f"{HASHED}c{crc32(cluster.encode()) % _CLUSTER_BUCKETS}"
