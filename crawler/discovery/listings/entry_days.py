"""Days as entries of lists write them, beside their headlines. Pure.

In numbers (`04.05.2026`, `5/4/2026`, `2026.05.04`), with the name of a month in any language
(`4. Mai 2026`; with its year, also `4 maja 2026`), in pieces of a box (`04`, `May`), or as
"yesterday" with or without a time, or "3 days ago".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.records.publication_days import iso_day

_NUMERIC = re.compile(
    r"(?<![\d.])(?:(?P<day>\d{1,2})(?P<sign>\.\s?|[/-])(?P<month>\d{1,2})(?P=sign)(?P<year>20\d\d)"
    r"|(?P<first>20\d\d)(?P<other>[./-])(?P<second>\d\d)(?P=other)(?P<third>\d\d))(?!\d)"
)
_SHORT_YEAR = re.compile(r"(?<![\d.])(\d\d)\.(\d\d)\.(\d\d)(?![\d.])")
_NO_YEAR = re.compile(r"(\d\d)\.(\d\d)\.")
_EITHER_FIRST = re.compile(r"(?<![\d/-])(\d{1,2})(?P<sign>[/-])(\d{1,2})(?P=sign)20\d\d(?!\d)")
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:\.|-|er|st|nd|rd|th)?\s?(?:(?:de|of)\s)?(?P<month>[^\W\d_]{3,16})"
    r"\.?,?(?:[\s-](?:de\s)?(?P<year>20\d\d))?(?!\d)"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[^\W\d_]{3,16})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?P<year>20\d\d))?(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[.-]?\s?(?:[^\W\d_]{1,5}\.?\s)?(?P<month>[^\W\d_]{3,16})\s(?P<day>\d{1,2})(?!\d)"
)
"""2031. március 12., 2031 m. kovo 12 d."""
_YEAR_BEFORE = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[-.\s]{0,2}[^\W\d_]{1,9}\.?,?\s(?P<day>\d{1,2})[-.\s]{1,2}(?P<month>[^\W\d_]{3,16})"
)
"""2031-жылдын 12-марты, 2031-yil 12-mart."""
_COUNTED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s?[^\W\d_]{1,5}\s?(?P<month>\d{1,2})(?:-[^\W\d_]{1,2}\s)?[-\s]?"
    r"(?P<unit>(?:[^\W\d_]{1,7}\s)?[^\W\d_]{1,7})\s?(?P<day>\d{1,2})(?!\d)"
)
"""2031 оны 3-р сарын 12, 2031年3月12日."""
_COUNTED_ALONE = re.compile(
    r"(?P<month>\d{1,2})(?:-[^\W\d_]{1,2}\s)?[-\s]?(?P<unit>(?:[^\W\d_]{1,7}\s)?[^\W\d_]{1,7})"
    r"\s?(?P<day>\d{1,2})(?:[-\s]?[^\W\d_]{1,4})?"
)
"""Without its year: 3-р сарын 12, 3月12日."""
_PAIR = re.compile(r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d\d)(?:,?\s\d{1,2}:\d\d)?")
"""Day and month without a year, maybe with a time behind them: `11.03`, `02/19`, `11.03, 14:25`."""
_ANY_PAIR = re.compile(rf"(?<!\S){_PAIR.pattern}(?!\S)")
_UNITS = frozenset("月월")
"""Behind the number of a month, beside the words of the language files."""
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_WORD = re.compile(r"[^\W\d_]+")
_TIMED = re.compile(r"(?<![^\W_])([^\W\d_]+),?\s(?:[^\W\d_]{1,3}\s)?\d{1,2}[:.]\d\d(?![.:]?\d)")
"""A word with a time behind it: `Today, 14:30`, `вчера в 9:40`."""
LAST_MONTH = 12
FEWEST_TODAY = 2
"""Entries of a list that say it; a clock stands beside one."""
MOST_BESIDE = 4
"""Words beside a day, in a piece of text that tells it: in a headline it may be any."""
LONGEST = 80
"""Characters of such a piece."""
IN_BOX = 12
"""Characters of a piece of a box with a day, that has no words but its month."""
_NAMED = (_YEAR_BEFORE, _DAY_FIRST, _YEAR_FIRST, _MONTH_FIRST)


@dataclass(frozen=True, slots=True)
class EntryDays:
    """Reads days of one page."""

    months: Mapping[str, int]
    """Names of months, in lower case."""
    relative: Mapping[str, int]
    """Words for days around the present one, in lower case: how many days later."""
    today: date | None
    """The day of the request; without it, days that hang on it are left out."""
    month_first: bool = False
    """The list writes `5/4/2026` for the 4th of May."""
    other_months: Callable[[str], int | None] = lambda _: None
    """Which month a name in lower case is in other languages; asked where a year stands beside it.
    """
    month_units: Collection[str] = ()
    """Words behind the number of a month, in lower case: others count hours (`2026 à 10h30`)."""
    pairs: bool = False
    """The entries of the list have days of two numbers, without a year (`11.03`)."""
    year: int | None = None
    """The list is that part of an archive."""
    day_ago: Callable[[str, date], str | None] = lambda *_: None
    """The day or month that a text counts back from that of the request: `3 days ago`."""

    def in_numbers(self, text: str) -> str | None:
        """The first day in a text that is written in numbers."""
        found = _NUMERIC.search(text)
        if found is None:
            short = _SHORT_YEAR.search(text)
            if short is not None:
                return iso_day(2000 + int(short[3]), int(short[2]), int(short[1]))
            return self._counted(text)
        if found["first"]:
            return iso_day(int(found["first"]), int(found["second"]), int(found["third"]))
        day, month = int(found["day"]), int(found["month"])
        if found["sign"] in "/-" and (self.month_first or month > LAST_MONTH):
            day, month = month, day
        return iso_day(int(found["year"]), month, day)

    def _counted(self, text: str) -> str | None:
        for found in _COUNTED.finditer(text):
            if self._is_month_unit(found["unit"]):
                return iso_day(int(found["year"]), int(found["month"]), int(found["day"]))
        return None

    def in_words(self, pieces: Iterable[str]) -> str | None:
        """The first day that a piece of text tells, by the name of its month or as "yesterday"; or
        that short pieces tell together: a box with `12` above `Mar`.
        """
        texts = [text for piece in pieces if (text := " ".join(piece.split()).casefold())]
        for number, text in enumerate(texts):
            found = self._told(text) if len(text) <= LONGEST else None
            found = found or self._in_box(texts[number : number + len(("day", "month", "year"))])
            if found is not None:
                return found
        return None

    def _told(self, text: str) -> str | None:
        short = _NO_YEAR.fullmatch(text)
        if short is not None:
            return self._day(int(short[1]), int(short[2]), None)
        return self._pair(text) or self._relative(text) or self._named(text) or self._unit(text)

    def _pair(self, text: str) -> str | None:
        found = _PAIR.fullmatch(text) if self.pairs else None
        return self._day(*_day_and_month(found, self.month_first), None) if found else None

    def _unit(self, text: str) -> str | None:
        found = _COUNTED_ALONE.fullmatch(text)
        if found is None or not self._is_month_unit(found["unit"]):
            return None
        return self._day(int(found["day"]), int(found["month"]), None)

    def _is_month_unit(self, word: str) -> bool:
        return word.casefold() in _UNITS or word.casefold() in self.month_units

    def _in_box(self, texts: Sequence[str]) -> str | None:
        """The day of two or three pieces; with its year, if the third is one."""
        for several in (texts, texts[:2]):
            box = " ".join(several)
            is_box = len(several) > 1 and all(len(text) <= IN_BOX for text in several)
            if is_box and len(_WORD.findall(box)) == 1:
                return self._named(box)
        return None

    def _relative(self, text: str) -> str | None:
        timed = _TIMED.fullmatch(text)
        words = timed[1] if timed else _TIME.sub("", text).split(",")[0].strip(" .:|–—-")
        days = self.relative.get(words)
        if self.today is None:
            return None
        if days is None:
            return self.day_ago(text, self.today) or self.day_ago(words, self.today)
        if days >= 0 and _TIME.search(text) is None:
            return None
        return (self.today + timedelta(days=days)).isoformat()

    def _named(self, text: str) -> str | None:
        for pattern in _NAMED:
            for found in pattern.finditer(text):
                month = self.months.get(found["month"])
                if month is None and found["year"]:
                    month = self.other_months(found["month"])
                beside = len(_WORD.findall(text[: found.start()] + " " + text[found.end() :]))
                if month is not None and beside <= MOST_BESIDE:
                    return self._day(int(found["day"]), month, found["year"])
        return None

    def _day(self, day: int, month: int, year: str | None) -> str | None:
        """The day; without a year the one in that of the list, or nearest to the present day."""
        if year is not None or self.year is not None:
            return iso_day(int(year or self.year or 0), month, day)
        if self.today is None:
            return None
        years = (self.today.year + n for n in (-1, 0, 1))
        near = [date.fromisoformat(iso) for y in years if (iso := iso_day(y, month, day))]
        today = self.today
        return min(near, key=lambda d: abs(d - today)).isoformat() if near else None


def believed_days(
    relative: Mapping[str, int],
    texts: Sequence[str],
    has_day: Callable[[int], bool] = lambda _: True,
) -> Mapping[str, int]:
    """Words for days around the present one, without those for the present one where the entries of
    a list do not say by themselves that it means them: "today, 14:30" is the clock of the page,
    too, beside one entry. That entry has a day of its own; `has_day`, by the number of an entry:
    whether it has one in numbers or words.
    """
    said: Counter[bool] = Counter()
    of_today: set[int] = set()
    for number, text in enumerate(texts):
        for found in _TIMED.finditer(text.casefold()):
            days = relative.get(found[1])
            said.update([] if days is None else [days == 0])
            of_today.update([number] if days == 0 else [])
    if said[False] or said[True] >= FEWEST_TODAY:
        return relative
    if of_today and len(texts) > FEWEST_TODAY:
        without = {number for number in range(len(texts)) if not has_day(number)}
        if without == of_today:
            return relative
    return {word: days for word, days in relative.items() if days}


def begins_with_year(text: str) -> bool:
    """Whether a text has what may be a day that begins with its year: `2031 m. kovo 12 d.`."""
    return any(p.search(text) is not None for p in (_YEAR_FIRST, _YEAR_BEFORE, _COUNTED))


def writes_month_first(texts: Sequence[str]) -> bool:
    """Whether a list does: some day of it can't be read otherwise, and none the other way."""
    found = [(int(a), int(b)) for text in texts for a, _, b in _EITHER_FIRST.findall(text)]
    if writes_pairs(texts):
        pairs = filter(None, map(_ANY_PAIR.search, texts))
        found += [(int(p["first"]), int(p["second"])) for p in pairs if p["sign"] == "/"]
    return any(b > LAST_MONTH for _, b in found) and all(a <= LAST_MONTH for a, _ in found)


def writes_pairs(texts: Sequence[str]) -> bool:
    """Whether entries of a list have days of two numbers: most have them, and all of these can be
    days, which times (`14.35`), prices and marks rarely are.
    """
    found = [pair for text in texts if (pair := _ANY_PAIR.search(text))]
    days = (_day_and_month(pair, month_first=False) for pair in found)
    # 2000 is a leap year
    return len(found) * 2 > len(texts) > 1 and all(iso_day(2000, month, day) for day, month in days)


def _day_and_month(pair: re.Match[str], month_first: bool) -> tuple[int, int]:
    first, second = int(pair["first"]), int(pair["second"])
    is_swapped = pair["sign"] == "/" and (month_first or second > LAST_MONTH)
    return (second, first) if is_swapped else (first, second)
