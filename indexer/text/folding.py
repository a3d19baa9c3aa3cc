"""Folding: the form in which words are compared, whatever their case, accents and spelling habits.

ä→a, ö→o, ü→u, ß→ss, ё→е, é→e, ʻ and soft hyphens dropped; й and ў stay letters of their own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.text.words import spans

_LETTERS_OF_THEIR_OWN = frozenset("йў")
"""They decompose, but Russian and Uzbek readers take them for other letters than и and у."""

_SPELLINGS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

LONGEST_WORD = 100
"""Characters of a word that count; longer runs are encoded data, and stores bound their terms."""


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The folded form of one word; no blanks or punctuation are left in it."""
    if word.isascii() and word.isalnum():
        return word[:LONGEST_WORD].lower()
    composed = unicodedata.normalize("NFC", word[: 4 * LONGEST_WORD]).casefold()
    return unicodedata.normalize("NFC", composed).translate(_FOLDED)[:LONGEST_WORD]


@lru_cache(maxsize=10_000)
def surfaces_of(text: str) -> tuple[str, ...]:
    """The folded words of a short text: a query's or a label's."""
    return tuple([folded for _, _, word in spans(text) if (folded := fold(word))])


class _Folded(dict[int, str]):
    """Code point → what is left of the character, filled on demand."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter not in _LETTERS_OF_THEIR_OWN:
            letter = unicodedata.normalize("NFKD", letter).translate(_SPELLINGS)
        folded = self[code] = "".join(filter(_counts, letter))
        return folded


_FOLDED = _Folded()


def _counts(letter: str) -> bool:
    """Modifier apostrophes (ʻ ʼ), combining accents, blanks and joiners do not count."""
    return not ("\u02b0" <= letter <= "\u036f") and (
        letter.isalnum() or unicodedata.category(letter).startswith("M")
    )


_VOWELS_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_WITH_E = re.compile(r"(?<![aeiouq])([aou])e(?=[^aeiou])")


def umlauts_spelled_out(text: str) -> tuple[str, ...]:
    """The folded words of a short text with its umlauts as two letters (Bäcker as Baecker); empty
    if it has none.
    """
    spelled_out = surfaces_of(unicodedata.normalize("NFC", text).translate(_VOWELS_WITH_E))
    return () if spelled_out == surfaces_of(text) else spelled_out


def umlauts_read(surfaces: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words with two letters taken for an umlaut (Baecker as Bäcker); empty if there are
    none. It may be another word: poet becomes pot.

    Only between consonants an e may make an umlaut (neue, Steuer), and not at the end (Baue).
    """
    read = tuple([_WITH_E.sub(r"\1", surface) for surface in surfaces])
    return () if read == surfaces else read
