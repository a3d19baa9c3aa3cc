"""Days as a page prints them, in any language: where they stand, not what they say.

For the profile of a site, which learns and knows again the places of dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice, pairwise

from crawler.parsers.article.blocks import LONG, TextBlock, words_of
from crawler.profiles.places import Places

AT_START = 60
"""Characters before a date that is no part of a sentence."""
LABEL_WORDS = 3
LONGEST = 40
"""Characters of a printed date."""

_YEAR = r"(?:19|20)\d{2}"
_SIGN = r"\s?[./|-]\s?"
_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
"""A day or a month: `55-01-90` is a telephone."""
_WORDS = r"(?:[^\W\d_]{1,14}[.,]?[\s-]{1,2}){1,3}"
_DATE = re.compile(
    rf"""(?<![\d./-])(?:
        {_YEAR}(?P<sign>{_SIGN}){_OF_MONTH}(?P=sign){_OF_MONTH}
      | {_OF_MONTH}(?P<other>{_SIGN}){_OF_MONTH}(?P=other)(?:{_YEAR}|\d{{2}})
      | \d{{1,2}}[^\W\d_]{{0,2}}[.º]?[\s-]{{1,2}}{_WORDS}{_YEAR}
      | \d{{1,2}}[^\W\d_]{{3,14}}[.]?\s?{_YEAR}
      | [^\W\d_]{{3,14}}[.]?\s\d{{1,2}}[^\W\d_]{{0,2}},?\s{_YEAR}
      | {_YEAR}\s?[^\W\d_]{{1,5}}\s?\d{{1,2}}[\s-]?(?:[^\W\d_]{{1,7}}\s)?[^\W\d_]{{1,7}}\s?\d{{1,2}}
      | {_YEAR}[.-]?\s?{_WORDS}\d{{1,2}}(?:[\s-][^\W\d_]{{3,14}}(?:\s\d{{1,2}})?)?
    )(?![./-]?\d)""",
    re.VERBOSE,
)
"""Day, month and year in any order, the month as a number, as a word, or as a number with a word
behind it (`2026 оны 11-р сарын 12`, `2026-yil 4-mart`); in boxes of events without blanks:
`16April2026`.
"""
_DAYS = r"(?<![\d./–—-])\d{1,2}[.]?\s?[–—-]\s?\d{1,2}[.]?"
_SPAN = re.compile(
    rf"(?:{_DAYS}\s[^\W\d_]{{3,14}}[.]?|[^\W\d_]{{3,14}}[.]?\s{_DAYS}),?\s{_YEAR}(?!\d)"
)
"""Days of one month before or behind its name."""
_MAY_HOLD = re.compile(r"\d(?:(?:(?<=1)9|(?<=2)0)\d{2}|\s?[./|-]\s?\d{1,2}\s?[./|-])")
"""What a text with a day has in any case; found in a fraction of the time."""
_FULL_YEAR = re.compile(_YEAR)
_DASHES = frozenset("-–—")
_TOKEN = re.compile(r"\d+|[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day that a line of the page holds near its start."""

    place: str
    label: str
    """Folded words right before it in the line; empty where there are none."""
    surface: str
    line: str

    @property
    def in_prose(self) -> bool:
        """The line is a sentence of a text: where it stands says nothing of its days."""
        return len(words_of(self.line)) >= LONG


def first_date(text: str) -> str | None:
    """The first day that a text holds, as it is printed."""
    match = _DATE.search(text)
    return match.group() if match else None


def spans_days(line: str) -> bool:
    """Whether a line says two days with nothing but a dash between, `2–4 March 2031`, too: those of
    an event.
    """
    return bool(days_of_spans(line, [*_DATE.finditer(line)])) or _SPAN.search(line) is not None


