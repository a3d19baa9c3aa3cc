"""How often the messages of a watch are sent, and the hours in which none is. Pure.

Nothing is kept of when something was sent last: a message is due as soon as a moment of its cadence
lies between its making and now. So a clock that jumps, a night in which clocks change and a run
that comes late can neither lose a message nor send it twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from indexer.records.instants import SKEW
from indexer.records.interface_languages import DEFAULT
from indexer.records.values import check_text
from indexer.records.wall_clock import WEEKDAYS, last_time, next_time
from indexer.records.window import Window

RUN = "run"
DEFAULT_TIME = "07:00"
DEFAULT_DAY = WEEKDAYS[0]
_HOUR = timedelta(hours=1)
_SPANS = 4
"""Spans of quiet hours that may follow each other: two each of watch and channel."""
_TIMED = re.compile(
    rf"(daily|weekly(?: (?P<day>{'|'.join(WEEKDAYS)}))?)(?: (?P<time>([01]\d|2[0-3]):[0-5]\d))?"
)


def check_cadence(text: str) -> str:
    """`run`, `hourly`, `daily 07:30`, `weekly mon 07:30`; day and time may be left out."""
    if text not in (RUN, "hourly") and not _TIMED.fullmatch(text):
        raise ValueError(
            'is not a cadence: run, hourly, "daily 07:30" or "weekly mon 07:30" '
            "(day and time may be left out)"
        )
    return text


CadenceText = Annotated[str, check_text(check_cadence)]


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    """When the messages of a watch may go to one of its channels."""

    cadence: str = RUN
    zone: str = "UTC"
    """Time zone of the cadence."""
    quiet: Sequence[Window] = ()
    """Hours of the watch and of the channel in which nothing is sent."""
    per_hour: int | None = None
    """Messages that the channel takes in an hour; None: any number."""
    combined: bool = False
    """What is due of several watches goes as one digest."""
    report_nothing: bool = False
    """A digest says so when nothing is new."""
    waits: bool = True
    """The channel can be told when to send; not one that people look at when they like."""
    reads_matches: bool = False
    """The channel reads the matches of a watch itself: a message to it needs no entries."""
    paused: bool = False
    """The watch is snoozed."""
    language: str = DEFAULT
    """Of what is sent."""

    @property
    def makes_digests(self) -> bool:
        """Whether messages wait for each other."""
        return self.combined and self.cadence != RUN

    def is_due(self, made: datetime, now: datetime) -> bool:
        """Whether a moment of the cadence has come since the message was made; with every run one
        has.

        A message from the future was made by a clock that was ahead: it does not wait for that.
        """
        return self.cadence == RUN or made > now + SKEW or self.last_moment(now) >= made

    def is_quiet(self, now: datetime) -> bool:
        """Whether it is a quiet hour."""
        return any(window.time_left(now) is not None for window in self.quiet)

    def last_moment(self, now: datetime) -> datetime:
        """The latest moment of the cadence, not after `now`."""
        if self.cadence == RUN:
            return now
        if self.cadence == "hourly":
            return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        clock, weekday = self._clock()
        return last_time(clock, now, ZoneInfo(self.zone), weekday=weekday)

    def next_moment(self, now: datetime) -> datetime:
        """The next moment at which messages are sent, quiet hours counted."""
        moment = self._next_of_cadence(now)
        for _ in range(_SPANS):
            moment += max(
                (left for w in self.quiet if (left := w.time_left(moment))), default=timedelta()
            )
        return moment

    def _next_of_cadence(self, now: datetime) -> datetime:
        if self.cadence == RUN:
            return now
        if self.cadence == "hourly":
            return self.last_moment(now) + _HOUR
        clock, weekday = self._clock()
        return next_time(clock, now, ZoneInfo(self.zone), weekday=weekday)

    def _clock(self) -> tuple[str, int | None]:
        """Time of day, and day of the week if it is weekly."""
        parts = _TIMED.fullmatch(self.cadence)
        if parts is None:
            raise ValueError(f"no cadence: {self.cadence}")
        weekly = self.cadence.startswith("weekly")
        day = WEEKDAYS.index(parts["day"] or DEFAULT_DAY) if weekly else None
        return parts["time"] or DEFAULT_TIME, day
