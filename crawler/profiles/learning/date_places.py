"""At which places a site prints days of publication, and at which ones other days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from crawler.parsers.article.printed_dates import (
    PrintedDate,
    day_comes_first,
    is_after,
    month_word,
    say_same,
    says_about,
    says_day,
)
from crawler.profiles.learning.evidence import is_markup_believed
from crawler.profiles.learning.month_words import month_words
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
FEWEST_AHEAD, SHARE_AHEAD = 2, 0.3
"""Pages whose date at a place was still to come when they were fetched: days of events. They have
to be more than those whose date there is the one of publication.
"""
FEWEST_ALONE, SHARE_ALONE = 4, 0.75
"""Pages that a place is known from without other evidence; share of them that have to be alike."""
SHARE_OF_LABEL = 0.5
"""Of the pages that have the place: a rarer label is a word of a text, not of the template."""
FRAME, SHARE_OF_FRAME = 5, 0.8
"""Pages, and their share of all, that have a place which belongs to the frame of the site."""

_Key: TypeAlias = tuple[str, str | None]
"""A place, and a label or any."""


@dataclass(frozen=True, slots=True)
class DatePlaces:
    """What is known of a site's dates, as `SiteProfile` has it."""

    dates: tuple[DatePlace, ...]
    clocks: tuple[DatePlace, ...]
    ahead: tuple[DatePlace, ...]
    day_first: bool | None
    believe_markup: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one page's day."""

    fetched: date
    day: date | None
    """By feeds, addresses and markup."""
    listed: Collection[str]
    """As the site's own lists print it."""
    months: Mapping[str, int]

    def is_ahead(self, surface: str) -> bool:
        return is_after(surface, self.fetched + timedelta(days=1), self.months)

    def agrees(self, surface: str) -> bool | None:
        """Whether a date is the page's; None where nothing tells. Lists also print what is still
        to come, and that is no day of publication.
        """
        if self.day is not None:
            return says_about(surface, self.day)
        past = [printed for printed in self.listed if not self.is_ahead(printed)]
        return any(say_same(surface, printed) for printed in past) if past else None


@dataclass(slots=True)
class _Tally:
    """What was seen at a place; each page counts once, by the first date there."""

    pages: int = 0
    known: int = 0
    """Pages whose day is known from elsewhere."""
    agreeing: int = 0
    of_visit: int = 0
    """Pages all of whose dates there are the day on which they were fetched."""
    others: int = 0
    """Pages whose day is known to be another one."""
    ahead: int = 0
    """Pages on which it was still to come when they were fetched."""
    alike: Counter[str] = field(default_factory=Counter)
    """How many pages say the same and nothing else."""
    listed: int = 0
    """Pages whose headline lists state."""

    def add(self, dates: Sequence[PrintedDate], known: _Known, *, listed: bool) -> None:
        surfaces = [printed.surface for printed in dates]
        self.pages += 1
        self.listed += listed and not dates[0].in_prose
        self.of_visit += all(says_about(surface, known.fetched) for surface in surfaces)
        self.ahead += known.is_ahead(surfaces[0]) and not dates[0].in_prose
        if len(set(surfaces)) == 1:
            self.alike[surfaces[0]] += 1
        agrees = known.agrees(surfaces[0])
        if agrees is not None:
            self.known += 1
            self.agreeing += agrees
            self.others += not agrees

    @property
    def is_right(self) -> bool:
        enough = self.agreeing >= max(FEWEST_AGREEING, SHARE_AGREEING * self.known)
        return enough and not self.is_ahead

    @property
    def is_ahead(self) -> bool:
        enough = self.ahead >= max(FEWEST_AHEAD, SHARE_AHEAD * self.pages)
        return enough and self.ahead >= self.agreeing

    def speaks_alone(self, listed: int) -> bool:
        """Whether most of the pages that lists lead to print one day there, each its own, none to
        come, and nothing else tells of any of them: that is when they were published.
        """
        enough = self.listed >= max(FEWEST_ALONE, SHARE_ALONE * self.pages, SHARE_ALONE * listed)
        own_days = len(self.alike) >= SHARE_ALONE * self.pages
        return enough and own_days and not self.known and not self.ahead

    def is_clock(self, pages: int) -> bool:
        alike = max(self.of_visit, *self.alike.values(), 0)
        if alike < max(FEWEST, SHARE_OF_CLOCKS * self.pages):
            return False
        in_frame = self.pages >= max(FRAME, SHARE_OF_FRAME * pages)
        return self.others >= FEWEST_OTHERS or (in_frame and not self.known)


