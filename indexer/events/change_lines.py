"""Describes a change of an event in one English line, for messages, feeds and pages. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale

from indexer.text.partial_date import day_span, partial_date

_LOCALE = Locale("en", "GB")


@dataclass(frozen=True, slots=True)
class ReportedChange:
    """A change of an event, as it is reported."""

    event: str
    """Id of the event."""
    name: str
    change: str
    """event-moved or event-cancelled."""
    what: str
    """date, city, country, venue or status."""
    old: str | None
    new: str | None
    """None: not stated."""

    @property
    def line(self) -> str:
        """`Copper Forum: moved from 12 May 2026 to 3 June 2026`."""
        if self.change == "event-cancelled":
            return f"{self.name}: cancelled"
        old, new = (self._shown(value) for value in (self.old, self.new))
        before = f" from {old}" if old else ""
        return f"{self.name}: moved{before} {f'to {new}' if new else '(not said to when)'}"

    def _shown(self, value: str | None) -> str | None:
        if value is None:
            return None
        if self.what == "date":
            days = value.split("/")
            whole = all(len(day) == len("2026-05-12") for day in days)
            if len(days) > 1 and whole:
                return day_span(*map(date.fromisoformat, days))
            return " – ".join(map(partial_date, days))
        return _LOCALE.territories.get(value, value) if self.what == "country" else value

    def to_json(self) -> dict[str, Any]:
        """As `radar watch matches` prints it."""
        return {
            "event": self.event,
            "name": self.name,
            "change": self.change,
            "what": self.what,
            "old": self.old,
            "new": self.new,
            "told": self.line,
        }
