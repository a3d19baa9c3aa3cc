"""Reads the date of publication that a page states or shows, and the day of its last change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import partial
from itertools import chain, islice

import lxml.html

from crawler.parsers.article.byline import Byline
from crawler.parsers.article.kind.event_address import lies_among_events
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.printed_dates import dates_in
from crawler.parsers.article.publication.address import in_url
from crawler.parsers.article.publication.archive_links import linked_day
from crawler.parsers.article.publication.date_lines import read_date_lines, says_published
from crawler.parsers.article.publication.day_choice import Choose, choose_day
from crawler.parsers.article.publication.day_measures import SOURCES, STATED
from crawler.parsers.article.publication.day_order import is_day_first, is_source_day_first
from crawler.parsers.article.publication.days_ago import DaysAgo, beside_headline
from crawler.parsers.article.publication.lone_days import (
    LoneDays,
    has_one_reading,
    shown_order,
)
from crawler.parsers.article.publication.marks import Mark
from crawler.parsers.article.publication.printed_marks import Layout, printed_marks, times
from crawler.parsers.article.publication.record import (
    MAX_DATE_LINE,
    Publication,
    PublicationSource,
    event_days,
)
from crawler.parsers.article.publication.stated_marks import MODIFIED_META, stated_marks
from crawler.parsers.dates import DateReader
from crawler.parsers.markup import ARTICLE_TYPES, PAGE_TYPES, Markup, text_of

_DAY = len("2015-06-09")
_EVENING = 10
"""Hour of UTC from which on it may be midnight somewhere in the east (UTC+14)."""
MOST_NAMED = 200
"""Days of a page that are looked at to tell whether the day or the month comes first."""
_PUBLISHED = frozenset({"json-ld.article.published", "meta.published"})
"""What says of a day that the page was published then."""
_SHOWN = frozenset({"byline", "printed"})
"""Places of days that a page shows, of which one may be a clock's."""