def days_of_spans(line: str, days: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Of the days of a line those that are the first or last of a span."""
    spans = (s for s in pairwise(days) if joins(line[s[0].end() : s[1].start()]))
    return [day for span in spans for day in span]


def joins(text: str) -> bool:
    """Whether what stands between two days makes them a span."""
    return text.strip() in _DASHES


def without_day(text: str, day: date) -> str:
    """A text without the places that can mean the day, its year among them."""
    return _DATE.sub(lambda match: "" if says_day(match.group(), day) else match.group(), text)


def has_date(text: str) -> bool:
    """Whether a text holds a day with its year."""
    return _MAY_HOLD.search(text) is not None and _DATE.search(text) is not None


def is_date(text: str) -> bool:
    """Whether a text is a day with its year and nothing else."""
    return _DATE.fullmatch(text.strip(" .,")) is not None


def printed_dates(blocks: Sequence[TextBlock], places: Places) -> Iterator[PrintedDate]:
    """The dates of a page's lines, in its order."""
    for block in blocks:
        for line in filter(_MAY_HOLD.search, block.text.split("\n")):
            for match in _DATE.finditer(line, 0, AT_START + 40):
                if match.start() <= AT_START:
                    before = [w for w in words_of(line[: match.start()]) if not w.isdigit()]
                    label = " ".join(before[-LABEL_WORDS:])
                    yield PrintedDate(places.of(block.element), label, match.group(), line)


def before_date(printed: PrintedDate) -> str:
    """What its line says right before it, behind another date."""
    *_, said = _DATE.split(printed.line.partition(printed.surface)[0])
    return said


def says_day(surface: str, day: date) -> bool:
    """Whether a printed date can be the day: its numbers are, a month in words is believed."""
    tokens = _TOKEN.findall(surface)
    numbers = [int(token) for token in tokens if token.isdigit()]
    if len(numbers) == 3:
        year, rest = numbers[-1], numbers[:-1]
        if len(tokens[0]) == len("2015"):
            year, rest = numbers[0], numbers[1:]
        return year in (day.year, day.year % 100) and sorted(rest) == sorted((day.month, day.day))
    return sorted(numbers) == sorted((day.year, day.day)) and len(tokens) > len(numbers)


def says_day_of_any_year(line: str, day: date, month_names: str) -> bool:
    """Whether a line says the day without a year: `5–6 June`, `June 6`, `06.06.`.

    `month_names`: an expression of what the month of the day is called.
    """
    return re.search(_without_year(day.day, day.month, month_names), line) is not None


@lru_cache(maxsize=64)
def _without_year(day: int, month: int, month_names: str) -> re.Pattern[str]:
    number, named = rf"(?<![\d.:])0?{day}", rf"(?:{month_names})(?![^\W\d_])"
    suffix, until = r"(?:[.º]|-?[^\W\d_]{1,3})?", r"\s?[-–—]\s?"
    return re.compile(
        rf"{number}[./]\s?0?{month}(?:\.(?!\d)|(?![\d.]))"
        rf"|{number}{suffix}(?:{until}\d{{1,2}}{suffix})?[\s-](?:de\s|of\s)?{named}"
        rf"|(?<![^\W\d_]){named}\.?\s(?:\d{{1,2}}{suffix}{until})?0?{day}(?!\d|[.,:]\d)",
        re.IGNORECASE,
    )


def is_after(surface: str, day: date, months: Mapping[str, int]) -> bool:
    """Whether a printed date with the century is surely later than a day.

    `months`: which month the words mean that `month_word` gives; another word tells nothing.
    """
    year = _FULL_YEAR.search(surface)
    if year is None or int(year.group()) != day.year:
        return year is not None and int(year.group()) > day.year
    numbers, _ = _pieces(surface)
    if len(numbers) == len(("day", "year")):
        month = months.get(month_word(surface) or "")
        return month is not None and (month, numbers[0]) > (day.month, day.day)
    # The smaller number is taken for the month where both can be: that is the earlier day.
    return (numbers[0], numbers[1]) > (day.month, day.day)


def month_word(surface: str) -> str | None:
    """The start of the word that names the month; None where a number does."""
    words = [token for token in _TOKEN.findall(surface) if not token.isdigit()]
    return words[0].casefold()[:3] if words else None


def say_same(one: str, other: str) -> bool:
    """Whether two printed dates can be one day; a month in words may be any month in numbers."""
    (numbers, words), (others, other_words) = _pieces(one), _pieces(other)
    if words and other_words:
        return numbers == others and words[0][:3] == other_words[0][:3]
    if not words and not other_words:
        return numbers == others
    fewer, more = sorted((numbers, others), key=len)
    return fewer[-1] == more[-1] and set(fewer) <= set(more)


def _pieces(surface: str) -> tuple[list[int], list[str]]:
    """Day and month sorted, then the year with its century; words of three letters and more."""
    tokens = _TOKEN.findall(surface)
    digits = [token for token in tokens if token.isdigit()]
    year = next((d for d in digits if len(d) == len("2015")), digits[-1])
    digits.remove(year)
    words = [token.casefold() for token in tokens if not token.isdigit()]
    return [*sorted(map(int, digits)), int(year[-2:])], words


def says_about(surface: str, day: date) -> bool:
    """The same with the days beside it: evidence may be of another time zone."""
    return any(says_day(surface, day + timedelta(days=d)) for d in (0, -1, 1))


def day_comes_first(surface: str, day: date) -> bool | None:
    """Whether a date of numbers has the day before the month; None if it can't tell."""
    numbers = [int(number) for number in re.findall(r"\d+", surface)]
    if len(numbers) != 3 or day.day == day.month or not says_day(surface, day):
        return None
    if numbers[0] == day.year:
        return None
    return numbers[:2] == [day.day, day.month]


def dates_in(line: str, start: int, most: int) -> Iterator[re.Match[str]]:
    """The first days that a line holds, none that begins behind so many characters."""
    if not _MAY_HOLD.search(line):
        return
    for match in islice(_DATE.finditer(line, 0, start + LONGEST), most):
        if match.start() <= start:
            yield match
