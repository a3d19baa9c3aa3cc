"""The date of publication where the site's own pages show that it is printed."""

from __future__ import annotations

from datetime import date

from crawler.parsers.article.own_content import OwnContent
from crawler.parsers.article.publication.day_order import is_source_day_first
from crawler.parsers.article.publication.reader import LoneDates
from crawler.parsers.article.publication.record import (
    Publication,
    PublicationSource,
    is_of_event,
    is_plausible,
)
from crawler.profiles import SiteProfile

RULE = "profile-date"
"""Rule of a date that is known by its place alone."""

_STATED = frozenset({"json-ld", "meta", "time"})
"""Rules of dates that the page states for programs."""
_DAY = len("2015-06-09")


def find_profile_date(
    own: OwnContent, source: PublicationSource, dates: LoneDates
) -> Publication | None:
    """The first date at the best known of the places that the page has; none of an event."""
    if not own.profile.dates:
        return None
    printed = list(own.dates())
    day_first = is_source_day_first(source)
    for place in own.profile.dates:
        for each in printed:
            if place.is_at(each.place, each.label):
                day, instant = dates.parse_instant(each.surface, source.lang, day_first=day_first)
                if day and len(day) == _DAY and is_plausible(day):
                    found = Publication(day, instant, "byline", each.surface, RULE, inferred=True)
                    return None if is_of_event(found, source) else found
                break
    return None


def choose_date(
    found: Publication | None, by_place: Publication | None, profile: SiteProfile
) -> Publication | None:
    """Of the date that the page gives by itself and the one at the known place.

    Where they agree it is the page's. What the page states for programs wins over the place, unless
    it is known not to be right on this site, or is the same day in another time zone.
    """
    if found is None or by_place is None:
        return found or by_place
    if by_place.day.startswith(found.day):
        return found if len(found.day) == _DAY else by_place
    addressed = found.rule == "url" and len(found.day) == _DAY
    stated = found.rule in _STATED and profile.believe_markup
    return found if (stated or addressed) and not _is_neighbour(found, by_place) else by_place


def _is_neighbour(found: Publication, by_place: Publication) -> bool:
    if len(found.day) < _DAY or found.instant is None:
        return False
    apart = date.fromisoformat(found.day) - date.fromisoformat(by_place.day)
    return abs(apart.days) == 1
