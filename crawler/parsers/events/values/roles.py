"""Role and status of an event: is it the news, upcoming or only mentioned, was it held or moved.

Read from its date against the page's, the tense of its verbs, and its place in the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.first_days import first_day
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.page.paper_dates import day_made_up
from crawler.parsers.events.values.event_dates import EventDates
from indexer.records.document import Role, Status

_WHOLE_DAY = len("2031-05-12")
_NEWS = 2
"""Sentences from the top, headline included, that hold the news."""
_OVERVIEW_EVENTS = 3
_OVERVIEW_DAYS = 90
_MENTIONED_DAYS = 30
"""An event so long before the page date is only mentioned, where another one is the news."""
_ON_FOR_MONTHS = 60
"""Days from which on something is on show, and no gathering."""
_LATE_NEWS_DAYS = 60
"""Days back up to which a diary or a report that came late is still news."""
_BESIDE_NEWS = 14
"""Days that the newest past event of its page may be younger than such an event."""


class RoleReader:
    """Reads role and status of the events of one page; `newest` is the day of its newest past
    event, where one has a day.
    """

    def __init__(self, page: AnnotatedPage, newest: date | None = None) -> None:
        self._page = page
        self._newest = newest

    def role(self, event: EventMentions, dates: EventDates, main: EventMentions | None) -> Role:
        """Upcoming by date or tense, mentioned where it is long past, an earlier one, told of in
        passing, or a further one that will not be.
        """
        role = self._role_in_time(event, dates, main)
        given_up = main is not None and role == "upcoming" and _is_cancelled(event)
        return "mentioned" if given_up else role

    def _role_in_time(
        self, event: EventMentions, dates: EventDates, main: EventMentions | None
    ) -> Role:
        start = first_day(dates.start.value) if dates.start else None
        published = first_day(self._page.draft.published)
        if start and published and dates.start:
            by_month = len(self._page.draft.published or "") == len("2026-05")
            dated = _role_by_date(dates.start.value, start, published, by_month=by_month)
            if dated == "mentioned" and self._is_late_news(start, published):
                dated = None
            if dated == "upcoming" or (dated and main is not None):
                return dated
        if dates.start and dates.start.value == (self._page.draft.published or "")[:7]:
            start = None  # some day of this month: tenses tell more
        past = bool(start and published and start <= published)
        if start and start == published and main is None and self._is_to_come(event):
            return "upcoming"
        undated = not (start and published)
        if main is not None and (event.previous_cue or (past and _is_told_earlier(event, main))):
            return "mentioned"
        if (event.next_cue and not past) or (undated and self._is_to_come(event)):
            return "upcoming"
        if main is None:
            return "mentioned" if self._is_background(event, start, published) else "main"
        return "main" if start else self._undated_role(event, published)

    def _undated_role(self, event: EventMentions, published: date | None) -> Role:
        """Of a further event without a day: still to come where no verb beside it is in the past,
        else news. Only mentioned where its name has a year before that of the page (or the page no
        date), or the tenses of the language are not known.
        """
        vocabulary = self._page.vocabulary
        past_year = event.year and not (published and int(event.year) >= published.year)
        if past_year or not vocabulary.past_verbs:
            return "mentioned"
        words = (
            word.group()
            for c in event.candidates
            for word in vocabulary.words(self._page.text(c.sentence))
        )
        if not any(
            w.casefold() in vocabulary.past_verbs or vocabulary.grammar.is_past(w) for w in words
        ):
            return "upcoming"
        return "main"

    def _is_background(
        self, event: EventMentions, start: date | None, published: date | None
    ) -> bool:
        """Long past, and neither in the headline nor in the first sentences."""
        if not start or not published or (published - start).days <= _MENTIONED_DAYS:
            return False
        beside = self._newest is not None and 0 < (self._newest - start).days <= _BESIDE_NEWS
        return not beside and not _is_at_top(event)

    def _is_late_news(self, start: date, published: date) -> bool:
        """Whether an event is of the days that the page tells of, though they are long past."""
        if self._newest is None or (published - start).days > _LATE_NEWS_DAYS:
            return False
        return (self._newest - start).days <= _BESIDE_NEWS

    def _is_to_come(self, event: EventMentions) -> bool:
        """Whether the verbs in its clauses are in the future, more than in the past."""
        coming = past = 0
        for c in event.candidates:
            inside = [k for k in c.sentence.cues if c.clause[0] <= k.start < c.clause[1]]
            future = [k for k in inside if k.category == "will_take_place"]
            coming += len(future)
            # The "held" of "will be held" speaks of no past.
            past += sum(
                1
                for k in inside
                if k.category == "takes_place"
                and not any(f.start <= k.start < f.end for f in future)
            )
        return coming > past

    def has_just_been(self, event: EventMentions) -> bool:
        """Whether its verbs are in the past."""
        return any(
            c.sentence.cue("takes_place", "travel", "receive") for c in event.candidates
        ) and not self._is_to_come(event)

    def is_still_on(self, dates: EventDates) -> bool:
        """Whether what is on for months (an exhibition) can still be seen: nobody calls that held.
        Gatherings of some days count as held from the first one on, as reports of them tell.
        """
        today = first_day(self._page.draft.published)
        first, last = (first_day(d.value) if d else None for d in (dates.start, dates.end))
        return bool(
            today and first and last and today <= last and (last - first).days > _ON_FOR_MONTHS
        )

    def status(self, event: EventMentions, role: Role) -> FoundValue[Status] | None:
        """The status that its verbs give; None without one."""
        by_tense: tuple[str, Status] = (
            ("will_take_place", "scheduled") if role == "upcoming" else ("takes_place", "held")
        )
        statuses: tuple[tuple[str, Status], ...] = (
            ("cancelled", "cancelled"),
            ("moved", "moved"),
            by_tense,
        )
        for candidate in event.candidates:
            if (made_up := day_made_up(self._page, candidate.sentence)) is not None:
                s, cue = made_up
                return FoundValue("moved", s.part, cue.start, cue.end, "status.moved")
        for category, status in statuses:
            for candidate in event.candidates:
                for cue in candidate.sentence.cue(category):
                    part = candidate.sentence.part
                    return FoundValue(status, part, cue.start, cue.end, f"status.{category}")
        return None

    def status_by_role(self, role: Role, seen: FoundValue[str]) -> FoundValue[Status]:
        """The status that follows from its role; `seen` is its date or its name."""
        status: Status = "scheduled" if role == "upcoming" else "held"
        return FoundValue(
            status, seen.part, seen.start, seen.end, "status.role", 0.6, inferred=True
        )


def _is_cancelled(event: EventMentions) -> bool:
    """Whether a clause that mentions it says that it will not be, and none that it was moved."""
    return any(
        c.clause[0] <= cue.start < c.clause[1]
        for c in event.candidates
        for cue in c.sentence.cue("cancelled")
    ) and not any(c.sentence.cue("moved") for c in event.candidates)


def _is_told_earlier(event: EventMentions, main: EventMentions) -> bool:
    """Whether all sentences that mention it, none of them the page's own event, open with a word
    such as "earlier".
    """
    return not event.sentences() & main.sentences() and all(
        any(cue.start == c.sentence.start for cue in c.sentence.cue("told_earlier"))
        for c in event.candidates
    )


def _is_at_top(event: EventMentions) -> bool:
    """Whether it is in the headline or in the first sentences."""
    return any(c.sentence.zone == "headline" or c.sentence.index <= _NEWS for c in event.candidates)


def _role_by_date(partial: str, start: date, published: date, *, by_month: bool) -> Role | None:
    """The role by date alone, None if it is open; `by_month`: the page date is a month."""
    month = by_month and partial[:7] == f"{published:%Y-%m}"
    if start.year > published.year or (start > published and len(partial) >= 7 and not month):
        return "upcoming"
    this_year = len(partial) == 4 and start.year == published.year
    if (published - start).days > _MENTIONED_DAYS and not this_year:
        return "mentioned"
    return None


def newest_day(dates: Sequence[EventDates], published: str | None) -> date | None:
    """The day of the newest event that is not after the page; None where none has a day."""
    today = first_day(published)
    starts = [d.start.value for d in dates if d.start and len(d.start.value) == _WHOLE_DAY]
    days = [day for s in starts if (day := first_day(s)) and today and day <= today]
    return max(days, default=None)


def is_overview(dates: Sequence[EventDates], published: str | None) -> bool:
    """Several events of different months, none of them new: a page of past events."""
    starts = [d.start.value for d in dates if d.start]
    days = [day for s in starts if (day := first_day(s))]
    months = len({s[:7] for s in starts})
    today = first_day(published)
    if today is None:
        return months >= _OVERVIEW_EVENTS and len({d.year for d in days}) > 1
    return months > 1 and all((today - d).days > _OVERVIEW_DAYS for d in days)
