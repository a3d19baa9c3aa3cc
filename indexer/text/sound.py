"""The sound of a name: its consonants, the same for all spellings of vowels and endings in them.

Жезказган, Zhezkazgan and Scheskasgan have one key, in the manner of Soundex (Odell and Russell,
1918). Names have the key in common rather than all that have the key are one name, so it counts
only beside other evidence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.text.romanisation import romanise

SHORTEST = 3
"""Consonants below which a key says nothing."""

_VOWELS = re.compile("[aeiou]+|(?<=k)h")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=100_000)
def sound_key(word: str) -> str:
    """The key of a word of any case; empty if it has too few consonants."""
    romanised = romanise(word)
    if not romanised.isascii() or not romanised.isalpha():
        return ""
    consonants = _TWICE.sub(r"\1", _VOWELS.sub("", romanised.replace("sh", "s")))
    if len(consonants) < SHORTEST:
        return ""
    return ("-" if romanised[0] in "aeiou" else "") + consonants
