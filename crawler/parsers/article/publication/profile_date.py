"""The date of publication where the site's own pages show that it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crawler.parsers.article.own_content import OwnContent
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import PrintedDate, before_date, says_day
from crawler.parsers.article.publication.day_order import is_source_day_first
from crawler.parsers.article.publication.record import (
    Publication,
    PublicationSource,
    event_days,
    is_plausible,
)
from crawler.parsers.dates import DateReader
from crawler.profiles import SiteProfile

RULE = "profile-date"
"""Rule of a date that is known by its place alone."""

_STATED = frozenset({"json-ld", "meta"})
"""Rules of dates that the page states for programs."""
_DAY = len("2015-06-09")


def settle_date(
    found: Publication | None,
    own: OwnContent,
    source: PublicationSource,
    dates: DateReader,
    words: PageWords,
) -> Publication | None:
    """Of the date that the page gives by itself and the one where its site prints dates.

    Where they agree it is the page's. What the page states for programs wins over the place, unless
    it is known not to be right on this site, or is the same day in another time zone. A day that
    stands where the site prints days to come is of an event, and one at a clock that of a visit.
    """
    profile = own.profile
    printed = own.dates if profile.dates or profile.ahead else ()
    if found is not None and not _is_stated(found, profile):
        of_other = _is_ahead(found, printed, profile) or own.is_clock(found.surface)
        found = None if of_other else found
    by_place = _by_place(printed, profile, source, dates, words) if own.is_known else None
    if found is None or by_place is None:
        return found or by_place
    if by_place.day.startswith(found.day):
        return found if len(found.day) == _DAY else by_place
    keeps = _is_stated(found, profile) and not _is_neighbour(found, by_place)
    return found if keeps else by_place


def _by_place(
    printed: Sequence[PrintedDate],
    profile: SiteProfile,
    source: PublicationSource,
    dates: DateReader,
    words: PageWords,
) -> Publication | None:
    """The first date at the best known of the places that the page has, rather than one of a
    change; none of an event.
    """
    day_first = is_source_day_first(source)
    for place in profile.dates:
        at = [each for each in printed if place.is_at(each.place, each.label)]
        if not at:
            continue
        first = next((each for each in at if not _is_of_change(each, words)), at[0])
        day, instant = dates.parse_instant(first.surface, source.lang, day_first=day_first)
        if day and len(day) == _DAY and is_plausible(day):
            found = Publication(day, instant, "byline", first.surface, RULE, inferred=True)
            return None if found.day in event_days(source) else found
    return None


def _is_of_change(printed: PrintedDate, words: PageWords) -> bool:
    """Its own words, behind the date before it, say that the page was changed then."""
    said = before_date(printed)
    return words.last(said, "updated", "published") == "updated"


def _is_stated(found: Publication, profile: SiteProfile) -> bool:
    """By the page for programs, or by its address."""
    addressed = found.rule == "url" and len(found.day) == _DAY
    return addressed or (found.rule in _STATED and profile.believe_markup)


def _is_ahead(found: Publication, printed: Sequence[PrintedDate], profile: SiteProfile) -> bool:
    """The day stands at a place of days to come, and nowhere else."""
    if len(found.day) != _DAY:
        return False
    day = date.fromisoformat(found.day)
    at = [
        any(place.is_at(each.place, each.label) for place in profile.ahead)
        for each in printed
        if says_day(each.surface, day) or each.surface in found.surface  # 18 to 19 June 2026
    ]
    return bool(at) and all(at)


def _is_neighbour(found: Publication, by_place: Publication) -> bool:
    """The day before or behind, of an instant: another time zone."""
    if len(found.day) < _DAY or found.instant is None:
        return False
    apart = date.fromisoformat(found.day) - date.fromisoformat(by_place.day)
    return abs(apart.days) == 1
