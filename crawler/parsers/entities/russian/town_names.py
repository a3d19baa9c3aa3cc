"""The nominative of the name of a town: Коломне → Коломна.

By ending: few towns are in dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterator

_CASE_ENDINGS = ("ого", "ой", "ом", "ем", "ии", "ию", "ей", "а", "у", "е", "и", "ы", "ю")
_BASE_ENDINGS = ("", "а", "я", "ь", "ия", "й", "о", "ы")
_ON_RIVER = " на "


def nominatives(word: str) -> Iterator[str]:
    """What a folded name may be in the nominative, likeliest first; of a town on a river
    (Ростове-на-Дону) the first part is inflected.
    """
    town, on, river = word.partition(_ON_RIVER)
    for ending in _CASE_ENDINGS:
        if town.endswith(ending) and len(town) - len(ending) >= 3:
            for base in _BASE_ENDINGS:
                yield town[: -len(ending)] + base + on + river
