"""Which languages a text may be in, as far as its letters and commonest words tell.

Only for choosing tables of names: the language of a page is found elsewhere. A few words in
capitals decide nothing, and then every language is tried.
"""

from __future__ import annotations

import re
from collections import Counter

from crawler.parsers.entities.folding import has_cyrillic, has_latin
from crawler.parsers.scripts import KAZAKH_LETTERS

TABLE_LANGUAGES = ("en", "de", "ru", "kk", "fr")
"""Languages that commodities.csv has a column for."""

AGGLUTINATING = frozenset({"kk", "ky", "uz", "tr", "az", "tk", "tt", "ba", "ug", "mn", "tg"})
"""Languages whose endings are cut off at match time."""

_COMMON = {
    "en": "the of and to in is for that with on as by are was from at has were this be will said",
    "de": "der die das und den von im mit für auf dem ist eine ein zu sich des wird nicht auch über",
    "fr": "le la les des et du une est dans pour que qui au sur par avec sont aux ce d l",
    "ru": "и в на с по для не что как из о к за от при был это также его года",
    "kk": "мен және бұл бойынша үшін туралы деп болып бар осы жылы қазақстан",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_code)
_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH = re.compile(f"[{KAZAKH_LETTERS}]")
_SAMPLE = 4000
_ENOUGH = 3
"""Common words that a language needs, and its lead over the next one (one word shared is no sign).
"""


def table_languages(text: str, language: str | None) -> frozenset[str]:
    """The columns of commodities.csv to look names up in."""
    if language in TABLE_LANGUAGES:
        return frozenset({language})
    if language in ("ky", "tg", "mn", "uz", "tt", "ba"):
        return frozenset({"ru", "kk", "en"})
    if language in ("uk", "be", "bg"):
        return frozenset({"ru"})
    return guessed(text[:_SAMPLE])


def agglutinates(text: str, language: str | None) -> bool:
    """Whether names may carry Turkic or Mongolic suffixes."""
    if language is not None:
        return language in AGGLUTINATING
    return bool(_KAZAKH.search(text[:_SAMPLE])) or not ({"ru", "en", "de", "fr"} & _clear(text))


def guessed(text: str) -> frozenset[str]:
    """The languages of TABLE_LANGUAGES that the text may be in; all where nothing tells."""
    return _clear(text) or frozenset(TABLE_LANGUAGES)


def _clear(text: str) -> frozenset[str]:
    counts = Counter(
        code
        for word in _WORD.findall(text[:_SAMPLE].lower())
        for code in _LANGUAGES_OF.get(word, ())
    )
    if has_cyrillic(text) and not has_latin(text) and _KAZAKH.search(text):
        return frozenset({"kk"})
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return frozenset()
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return frozenset(code for code, _ in ranked)
    return frozenset({ranked[0][0]})
