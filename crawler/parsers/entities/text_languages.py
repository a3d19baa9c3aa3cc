"""Which languages a text may be in, as far as its letters and commonest words tell.

Only for choosing tables of names: the language of a page is found elsewhere. A few words in
capitals decide nothing, and then every language is tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.folding import has_cyrillic, has_latin
from crawler.parsers.scripts import KAZAKH_LETTERS

TABLE_LANGUAGES = ("en", "de", "ru", "kk", "fr")
"""Languages that commodities.csv has a column for, and that words tell apart."""
TOLD_LANGUAGES = ("ky", "uz", "tg", "mn")
"""Languages whose column is looked up only where the page is in them: short words that are others
in the languages around.
"""

AGGLUTINATING = frozenset({"kk", "ky", "uz", "tr", "az", "tk", "tt", "ba", "ug", "mn", "tg"})
"""Languages whose endings are cut off at match time."""

_WORD = re.compile(r"[^\W\d_]+")
_KAZAKH = re.compile(f"[{KAZAKH_LETTERS}]")
_SAMPLE = 4000
_ENOUGH = 3
"""Common words that a language needs, and its lead over the next one (one word shared is no sign).
"""


_COLUMNS: Mapping[str, frozenset[str]] = {
    **{code: frozenset({code}) for code in (*TABLE_LANGUAGES, *TOLD_LANGUAGES)},
    **dict.fromkeys(("tt", "ba"), frozenset({"ru", "kk", "en"})),
    **dict.fromkeys(("uk", "be", "bg"), frozenset({"ru"})),
}
"""Language → columns of commodities.csv: its own, else those of its neighbours."""


class TextLanguages:
    """Tells languages by the commonest words that their files list."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages_of: dict[str, list[str]] = {}
        for code in TABLE_LANGUAGES:
            for word in str(cues(languages, code).get("common_words", "")).split():
                self._languages_of.setdefault(word, []).append(code)

    def columns(self, text: str, language: str | None) -> frozenset[str]:
        """The columns of commodities.csv to look names up in; all where nothing tells."""
        known = _COLUMNS.get(language or "")
        return known or self._clear(text[:_SAMPLE]) or frozenset(TABLE_LANGUAGES)

    def agglutinates(self, text: str, language: str | None) -> bool:
        """Whether names may carry Turkic or Mongolic suffixes."""
        if language is not None:
            return language in AGGLUTINATING
        if _KAZAKH.search(text[:_SAMPLE]):
            return True
        return self._clear(text) <= AGGLUTINATING

    def _clear(self, text: str) -> frozenset[str]:
        """The languages that the words tell; empty where they tell nothing."""
        counts = Counter(
            code
            for word in _WORD.findall(text[:_SAMPLE].lower())
            for code in self._languages_of.get(word, ())
        )
        if has_cyrillic(text) and not has_latin(text) and _KAZAKH.search(text):
            return frozenset({"kk"})
        ranked = counts.most_common(2)
        if not ranked or ranked[0][1] < _ENOUGH:
            return frozenset()
        if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
            return frozenset(code for code, _ in ranked)
        return frozenset({ranked[0][0]})
