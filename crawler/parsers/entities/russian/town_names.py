"""The nominative of the name of a town: Коломне → Коломна.

By ending: few towns are in dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterator

_CASE_ENDINGS = ("ого", "ой", "ом", "ем", "ии", "ию", "ей", "а", "у", "е", "и", "ы", "ю")
_BASE_ENDINGS = ("", "а", "я", "ь", "ия", "й", "о", "ы")


def nominatives(word: str) -> Iterator[str]:
    """What a name in small letters may be in the nominative, likeliest first."""
    for ending in _CASE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            for base in _BASE_ENDINGS:
                yield word[: -len(ending)] + base
