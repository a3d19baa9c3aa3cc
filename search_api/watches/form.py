"""The form of a watch: its fields, and the watch that they describe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.alerts.cadence import DEFAULT_TIME, RUN
from indexer.alerts.watches import FILTERS, Watch
from indexer.records.wall_clock import WEEKDAYS

_UNTOLD = {
    "no_new": "new-document",
    "no_added": "added-passage",
    "no_moved": "event-moved",
    "no_cancelled": "event-cancelled",
}
"""Box of the form → what is not told where it is ticked."""


@dataclass(frozen=True, slots=True)
class WatchForm:
    """What stands in the form, as it was typed."""

    name: str = ""
    query: str = ""
    channels: str = "feed"
    """One a line."""
    often: str = RUN
    """run, hourly, daily, weekly."""
    day: str = WEEKDAYS[0]
    time: str = DEFAULT_TIME
    timezone: str = ""
    quiet: str = ""
    report_nothing: str = ""
    """Anything: yes."""
    report_days: str = ""
    language: str = ""
    """Empty: that of radar.yaml."""
    topics: str = ""
    """With commas between them, as the other filters."""
    languages: str = ""
    sources: str = ""
    countries: str = ""
    kinds: str = ""
    no_new: str = ""
    """Anything: new documents are not told. Likewise of the other changes."""
    no_added: str = ""
    no_moved: str = ""
    no_cancelled: str = ""

    @classmethod
    def of_fields(cls, fields: Mapping[str, str]) -> WatchForm:
        """The form that was sent; other fields are left out."""
        known = {name: fields[name].strip() for name in cls.__slots__ if name in fields}
        return cls(**known)

    @classmethod
    def of_watch(cls, watch: Watch) -> WatchForm:
        """The form of a watch that is there."""
        often, *rest = watch.cadence.split(" ")
        day = next((part for part in rest if part in WEEKDAYS), WEEKDAYS[0])
        time = next((part for part in rest if ":" in part), DEFAULT_TIME)
        return cls(
            name=watch.name,
            query=watch.query,
            channels="\n".join(watch.channels),
            often=often,
            day=day,
            time=time,
            timezone=watch.timezone or "",
            quiet=watch.quiet or "",
            report_nothing="yes" if watch.report_nothing else "",
            report_days=str(watch.report_days or ""),
            language=watch.language or "",
            **{key: ", ".join(getattr(watch, key)) for key in FILTERS},
            **{field: "" if told in watch.tell else "yes" for field, told in _UNTOLD.items()},
        )

    @property
    def cadence(self) -> str:
        """As a watch has it."""
        parts = {"daily": (self.time,), "weekly": (self.day, self.time)}.get(self.often, ())
        return " ".join(part for part in (self.often, *parts) if part)

    def content(self) -> dict[str, Any]:
        """The keys of the watch."""
        lines = (line.strip() for line in self.channels.splitlines())
        return {
            "name": self.name,
            "query": self.query,
            "channels": [line for line in lines if line],
            "cadence": self.cadence,
            "timezone": self.timezone,
            "quiet": self.quiet,
            "report_nothing": bool(self.report_nothing),
            "report_days": self.report_days,
            "language": self.language,
            **{key: re.findall(r"[^\s,]+", getattr(self, key)) for key in FILTERS},
            "tell": [told for field, told in _UNTOLD.items() if not getattr(self, field)],
        }
