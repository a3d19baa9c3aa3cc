"""The nominative of the name of a town: Коломне → Коломна.

By ending: few towns are in dictionaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CASE_ENDINGS = ("ого", "ой", "ом", "ем", "ии", "ию", "ей", "а", "у", "е", "и", "ы", "ю")
"""What a form of a town's name may end with."""
BASE_ENDINGS = ("", "а", "я", "ь", "ия", "й", "о", "ы")
"""What its nominative then ends with."""
_ON_RIVER = " на "


def nominatives(word: str) -> Iterator[str]:
    """What a folded name may be in the nominative, likeliest first; of a town on a river
    (Ростове-на-Дону) the first part is inflected.
    """
    town, on, river = word.partition(_ON_RIVER)
    for ending in CASE_ENDINGS:
        if town.endswith(ending) and len(town) - len(ending) >= 3:
            for base in BASE_ENDINGS:
                yield town[: -len(ending)] + base + on + river


_WORD_ENDING = re.compile(
    r"(?<=\w\w\w)(?:[ыи]ми|[ое](?:го|му|й|ю|м|е|в)|[ыи][хмйе]|[ая](?:ми|м|х|я)|[ую]ю|[аеёийоуыэюяь])\b"
)


def stems(name: str) -> str:
    """A folded name of several words without their endings, by which it is known in all cases:
    нижнем новгороде → нижн новгород.
    """
    return _WORD_ENDING.sub("", name)
