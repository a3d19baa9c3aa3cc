"""At which places a site prints days of publication, and at which ones other days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.parsers.article.printed_dates import PrintedDate, day_comes_first, says_about
from crawler.profiles.learning.evidence import is_markup_believed
from crawler.profiles.learning.sample import ReadSample
from crawler.profiles.profile import DatePlace

FEWEST_AGREEING = 2
"""Pages on which a place has to say the day that other evidence gives."""
SHARE_AGREEING = 0.75
"""Of the pages that have the place and such evidence."""
FEWEST, SHARE_OF_CLOCKS = 3, 0.8
"""Pages whose date at a place is the day of the visit, or the same one; share of those that have
the place.
"""
FEWEST_OTHERS = 2
"""Pages that are known to be of another day than a clock says."""
FRAME, SHARE_OF_FRAME = 5, 0.8
"""Pages, and their share of all, that have a place which belongs to the frame of the site."""


@dataclass(frozen=True, slots=True)
class DatePlaces:
    """What is known of a site's dates, as `SiteProfile` has it."""

    dates: tuple[DatePlace, ...]
    clocks: tuple[DatePlace, ...]
    day_first: bool | None
    believe_markup: bool


@dataclass(slots=True)
class _Tally:
    """What was seen at a place; each page counts once."""

    pages: int = 0
    known: int = 0
    """Pages whose day is known from elsewhere."""
    agreeing: int = 0
    of_visit: int = 0
    others: int = 0
    """Pages whose day is known to be another one."""
    surfaces: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, printed: PrintedDate, fetched: date, day: date | None) -> None:
        self.pages += 1
        self.surfaces[printed.surface] += 1
        self.of_visit += says_about(printed.surface, fetched)
        if day is not None:
            agrees = says_about(printed.surface, day)
            self.known += 1
            self.agreeing += agrees
            self.others += not agrees

    @property
    def is_right(self) -> bool:
        return self.agreeing >= max(FEWEST_AGREEING, SHARE_AGREEING * self.known)

    def is_clock(self, pages: int) -> bool:
        alike = max(self.of_visit, *self.surfaces.values())
        if alike < max(FEWEST, SHARE_OF_CLOCKS * self.pages):
            return False
        in_frame = self.pages >= max(FRAME, SHARE_OF_FRAME * pages)
        return self.others >= FEWEST_OTHERS or (in_frame and not self.known)


def find_date_places(pages: Sequence[ReadSample]) -> DatePlaces:
    """Judge each place by itself: a site may have several templates."""
    believed = is_markup_believed([page.evidence for page in pages])
    days = [page.evidence.day(believe_markup=believed) for page in pages]
    tallies: defaultdict[tuple[str, str | None], _Tally] = defaultdict(_Tally)
    for page, day in zip(pages, days, strict=True):
        for key, printed in _first_at_places(page.dates).items():
            tallies[key].add(printed, page.evidence.fetched, day)
    right = {key for key, tally in tallies.items() if tally.is_right}
    wrong = {key for key, tally in tallies.items() if tally.is_clock(len(pages))} - right
    dates = _places(tallies, right)
    return DatePlaces(
        tuple(sorted(dates, key=lambda place: -place.pages)),
        tuple(_places(tallies, wrong)),
        _day_first(pages, days, {(place.place, place.label) for place in dates}),
        believed,
    )


def _first_at_places(
    dates: Sequence[PrintedDate],
) -> Mapping[tuple[str, str | None], PrintedDate]:
    """The first date of a page at each place, and of those behind one label."""
    found: dict[tuple[str, str | None], PrintedDate] = {}
    for printed in dates:
        found.setdefault((printed.place, None), printed)
        found.setdefault((printed.place, printed.label), printed)
    return found


def _places(
    tallies: Mapping[tuple[str, str | None], _Tally], chosen: set[tuple[str, str | None]]
) -> list[DatePlace]:
    """The chosen places by name; labels only where the place alone won't do."""
    return [
        DatePlace(place, label, tallies[place, label].agreeing or tallies[place, label].pages)
        for place, label in sorted(chosen, key=lambda key: (key[0], key[1] or ""))
        if label is None or (place, None) not in chosen
    ]


def _day_first(
    pages: Sequence[ReadSample], days: Sequence[date | None], places: set[tuple[str, str | None]]
) -> bool | None:
    """How the site writes dates of numbers; None where it writes none, or both ways alike."""
    votes = [0, 0]
    for page, day in zip(pages, days, strict=True):
        for key, printed in _first_at_places(page.dates).items():
            order = day_comes_first(printed.surface, day) if day and key in places else None
            if order is not None:
                votes[order] += 1
    month_first, day_first = votes
    if max(votes) < FEWEST_AGREEING or month_first == day_first:
        return None
    return day_first > month_first
