"""Which months the words of a language mean, by how they begin (CLDR)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from crawler.parsers.article.printed_dates import month_word


@lru_cache(maxsize=64)
def month_words(lang: str) -> Mapping[str, int]:
    """Beginning as `month_word` gives it → number; empty for a language that CLDR doesn't know."""
    try:
        months = Locale.parse(lang.split("-", maxsplit=1)[0].strip().lower()).months
    except (ValueError, UnknownLocaleError):
        return {}
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for number, name in months[context]["wide"].items():
            if word := month_word(str(name)):
                found[word] = int(number)
    return MappingProxyType(found)
