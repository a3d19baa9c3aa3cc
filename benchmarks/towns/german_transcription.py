"""How German pages write Russian names: the transcription of the Duden (Нижний Тагил → Nischni
Tagil).
"""

from __future__ import annotations

import re

_VOWELS = "аеёиоуыэюя"
_CYRILLIC = "абвгдзийклмнопрстуфхцчшщыэюя"
_GERMAN = "a b w g d s i i k l m n o p r s t u f ch z tsch sch schtsch y e ju ja"
_LETTERS = dict(zip(_CYRILLIC, _GERMAN.split(), strict=True)) | {
    "ж": "sch",
    "ъ": "",
    "ь": "",
    "е": "e",
    "ё": "jo",
}
_SPECIAL = (
    (r"кс", "x"),
    (r"ий\b", "i"),
    (r"ый\b", "y"),
    (r"\bй(?=[ао])", "j"),
    (rf"(?<=[{_VOWELS}])с(?=[{_VOWELS}])", "ss"),
    (rf"(?:\b|(?<=[{_VOWELS}ъь]))е", "je"),
    (r"(?<=[жчшщ])ё", "o"),
    (r"(?<=ь)и", "ji"),
)
"""Where letters are written otherwise than alone."""


def transcribe(name: str) -> str:
    """The name in German letters; each word but prepositions keeps its capital."""
    written = ""
    at, small = 0, name.lower()
    while at < len(small):
        special = next(
            (
                (m.end(), latin)
                for cyrillic, latin in _SPECIAL
                if (m := re.compile(cyrillic).match(small, at)) is not None
            ),
            (at + 1, _LETTERS.get(small[at], small[at])),
        )
        latin = special[1]
        written += latin[:1].upper() + latin[1:] if name[at].isupper() else latin
        at = special[0]
    return written
