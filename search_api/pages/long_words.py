"""Long words in narrow columns: where they may be broken, with a hyphen. Pure.

Browsers hyphenate only languages for which they have a dictionary, and only what is marked with its
language; a soft hyphen is understood by all, and searches leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 13
"""Letters of a word that stays whole."""
FEWEST = 3
"""Letters before and behind a hyphen."""
SOFT_HYPHEN = "\u00ad"

_LONG = re.compile(rf"[^\W\d_]{{{LONGEST + 1},}}")
_VOWEL = "[aeiouyäöüаеёиоуыэюяәөүұі]"
_CONSONANT = "[bcdfghjklmnpqrstvwxzßбвгджзклмнпрстфхцчшщғқңһ]"
_BETWEEN = re.compile(rf"(?<!{_CONSONANT}){_CONSONANT}+(?={_VOWEL})", re.IGNORECASE)
"""The consonants between two vowels."""
_TOGETHER = (
    "(?<!t)sch[lrmw]",  # Umschlag, but Deutschland
    "sch|ch|ck",
    "(?<=h)(?<!ch)str?",  # Rohstoff, but nächste
    "(?<=.)str",
    "(?<![lt])tr|(?<=[нк])тр",  # Vertrag, but Umweltrecht
    "стр|ств",  # машиностроение, государство
    "(?<=[st])[gb]l",  # Mitglied, but Bergleute
    "(?<=.)pf[lr]",
    "(?<!p)p[lr]|(?<![ck])k[lr]|(?<=.)(?<![pf])f[lr]",  # Umschlagplatz, but Stoffliste
    "(?<![gr])gr|(?<=.)(?<!b)br",  # Programm, but Bergrecht
    "(?<=.)(?<!п)п[рл]|(?<=.)(?<!к)к[рл]|(?<=.)(?<!ф)ф[рл]|(?<=.)(?<!б)бр|(?<=.)(?<!г)гр",
)
_ONSET = re.compile(rf"(?:{'|'.join(_TOGETHER)}|(?<![pst])h|[^h])\Z", re.IGNORECASE)
"""With which of them the next syllable begins: the last, and what is spoken together with it."""


def breakable(text: str) -> str:
    """The text with soft hyphens between the syllables of its long words."""
    return _LONG.sub(_hyphenated, text)


def _hyphenated(match: re.Match[str]) -> str:
    word = match[0]
    inside = [place for place in _onsets(word) if FEWEST <= place <= len(word) - FEWEST]
    parts = zip([0, *inside], [*inside, len(word)], strict=True)
    return SOFT_HYPHEN.join(word[start:end] for start, end in parts)


def _onsets(word: str) -> Iterator[int]:
    """Where the syllables behind the first begin."""
    for between in _BETWEEN.finditer(word):
        onset = _ONSET.search(between[0])
        if onset is not None and between.start():
            yield between.start() + onset.start()
