"""Where the sentences of a paragraph begin, in any language that has capitals. Pure.

A full stop after a number, or after a short word with a capital or without a vowel (Nr., Dr., bzw.,
млн), may end an abbreviation: there no sentence begins. So two are sometimes taken for one, seldom
one for two.
"""

from __future__ import annotations

import re

from indexer.text.romanisation import romanise

_END = re.compile(
    r"(?:(?<![^\W_])([^\W_]++)|(?<![^\W_])(?<![.!?…]))"  # the last word
    r"([.!?…]++)[\"'»”“’)\]]*+\s++"
    r"(?=[\"'«„“‘(\[»–—-]*+\s*+([^\W\d_]))"  # the first letter
)
"""Takes back nothing, and begins at no place within a word or a row of stops: of pages with 100,000
letters or stops in a row it takes no longer than of others.
"""
_SHORT = 3
"""Letters of an abbreviation."""
_VOWELS = frozenset("aeiouy")


def sentence_starts(text: str) -> list[int]:
    """Offsets of the sentences after the first one."""
    return [end.end() for end in _END.finditer(text) if _begins(*end.groups())]


def _begins(word: str | None, marks: str, first: str) -> bool:
    return not first.islower() and (marks != "." or not _is_abbreviation(word or ""))


def _is_abbreviation(word: str) -> bool:
    if word.isdigit():
        return True
    short = 0 < len(word) <= _SHORT and not (len(word) > 1 and word.isupper())
    return short and (not word.islower() or _VOWELS.isdisjoint(romanise(word)))