class PublicationReader:
    """Reads publication and modification dates."""

    def __init__(
        self,
        dates: DateReader,
        words: PageWords,
        choose: Choose = choose_day,
    ) -> None:
        self._dates = dates
        self._words = words
        self._choose = choose
        self._days_ago = DaysAgo(words)

    def read(self, source: PublicationSource) -> Publication | None:
        """The day that the address holds; else the likeliest of those that the page names; else
        that of the archive to which its date leads; a month where it names none.

        Of 69 days in addresses of labelled pages all were right. A day that is nowhere but among
        what the page shows has to lie in the month that its address holds. The day that lists
        state is the page's if it names that, and says of no other that it was published then.
        One that the page counts beside its headline goes before what may be a clock, and before
        what stands behind the text, where other news have theirs.
        """
        days = self._lone_days(source)
        stated = list(stated_marks(source.markup, source.elements, days.parse))
        if not source.believe_markup:
            stated = [mark for mark in stated if mark.part != "markup"]
        addressed = in_url(source.url)
        if addressed is not None and len(addressed.day) == _DAY:
            return _of_address(addressed, stated)
        layout = Layout.of(source.blocks, source.body, source.heading, self._words)
        byline = Byline(tuple(line for line in source.byline.lines if line not in layout.others))
        lines = tuple(read_date_lines(byline, self._words, days))
        marks = self._marks(source, layout, days, stated, lines)
        if self._is_listed(marks, source, addressed):
            day = source.listed
        else:
            day, marks = self._chosen(marks, source, layout, addressed)
        if day is None:
            linked = linked_day(source.elements, source.url)
            if linked is not None and linked.day.startswith(addressed.day if addressed else ""):
                return linked
            counted = self._counted(source, layout, addressed)
            return counted or next((line for line in lines if len(line.day) < _DAY), addressed)
        best = min((m for m in marks if m.day == day), key=_rank)
        if best.source in ("time", "printed") and addressed and not day.startswith(addressed.day):
            return addressed
        may_be_other = _may_be_clock(day, source.fetched) or best.place.get("behind")
        if best.source in _SHOWN and day != source.listed and may_be_other:
            counted = self._counted(source, layout, addressed)
            if counted is not None and not self._says_published(best, source):
                return counted
        return _with_instant(best.publication(), marks)

    def read_stated(self, source: PublicationSource) -> Publication | None:
        """The day that markup states for programs, where it is believed: of a page on which the
        days that are printed are those of an event.
        """
        if not source.believe_markup:
            return None
        marks = stated_marks(source.markup, source.elements, self._lone_days(source).parse)
        stated = [m for m in marks if m.source in STATED and len(m.day) == _DAY]
        return min(stated, key=_rank).publication() if stated else None

    def read_known(
        self,
        source: PublicationSource,
        path: str | None,
        held_by: Callable[[lxml.html.HtmlElement], bool] | None,
    ) -> Publication | None:
        """The day of the address, or of the value of markup at a path where the site is known to
        state it, or of an element that is known to hold it.
        """
        days = self._lone_days(source)
        stated = stated_marks(source.markup, source.elements, days.parse)
        addressed = in_url(source.url)
        if addressed is not None and len(addressed.day) == _DAY:
            return _of_address(addressed, list(stated))
        known = stated if path is not None else ()
        at = next((m for m in known if m.path == path and len(m.day) == _DAY), None)
        if at is None and held_by is not None:
            held = times(source.elements, days.parse)
            at = next((mark for element, mark in held if held_by(element)), None)
        return at.publication() if at is not None else None

    def read_line(self, source: PublicationSource, day: Publication) -> Publication:
        """A day that is printed, as the line of the byline has it that prints the same."""
        days = self._lone_days(source)
        holding = tuple(line for line in source.byline.lines if day.surface in line)
        lines = read_date_lines(Byline(holding), self._words, days)
        return next((line for line in lines if line.day == day.day), day)

    def in_text(self, byline: Byline, lang: str | None, url: str | None) -> Publication | None:
        """The date of a bare text by its date lines (part `text`), else by its address."""
        days = LoneDays(self._dates, lang, day_first=is_day_first(lang, None, None, url))
        shown = next(read_date_lines(byline, self._words, days), None)
        return dataclasses.replace(shown, part="text") if shown is not None else in_url(url)

    def read_modified(self, markup: Markup, lang: str | None) -> str | None:
        """Day of the last change as markup states it."""
        days = LoneDays(self._dates, lang, day_first=True)
        for node in markup.of_type(ARTICLE_TYPES | PAGE_TYPES):
            value = text_of(node.get("dateModified"))
            if value and (found := days.parse(value)):
                return found[0]
        value = markup.first_meta(*MODIFIED_META)
        found = days.parse(value) if value else None
        return found[0] if found else None

    def _chosen(
        self,
        marks: list[Mark],
        source: PublicationSource,
        layout: Layout,
        addressed: Publication | None,
    ) -> tuple[str | None, list[Mark]]:
        """The likeliest day, with the marks that count: the day of the request is a clock's where
        the page shows it only far above the headline, or apart from it, and says no more of it than
        that it was changed then. What was, shows its day between headline and end of the text.
        """
        month = addressed.day if addressed else None
        day = self._choose(marks, month) if marks else None
        if day is None or not self._is_clock(day, marks, source, layout):
            return day, marks
        others = [mark for mark in marks if mark.day != day]
        other = self._choose(others, month) if others else None
        if any(mark.day == day and _says_changed(mark) for mark in marks) and not any(
            mark.day == other and not mark.place.get("behind") for mark in others
        ):
            return day, marks
        return other, others

    def _is_clock(
        self, day: str, marks: Sequence[Mark], source: PublicationSource, layout: Layout
    ) -> bool:
        of_day = [mark for mark in marks if mark.day == day]
        kept = [mark for mark in of_day if not _says_changed(mark)]
        return (
            bool(kept)
            and day != source.listed
            and _may_be_clock(day, source.fetched)
            and all(mark.source in _SHOWN and _is_apart(mark, layout) for mark in kept)
            and not any(self._says_published(mark, source) for mark in of_day)
        )

    def _is_listed(
        self, marks: Sequence[Mark], source: PublicationSource, addressed: Publication | None
    ) -> bool:
        """Whether the page names the day that lists state, and nothing tells against it: what says
        when it was published, the month of its address, a section of events.
        """
        listed = source.listed
        if listed is None or not any(mark.day == listed for mark in marks):
            return False
        if addressed is not None and not listed.startswith(addressed.day):
            return False
        if lies_among_events(source.url, self._words):
            return False
        return not any(
            mark.source in _PUBLISHED or (mark.day != listed and self._says_published(mark, source))
            for mark in marks
        )

    def _says_published(self, mark: Mark, source: PublicationSource) -> bool:
        lines = (line for block in source.blocks for line in block.text.split("\n"))
        return says_published(mark.surface, lines, self._words)

    def _counted(
        self, source: PublicationSource, layout: Layout, addressed: Publication | None
    ) -> Publication | None:
        """The day that the page counts from that of its request, beside a clock that prints that
        one. The day that lists state goes before, and the one that it counted when it was read
        before, if it may mean these: it counts anew each night, and its day may begin earlier or
        later than that of UTC.
        """
        if source.fetched is None:
            return None
        found = self._days_ago.read(layout, source.fetched, source.at)
        if found is None:
            return None
        known = (day for day in (source.listed, source.counted) if day and found.may_be(day))
        counted = dataclasses.replace(found.publication, day=next(known, found.publication.day))
        return counted if counted.day.startswith(addressed.day if addressed else "") else None

    def _lone_days(self, source: PublicationSource) -> LoneDays:
        """Numbers are read as is known of the site, else as the page itself shows, else as the day
        that it names elsewhere in words, else as is usual in its language and country.
        """
        day_first = source.day_first
        if day_first is None:
            day_first = shown_order(b.text for b in source.blocks if len(b.text) <= MAX_DATE_LINE)
        if day_first is not None:
            return LoneDays(self._dates, source.lang, day_first=day_first)
        day_first = is_source_day_first(source)
        words = LoneDays(self._dates, source.lang, day_first=day_first)
        named = partial(_named_days, source, words)
        return LoneDays(self._dates, source.lang, day_first=day_first, named=named)

    def _marks(
        self,
        source: PublicationSource,
        layout: Layout,
        days: LoneDays,
        stated: Sequence[Mark],
        lines: Sequence[Publication],
    ) -> list[Mark]:
        """All places of whole days, none of an event that markup states."""
        known = days.knowing({mark.day for mark in stated})
        shown = [
            *(Mark.of(line, "byline") for line in lines),
            *printed_marks(layout, source.elements, self._words, known.parse),
        ]
        events = event_days(source)
        named = {line.day for line in lines}
        return [
            *(_of_zone(mark, named) for mark in stated if len(mark.day) == _DAY),
            *(mark for mark in shown if len(mark.day) == _DAY and mark.day not in events),
        ]


