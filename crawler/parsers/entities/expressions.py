"""Regular expressions from lists of words, and for words with a capital."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.parsers.alternatives import either
from crawler.parsers.scripts import LATIN_SMALL, RUSSIAN_SMALL

CAPITALISED = rf"[^\W\d_{LATIN_SMALL}{RUSSIAN_SMALL}][\w’'-]{{1,40}}"
"""A word with a capital, no longer than words are: a run without end is looked through once."""


def any_of(expressions: Iterable[str]) -> str:
    """An expression that matches any of these, the longest first."""
    ranked = sorted(set(expressions), key=lambda e: (-len(e), e))
    return f"(?:{'|'.join(ranked)})" if ranked else r"(?!)"


def literal(words: Iterable[str], *, any_case: bool = False) -> str:
    """As `any_of`, for words as they are written; a blank matches any white space of one line.

    `any_case`: it stands where small letters and capitals are the same.
    """
    return either(words, _sign, str.lower if any_case else str)


def _sign(sign: str) -> str:
    return r"[^\S\n]+" if sign == " " else re.escape(sign)
