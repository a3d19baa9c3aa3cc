"""Which day of publication a page has: its own, the one that its site is known to print, or the one
that what led to it states; none that is an event's.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from functools import cached_property

from crawler.parsers.article.blocks import LONG
from crawler.parsers.article.content import Content
from crawler.parsers.article.kind.event_address import lies_among_events
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import (
    has_date,
    printed_dates,
    says_day,
    says_day_of_any_year,
    spans_days,
    without_day,
)
from crawler.parsers.article.publication import (
    PRINTED,
    Publication,
    PublicationReader,
    PublicationSource,
    settle_date,
)
from crawler.parsers.article.publication.date_lines import says_published
from crawler.parsers.dates import DateReader
from crawler.profiles import ArticlePlaces
from crawler.profiles.places import Places
from indexer.records.document import Kind
from indexer.records.publication_days import is_to_come
from indexer.records.stated import LISTED_AT, Stated

_DAY = len("2015-06-09")
_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
"""What may be a day of a month."""
_STATED = frozenset({"json-ld", "meta"})
"""Rules of dates that a page states for programs."""
LISTED = "listed"
"""Rule of a date that only feeds, lists or sitemaps state."""
SEARCHED = frozenset({"printed", "script"})
"""Rules of dates that stand anywhere in a page."""


class PageDates:
    """Reads the day of publication of a page whose content is known."""

    def __init__(
        self, publications: PublicationReader, dates: DateReader, words: PageWords
    ) -> None:
        self._publications = publications
        self._dates = dates
        self._words = words

    def read(self, source: PublicationSource, content: Content) -> Publication | None:
        """By the page; else what its site states of it elsewhere."""
        if content.announced:
            source = dataclasses.replace(source, listed=None)
        dated = self._publications.read(source)
        if content.own is not None:
            found = dated
            dated = settle_date(found, content.own, source, self._dates, self._words)
            if dated is None and found is not None:
                dated = self._publications.read_stated(source)
        listed = source.listed
        if listed is None:
            return dated
        if dated is None:
            is_own = not prints(listed, content)
        else:
            # What stands anywhere may be the day of a link to another page.
            is_own = dated.rule == "printed" and self._shows_instead(listed, dated, content)
        if not is_own:
            return dated
        return Publication(
            listed, None, "markup", listed, LISTED, path=LISTED_AT, inferred=dated is None
        )

    def _shows_instead(self, listed: str, dated: Publication, content: Content) -> bool:
        """Whether a line of the page shows the day that lists state, without its year, and no
        words say of the other one that the page was published then.
        """
        day = date.fromisoformat(listed)
        return (
            dated.day != listed
            and prints_without_year(day, content, self._words)
            and not self.is_labelled(dated, content)
        )

    def of_page(
        self, dated: Publication, kind: Kind, source: PublicationSource, content: Content
    ) -> Publication | None:
        """The day where a page of the kind has it itself. What an event's page prints without
        saying that it was published then may be the day of that: what markup states goes before,
        and below a section of events a day that is the only one of the page is the event's.
        """
        announced = bool(content.announced)
        labelled = (announced or kind == "event") and self.is_labelled(dated, content)
        found = dated if is_of_page(dated, kind, announced=announced and not labelled) else None
        if kind != "event" or labelled or dated.rule in _STATED:
            return found
        if (stated := self._publications.read_stated(source)) is not None:
            return stated
        among_events = lies_among_events(source.url, self._words)
        if found is not None and among_events and self._is_its_only_day(found, content):
            return None
        return found

    def _is_its_only_day(self, dated: Publication, content: Content) -> bool:
        """Whether a page names no other day: that of an event is then the event's."""
        if len(dated.day) < _DAY:
            return False
        day = date.fromisoformat(dated.day)
        said = (without_day(line.text, day) for b in content.body.blocks for line in b.lines)
        lines = [line for line in said if _NUMBER.search(line)]
        # The names of months in all languages take memory: they are asked for last.
        return not any(map(has_date, lines)) and not any(map(self._names_day, lines))

    def _names_day(self, line: str) -> bool:
        return self._day_without_year.search(line) is not None

    @cached_property
    def _day_without_year(self) -> re.Pattern[str]:
        names = "|".join(self._words.month_names(month) for month in range(1, 13))
        number = _NUMBER.pattern
        return re.compile(
            rf"{number}\W{{1,3}}(?:{names})|(?:{names})\W{{1,3}}{number}", re.IGNORECASE
        )

    def is_labelled(self, dated: Publication, content: Content) -> bool:
        """Whether the page says of the day that it was published then, and not that it will be."""
        if dated.surface in content.announced:
            return False
        lines = (line for block in content.shown for line in block.text.split("\n"))
        says_so = self._words.find("published", dated.surface) is not None
        return says_so or says_published(dated.surface, lines, self._words)

    def read_known(
        self, source: PublicationSource, content: Content, places: ArticlePlaces
    ) -> Publication | None:
        """The date by the address, or where the site is known to state or to print it."""
        own = content.own
        if own is None:
            return None
        timed = places.timed
        held_by = (lambda element: own.place(element) == timed) if timed is not None else None
        known = self._publications.read_known(source, places.stated, held_by)
        if known is not None:
            return settle_date(known, own, source, self._dates, self._words)
        printed = settle_date(None, own, source, self._dates, self._words)
        if printed is None:
            return None
        found = self._publications.read_line(source, printed)
        if found is printed and places.stated == PRINTED:
            return dataclasses.replace(
                printed, part="markup", rule="printed", path=PRINTED, inferred=False
            )
        return found


def lies_ahead(dated: Publication | None, fetched: date | None) -> bool:
    """Whether a day that a page prints is later than that of the request, and so of an event."""
    if dated is None or fetched is None or dated.rule in _STATED or len(dated.day) < _DAY:
        return False
    return is_to_come(date.fromisoformat(dated.day), fetched)


def is_otherwise_listed(dated: Publication | None, stated: Stated) -> bool:
    """Whether lists state another day than was read where the site prints its days, or was not."""
    told = dated is not None and dated.rule in {*_STATED, "url"}
    day = dated.day if dated is not None else None
    return not told and stated.day not in (None, day)


def prints(listed: str, content: Content) -> bool:
    """Whether the page shows a day that lists state, and is no clock."""
    day, own = date.fromisoformat(listed), content.own
    dates = own.dates if own is not None else printed_dates(content.shown, Places())
    return any(says_day(printed.surface, day) for printed in dates)


def prints_without_year(day: date, content: Content, words: PageWords) -> bool:
    """Whether a line of the page that is no sentence shows the day, as announcements have it."""
    lines = (line for block in content.body.blocks for line in block.lines)
    names = words.month_names(day.month)
    return any(
        len(line.words) < LONG
        and not line.link_share
        and says_day_of_any_year(line.text, day, names)
        for line in lines
    )


def is_of_page(dated: Publication, kind: Kind, *, announced: bool) -> bool:
    """Whether a page of the kind has the date itself; that of a list may be of one of its items,
    and that of a page that announces an event the day of that.
    """
    if dated.rule == LISTED:
        return kind == "article"  # Lists of events print their days.
    if kind == "event" and dated.part == "byline" and spans_days(dated.surface):
        return False
    if kind == "listing":
        return dated.rule in ("json-ld", "meta")
    silent = announced or kind in ("soft-404", "consent-wall")
    return not silent or dated.rule not in SEARCHED
