"""Years behind the name of a strategy: `2024–2028`, `bis 2030`, `на 2016-2020 годы`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of

_YEARS = r"(?:(?:19|20)\d\d(?:\s?[-–—/]\s?(?:(?:19|20)?\d\d))?)(?:[-–]\w{1,3})?"


class YearSpans:
    """Finds years with the words of all languages."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        words = [cues(languages, code).get("year_span", {}) for code in languages]

        def any_word(key: str) -> str:
            listed = (word for each in words for word in each.get(key, ()))
            return any_of(re.escape(word).replace(r"\ ", r"\s+") for word in listed)

        self._pattern = re.compile(
            rf"[^\S\n]*(?:{any_word('before')}\s+)?(?:{any_word('label')}\s+)*"
            rf"{_YEARS}(?:\s?{any_word('behind')})?(?!\w)"
        )

    def end(self, text: str, end: int) -> int:
        """The end of the years that follow `end`; the same offset where none do."""
        found = self._pattern.match(text, end)
        return found.end() if found else end
