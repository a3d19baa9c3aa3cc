"""Words for reading listing pages, from the key `discovery` of the language files; names of months
from CLDR and the key `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from babel.localedata import locale_identifiers

from indexer.text.calendar_names import month_names
from indexer.text.times_ago import TimesAgo, said_days

SHORTEST_STEM = 4
"""Letters of a month before its ending."""
_EDGE = re.compile(r"^[\W_]+|(?<![\W_])[\W_]+$")
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """Normalise a label: lower case, single spaces, no signs around: `Weiter »` → `weiter`."""
    return _EDGE.sub("", _SPACE.sub(" ", text)).casefold()


@dataclass(frozen=True, slots=True)
class ListingWords:
    """Words of all languages: a listing is often in another language than its news."""

    next_page: frozenset[str]
    """Labels of the link to the next page."""
    older_page: frozenset[str]
    """Labels of the link to older entries, which lead on wherever they stand."""
    archives: frozenset[str]
    """Labels of older parts of a list, beside their year."""
    past_lists: frozenset[str]
    """Labels of links from a list to what is over, or to its archive."""
    previous_page: frozenset[str]
    """Labels of the way back: to the page before, to newer entries."""
    sections: frozenset[str]
    """Labels of links on a home page that lead to lists of news and of events, also past ones."""
    news: frozenset[str]
    """Those of news alone."""
    boilerplate_labels: frozenset[str]
    """Labels of links that are no headlines: imprint, contact, log in, read more."""
    boilerplate_paths: frozenset[str]
    """Path segments of pages that are no news: impressum, kontakty."""
    paging_words: frozenset[str]
    """Parameters and path segments before the number of a list's page: seite."""
    calendar_parameters: frozenset[str]
    """Parameters of calendar views: monat."""
    calendar_paths: frozenset[str]
    """Path segments of calendars and archives: kalender."""
    months: frozenset[str]
    """Names of months in the languages of the files, in full and cut short."""
    month_numbers: Mapping[str, int]
    """Which month such a name is that of, 1 to 12."""
    relative_days: Mapping[str, int]
    """Words for the present day and those before it: how many days later. Whether a list means its
    entries by "today", or shows a clock, is for `believed_days` to tell.
    """
    languages: frozenset[str] = frozenset()
    """Codes of those whose labels of lists are known."""
    month_units: frozenset[str] = frozenset()
    """Words behind the number of a month, in lower case: `3-р сарын`."""

    own_months: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By language, the names of months in its file, with those that are known on its pages only."""
    day_ago: Callable[[str, date], str | None] = lambda *_: None
    """The day or month that a text counts back from that of its request (`TimesAgo`)."""
    whole_lists: frozenset[str] = frozenset()
    """Labels of links from the newest entries of a list to all of them."""
    language_names: Mapping[str, str] = field(default_factory=dict)
    """What links to pages in a language are called, beside its name in CLDR, and its code."""

    def is_month(self, label: str) -> bool:
        """Whether a label, as `plain` writes it, is the name of a month in any language."""
        return label in self.months or label in _all_months()

    def months_in(self, language: str | None) -> Mapping[str, int]:
        """Which month a name is that of, with those of the language that a page states."""
        stated = {plain(name): number for number, name in month_names(language or "")}
        return {**self.month_numbers, **stated, **self.own_months.get(language or "", {})}

    def month_number(self, label: str, language: str | None = None) -> int | None:
        """Which month a label, as `plain` writes it, is the name of: in the languages of the files,
        in the one that the page states, else in any other if they agree (`listopad` is October or
        November).
        """
        known = self.month_numbers.get(label)
        if known is not None:
            return known
        numbers = _all_months().get(label) or _inflected(label)
        stated = [number for number, codes in numbers.items() if language in codes]
        found = stated or [*numbers]
        return found[0] if len(found) == 1 else None

    def names_list(self, label: str) -> bool:
        """Whether a label, as `plain` writes it, is that of a list of news or events, or of their
        archive.
        """
        return label in self.sections or label in self.archives

    @classmethod
    def from_languages(cls, languages: Mapping[str, Mapping[str, Any]]) -> ListingWords:
        """Collect the words of all languages."""

        def collect(name: str) -> frozenset[str]:
            lists: Iterable[Any] = (
                language.get("discovery", {}).get(name, ()) for language in languages.values()
            )
            return frozenset(plain(str(word)) for words in lists for word in words)

        months = {
            plain(name): number
            for code, language in languages.items()
            for number, name in _month_names(code, language)
        }
        return cls(
            collect("next_page"),
            collect("older_page"),
            collect("archives"),
            collect("past_lists") | collect("archives"),
            collect("previous_page"),
            collect("news_sections") | collect("event_sections") | collect("past_lists"),
            collect("news_sections"),
            collect("furniture"),
            collect("furniture_paths"),
            collect("paging_words"),
            collect("calendar_parameters"),
            collect("calendar_paths"),
            frozenset(months),
            months,
            {word.casefold(): days for word, days in said_days(languages)},
            frozenset(
                code
                for code, language in languages.items()
                if language.get("discovery", {}).get("news_sections")
            ),
            frozenset(
                str(unit).casefold()
                for language in languages.values()
                for unit in language.get("dates", {}).get("numbered_month", ())
            ),
            {
                code: {plain(name): number for number, name in _in_file(language)}
                for code, language in languages.items()
            },
            TimesAgo(languages).day_of,
            collect("whole_lists"),
            {
                plain(str(name)): code
                for code, language in languages.items()
                for name in language.get("discovery", {}).get("language_names", ())
            },
        )


def _month_names(code: str, language: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Those that pages in other languages may be read by."""
    own = frozenset(map(str, language.get("dates", {}).get("only_in_own", ())))
    known = chain(_in_file(language), month_names(code))
    yield from ((number, name) for number, name in known if plain(name) not in own)


def _in_file(language: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    dates = language.get("dates", {})
    for key in ("months", "month_abbreviations"):
        for number, names in (dates.get(key) or {}).items():
            yield from ((int(number), str(name)) for name in names)


@cache
def _all_months() -> Mapping[str, Mapping[int, frozenset[str]]]:
    """Names of months in all languages of CLDR, with their numbers and the languages: 4,000, read
    in half a second where one is asked.
    """
    languages = (name for name in locale_identifiers() if "_" not in name)
    found: dict[str, dict[int, frozenset[str]]] = {}
    for code in languages:
        for number, name in month_names(code):
            numbers = found.setdefault(plain(name), {})
            numbers[number] = numbers.get(number, frozenset()) | {code}
    return found


def _inflected(label: str) -> Mapping[int, frozenset[str]]:
    """What a month with an ending of one or two letters is: `марты`."""
    stems = (label[:-cut] for cut in (1, 2) if len(label) - cut >= SHORTEST_STEM)
    return next((_all_months()[stem] for stem in stems if stem in _all_months()), {})