def _named_days(source: PublicationSource, days: LoneDays) -> frozenset[str]:
    """Days in short lines and elements for programs, wherever they stand, that have one reading."""
    lines = (block.text for block in source.blocks if len(block.text) <= MAX_DATE_LINE)
    shown = (match.group() for line in lines for match in dates_in(line, len(line), 1))
    held = (t.attributes.get("datetime", "") for t in source.elements.with_tags("time"))
    texts = filter(has_one_reading, chain(islice(held, MOST_NAMED), islice(shown, MOST_NAMED)))
    found = (days.parse(text) for text in texts if text)
    return frozenset(day for day, _ in filter(None, found))


def _of_address(addressed: Publication, stated: Sequence[Mark]) -> Publication:
    """The day of the address, by markup where that states the same."""
    same = [mark.publication() for mark in stated if mark.day == addressed.day]
    return _with_instant(next(iter(same), addressed), stated)


def _rank(mark: Mark) -> int:
    """Which of the places of one day a date rests on."""
    return SOURCES.index(mark.source)


def _is_apart(mark: Mark, layout: Layout) -> bool:
    """Whether a day is shown above the headline alone, where nothing stands with that."""
    shown = [n for n, block in enumerate(layout.blocks) if mark.surface in block.text]
    beside = beside_headline(layout)
    return bool(shown) and all(n < layout.headline and n not in beside for n in shown)


def _says_changed(mark: Mark) -> bool:
    return mark.source == "printed" and bool(mark.place.get("updated"))


def _may_be_clock(day: str, fetched: date | None) -> bool:
    """Whether it is the day of the request, here or where the site is."""
    return fetched is not None and abs(date.fromisoformat(day) - fetched) <= timedelta(days=1)


def _with_instant(found: Publication, marks: Sequence[Mark]) -> Publication:
    """With the instant of markup in UTC, which few sites are in: it may be of the day beside the
    one in address or byline.
    """
    if found.instant is not None or found.part == "markup":
        return found
    day = date.fromisoformat(found.day)
    for mark in marks:
        if len(mark.day) != _DAY or mark.instant is None:
            continue
        if mark.source not in STATED or not _is_utc(mark):
            continue
        if abs(date.fromisoformat(mark.day) - day) == timedelta(days=1):
            return dataclasses.replace(found, instant=mark.instant, rule=f"{found.rule}-zone")
    return found


def _of_zone(mark: Mark, shown: AbstractSet[str]) -> Mark:
    """A day without a time is midnight where the site is. Stated in UTC, that is an hour of the day
    before, east of Greenwich: where the page shows the day after, that one is meant.
    """
    at = mark.instant
    if at is None or at.hour < _EVENING or (at.minute, at.second) != (0, 0) or not _is_utc(mark):
        return mark
    after = (date.fromisoformat(mark.day) + timedelta(days=1)).isoformat()
    return dataclasses.replace(mark, day=after) if after in shown else mark


def _is_utc(mark: Mark) -> bool:
    return mark.surface.strip().upper().endswith(("Z", "+00:00", "+0000"))
