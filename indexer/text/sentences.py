"""Where the sentences of a paragraph begin, in any language that has capitals. Pure.

A full stop after a number, or after a short word with a capital or without a vowel (Nr., Dr., bzw.,
млн), may end an abbreviation: there no sentence begins. So two are sometimes taken for one, seldom
one for two.
"""

from __future__ import annotations

import re

from indexer.text.romanisation import romanise

_END = re.compile(r"([^\W_]*)([.!?…]+)[\"'»”“’)\]]*\s+(?=[\"'«„“‘(\[»–—-]*\s*[^\W\d_])")
_SHORT = 3
"""Letters of an abbreviation."""
_VOWELS = frozenset("aeiouy")


def sentence_starts(text: str) -> list[int]:
    """Offsets of the sentences after the first one."""
    return [end.end() for end in _END.finditer(text) if _begins(text, end)]


def _begins(text: str, end: re.Match[str]) -> bool:
    word, marks = end.groups()
    first = next(letter for letter in text[end.end() :] if letter.isalpha())
    return not first.islower() and (marks != "." or not _is_abbreviation(word))


def _is_abbreviation(word: str) -> bool:
    if word.isdigit():
        return True
    short = 0 < len(word) <= _SHORT and not (len(word) > 1 and word.isupper())
    return short and (not word.islower() or _VOWELS.isdisjoint(romanise(word)))
