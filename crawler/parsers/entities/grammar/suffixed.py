"""Names in languages that put endings behind words: Kazakh, Kyrgyz, Uzbek, Tajik, Mongolian.

Endings of bodies are cut off where they are found; words for offices stand alone or close a
compound (министр, өнеркәсіп министрі).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.parsers.alternatives import either
from crawler.parsers.entities.folding import APOSTROPHES, LETTER_APOSTROPHE
from crawler.parsers.entities.grammar.base import NameGrammar
from crawler.parsers.entities.grammar.suffixes import bound_forms

_AS_WRITTEN = f"['{APOSTROPHES}]"


class SuffixedNames(NameGrammar):
    """Names of one such language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def role_expression(self, roles: Sequence[str], other_words: Sequence[str]) -> str:
        """The words alone and at the end of a compound."""
        forms = (form for role in roles for form in bound_forms(role, self._language))
        return either(forms, _sign)

    def role_forms(self, role: str) -> Iterable[str]:
        """The word alone and at the end of a compound."""
        return bound_forms(role, self._language)


def _sign(sign: str) -> str:
    if sign == " ":
        return r"\s+"
    return _AS_WRITTEN if sign == LETTER_APOSTROPHE else re.escape(sign)
