"""Long words in narrow columns: where they may be broken, with a hyphen. Pure.

Browsers hyphenate only languages for which they have a dictionary, and only what is marked with its
language; a soft hyphen is understood by all, and searches leave it out.
"""

from __future__ import annotations

import re

LONGEST = 13
"""Letters of a word that stays whole."""
FEWEST = 3
"""Letters before and behind a hyphen."""
SOFT_HYPHEN = "\u00ad"

_LONG = re.compile(rf"[^\W\d_]{{{LONGEST + 1},}}")
_VOWEL = "[aeiouyäöüаеёиоуыэюяәөүұі]"
_CONSONANT = "[bcdfghjklmnpqrstvwxzßбвгджзклмнпрстфхцчшщғқңһ]"
_SYLLABLE = re.compile(
    rf"(?=(?:sch|(?<!s)ch|(?<!c)k|(?<![cpst])h|(?![hk]){_CONSONANT}){_VOWEL})", re.IGNORECASE
)
"""Before the last consonant of several; letters that are one sound stay together."""


def breakable(text: str) -> str:
    """The text with soft hyphens between the syllables of its long words."""
    return _LONG.sub(_hyphenated, text)


def _hyphenated(match: re.Match[str]) -> str:
    word = match[0]
    places = [found.start() for found in _SYLLABLE.finditer(word)]
    inside = [place for place in places if FEWEST <= place <= len(word) - FEWEST]
    parts = zip([0, *inside], [*inside, len(word)], strict=True)
    return SOFT_HYPHEN.join(word[start:end] for start, end in parts)
