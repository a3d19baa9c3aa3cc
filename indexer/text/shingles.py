"""Shingles: runs of words by which a text is recognised in another one, though both were edited.

Of all shingles a sample is kept, the same one in every text (those whose hash is divisible by
`SAMPLED`), so that samples overlap as the texts do: Broder, "On the resemblance and containment of
documents", 1997.
"""

from __future__ import annotations

from binascii import crc32
from functools import lru_cache

from indexer.text.folding import fold
from indexer.text.words import spans

WORDS = 4
"""Words of a shingle: fewer are shared by texts on the same subject."""
SAMPLED = 4
"""One of so many shingles is kept."""


@lru_cache(100)  # many watches match the same page
def shingle_sample(text: str) -> frozenset[int]:
    """The sample of a text: 32-bit hashes of shingles, whatever stands between the words."""
    words = [folded for _, _, word in spans(text) if (folded := fold(word))]
    hashes = (
        crc32(" ".join(words[start : start + WORDS]).encode("utf-8", "replace"))
        for start in range(len(words) - WORDS + 1)
    )
    return frozenset(number for number in hashes if number % SAMPLED == 0)


def resemblance(one: frozenset[int], other: frozenset[int]) -> float:
    """Share of all shingles of two samples that are in both; 0 if both are empty."""
    return len(one & other) / len(one | other) if one or other else 0.0


def containment(part: frozenset[int], whole: frozenset[int]) -> float:
    """Share of the shingles of `part` that `whole` has; 0 if it has none."""
    return len(part & whole) / len(part) if part else 0.0
