"""Names of months in all languages that pages are written in, as expressions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from crawler.parsers.alternatives import either
from crawler.parsers.language import PLAUSIBLE
from indexer.text.calendar_names import FULL_AND_SHORT, month_names

FEWEST = 3
"""Letters of a name; shorter ones are other words, too."""
_NAME = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?")


class MonthNames:
    """What the months are called: by CLDR, in the language files also cut short and inflected."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        """Take `Reference.languages`."""
        self._languages = languages
        self._found: Mapping[int, str] | None = None

    def expression(self, month: int) -> str:
        """An expression of the names of a month, from its number on; for `re.IGNORECASE`."""
        if self._found is None:
            self._found = self._read()
        return self._found[month]

    def _read(self) -> Mapping[int, str]:
        names: defaultdict[int, set[str]] = defaultdict(set)
        for code in {*PLAUSIBLE, *self._languages}:
            dates = self._languages.get(code, {}).get("dates", {})
            widths = FULL_AND_SHORT if code in self._languages else ("wide",)
            known = [*_of_cldr(code, widths), *_of_file(dates)]
            endings = ("", *map(str, dates.get("month_endings", ())))
            full = {name for _, name in _of_cldr(code, ("wide",))}
            own = {str(name) for name in dates.get("only_in_own", ())} - full
            for number, name in known:
                if len(name) >= FEWEST and name not in own and _NAME.fullmatch(name):
                    names[number].update(name + ending for ending in endings)
        counted = self._counted()
        return {
            number: either(found, _sign, str.lower) + (counted and rf"|(?<!\d)0?{number}{counted}")
            for number, found in names.items()
        }

    def _counted(self) -> str:
        """An expression of what stands behind a number that is a month: `-р сарын`."""
        units = {
            str(unit)
            for language in self._languages.values()
            for unit in language.get("dates", {}).get("numbered_month", ())
        }
        return rf"(?:-[^\W\d_]{{1,3}})?\s?(?:{either(units, _sign, str.lower)})" if units else ""


@lru_cache(maxsize=128)
def _of_cldr(code: str, widths: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((n, name.casefold().rstrip(".")) for n, name in month_names(code, widths))


def _of_file(dates: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    for key in ("months", "month_abbreviations"):
        for number, names in (dates.get(key) or {}).items():
            yield from ((int(number), str(name).casefold()) for name in names)


def _sign(sign: str) -> str:
    return r"\s+" if sign == " " else re.escape(sign)
