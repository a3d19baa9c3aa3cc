"""Snowball stems of folded words, the same in every store because they are made here.

Stems are made from the folded form, so that förderung and forderung, typed without umlauts, agree.
Where one or two letters are left of a longer word, or a function word, the stem is marked (`CUT`):
it is that of all such forms, and no word's that is written so.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from indexer.text.function_words import FUNCTION_WORDS

STEMMED = {"de": "german", "en": "english", "ru": "russian", "fr": "french"}
"""Language (ISO 639-1) → Snowball algorithm; words of other languages stay as they are."""

CYRILLIC = frozenset({"ru"})
"""Those of them that are written in Cyrillic letters."""
STEMMED_TO_THE_END = frozenset({"ru"})
"""Languages whose words are stemmed until nothing changes.

Snowball takes the н of Казахстан and план for the ending of a participle but leaves it in
Казахстане and плана, so that they have different stems after one pass.
"""
CONSONANTS_OF_SHORT_WORDS = {"ru": "нл"}
"""Language → consonants that short words keep: Snowball takes them for endings of participles and
verbs, so that уран, Урал and Иран would be little more than a vowel and a consonant.
"""
SHORT = 4
"""Letters of a stem; a shorter one gets its consonant back."""
FEWEST = 3
"""Letters of a stem that tells a word from others."""
WORDS_OF_TWO_LETTERS = {"ru": frozenset(("ош", "ум", "юг", "яд"))}
"""Language → words that are shorter and still the stem of their forms: в Оше, на юге."""
CUT = "~"
"""Ends a stem that would be taken for a word that is written so."""
CYRILLIC_LANGUAGES = tuple(lang for lang in STEMMED if lang in CYRILLIC)
LATIN_LANGUAGES = tuple(lang for lang in STEMMED if lang not in CYRILLIC)
"""Languages with a stemmer, by script."""

# A PyStemmer object must not be used by two threads at once; callers keep what it returns.
_lock = threading.Lock()
_stemmers = {lang: Stemmer.Stemmer(algorithm, 0) for lang, algorithm in STEMMED.items()}


@lru_cache(maxsize=200_000)
def stem(folded: str, lang: str | None) -> str:
    """Stem of a folded word; the word itself in a language without a stemmer."""
    stemmer = _stemmers.get(lang or "")
    function_words = FUNCTION_WORDS.get(lang or "", frozenset())
    if stemmer is None or folded in function_words:
        return folded
    with _lock:
        found = _stemmed(stemmer, folded, lang)
        while lang in STEMMED_TO_THE_END and (again := _stemmed(stemmer, found, lang)) != found:
            found = again
    if found != folded and (found in function_words or not _tells(found, folded, lang)):
        return found + CUT
    return found


def _tells(found: str, word: str, lang: str | None) -> bool:
    """Whether a stem is long enough to be that of this word alone."""
    return (
        len(found) >= FEWEST
        or (len(found) == FEWEST - 1 and word == found + "s")  # EVs, IDs
        or found in WORDS_OF_TWO_LETTERS.get(lang or "", ())
    )


def _stemmed(stemmer: Stemmer.Stemmer, word: str, lang: str | None) -> str:
    """The stem after one pass."""
    found = str(stemmer.stemWord(word))
    rest = word[len(found) :]
    if len(found) < SHORT and rest and rest[0] in CONSONANTS_OF_SHORT_WORDS.get(lang or "", ""):
        return found + rest[0]
    return found


def is_cyrillic(folded: str) -> bool:
    """Whether a word is written in Cyrillic letters (its first letter decides)."""
    return "\u0400" <= folded[:1] <= "\u052f"


def languages_of(surfaces: Iterable[str]) -> list[str]:
    """Languages whose stems folded words without a known language may have, by their script."""
    return list(dict.fromkeys([lang for word in surfaces for lang in _languages_of(word)]))


def _languages_of(folded: str) -> tuple[str, ...]:
    if folded.isdigit():
        return ()
    return CYRILLIC_LANGUAGES if is_cyrillic(folded) else LATIN_LANGUAGES