def find_date_places(pages: Sequence[ReadSample]) -> DatePlaces:
    """Judge each place by itself: a site may have several templates."""
    believed = is_markup_believed([page.evidence for page in pages])
    days = [page.evidence.day(believe_markup=believed) for page in pages]
    tallies: dict[_Key, _Tally] = defaultdict(_Tally)
    listed = _listed_dates(pages)
    months = _months(pages, days)
    for page, day in zip(pages, days, strict=True):
        known = _Known(page.evidence.fetched, day, listed.get(page.url or "", ()), months)
        for key, printed in _by_place(page.dates).items():
            tallies[key].add(printed, known, listed=bool(page.listed))
    tallies = {
        (place, label): tally
        for (place, label), tally in tallies.items()
        if label is None or tally.pages >= SHARE_OF_LABEL * tallies[place, None].pages
    }
    right = {key for key, tally in tallies.items() if tally.is_right}
    wrong = {key for key, tally in tallies.items() if tally.is_clock(len(pages))} - right
    ahead = {key for key, tally in tallies.items() if tally.is_ahead} - wrong
    dates = _places(tallies, right or _alone(tallies, pages))
    return DatePlaces(
        tuple(sorted(dates, key=lambda place: -place.pages)),
        tuple(_places(tallies, wrong)),
        tuple(_places(tallies, ahead)),
        _day_first(pages, days, {(place.place, place.label) for place in dates}),
        believed,
    )


def _alone(tallies: Mapping[_Key, _Tally], pages: Sequence[ReadSample]) -> set[_Key]:
    """The first place whose days nothing supports but that each page has one there; none where
    another such place says other days: one may say when an event was.
    """
    listed = sum(bool(page.listed) for page in pages)
    found = [key for key, tally in tallies.items() if tally.speaks_alone(listed)]
    first = tallies[found[0]].alike if found else Counter[str]()
    agreeing = ((first & tallies[key].alike).total() for key in found)
    return {*found[:1]} if all(n >= SHARE_ALONE * first.total() for n in agreeing) else set()


def _months(pages: Sequence[ReadSample], days: Sequence[date | None]) -> Mapping[str, int]:
    """What the words for months mean on this site: by dates that are known, and by CLDR in the
    languages that the pages are written in.
    """
    votes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for lang in {page.lang for page in pages if page.lang}:
        for word, month in month_words(lang).items():
            votes[word][month] += 1
    for page, day in zip(pages, days, strict=True):
        for printed in page.dates:
            named = month_word(printed.surface)
            if named and day is not None and says_day(printed.surface, day):
                votes[named][day.month] += 1
    return {word: min(counted, key=lambda m: (-counted[m], m)) for word, counted in votes.items()}


def _listed_dates(pages: Sequence[ReadSample]) -> Mapping[str, Collection[str]]:
    """Address → the date that most entries on other pages print beside the link to it."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    known = {page.url for page in pages}
    for page in pages:
        dates = {link.url: link.date for link in page.links if link.url in known and link.date}
        for url, printed in dates.items():
            found[url][printed] += 1
    return {
        url: [printed for printed, count in counted.items() if count == max(counted.values())]
        for url, counted in found.items()
    }


def _by_place(dates: Sequence[PrintedDate]) -> Mapping[_Key, Sequence[PrintedDate]]:
    """The dates of a page at each place, and those behind one label."""
    found: defaultdict[_Key, list[PrintedDate]] = defaultdict(list)
    for printed in dates:
        found[printed.place, None].append(printed)
        found[printed.place, printed.label].append(printed)
    return found


def _places(tallies: Mapping[_Key, _Tally], chosen: Collection[_Key]) -> list[DatePlace]:
    """The chosen places by name; labels only where the place alone won't do."""
    return [
        DatePlace(place, label, tallies[place, label].agreeing or tallies[place, label].pages)
        for place, label in sorted(chosen, key=lambda key: (key[0], key[1] or ""))
        if label is None or (place, None) not in chosen
    ]


def _day_first(
    pages: Sequence[ReadSample], days: Sequence[date | None], places: Collection[_Key]
) -> bool | None:
    """How the site writes dates of numbers; None where it writes none, or both ways alike."""
    votes = [0, 0]
    for page, day in zip(pages, days, strict=True):
        for key, printed in _by_place(page.dates).items():
            order = day_comes_first(printed[0].surface, day) if day and key in places else None
            if order is not None:
                votes[order] += 1
    month_first, day_first = votes
    if max(votes) < FEWEST_AGREEING or month_first == day_first:
        return None
    return day_first > month_first
