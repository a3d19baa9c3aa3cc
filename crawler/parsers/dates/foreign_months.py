"""In which of the languages that pages are written in a lone string may name a month.

dateparser, asked without a language, tries two hundred: the first string of a process then costs
seconds, and a piece of a word (`une 4`, of June) is taken for a month of a language that nobody
meant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module

from dateparser.data.languages_info import language_order

from crawler.parsers.language import PLAUSIBLE

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WORD = re.compile(r"[^\W\d_]+")


def languages_of(string: str) -> list[str]:
    """Codes of languages; empty where no word names a month in one of them. Numbers alone are the
    same in all. Accents may be missing (`12 aout`).
    """
    words = _words_of(string)
    if not words:
        return ["en"]
    by_word = _languages_by_word()
    return sorted({code for word in words for code in by_word.get(word, ())})


def _words_of(text: str) -> list[str]:
    """The words of a text, folded and without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return _WORD.findall("".join(c for c in apart if not unicodedata.combining(c)))


@cache
def _languages_by_word() -> dict[str, set[str]]:
    """Folded word → languages whose names of months hold it; of `11月` the sign."""
    found: dict[str, set[str]] = {}
    for code in PLAUSIBLE:
        if code not in language_order:
            continue
        info = import_module(f"dateparser.data.date_translation_data.{code}").info
        for month in _MONTHS:
            for name in info[month]:
                for word in _words_of(name):
                    found.setdefault(word, set()).add(code)
    return found
