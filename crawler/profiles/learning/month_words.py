"""Which months the words of a language mean, by how they begin (CLDR)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from crawler.parsers.article.printed_dates import month_word
from indexer.text.calendar_names import month_names


@lru_cache(maxsize=64)
def month_words(lang: str) -> Mapping[str, int]:
    """Beginning as `month_word` gives it → number; empty for a language that CLDR doesn't know."""
    code = lang.split("-", maxsplit=1)[0].strip().lower()
    found = {
        word: number
        for number, name in month_names(code, ("wide",))
        if (word := month_word(name)) is not None
    }
    return MappingProxyType(found)
