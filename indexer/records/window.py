"""A span of the time of day, in a time zone: when a source may be crawled, quiet hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Window:
    """From `begin` to `end`; it includes midnight if `end` is earlier."""

    begin: time
    end: time
    zone: ZoneInfo

    @classmethod
    def parse(cls, text: str, zone: str) -> Window:
        """Parse `22:00-06:00` with the name of a time zone."""
        begin, _, end = text.partition("-")
        return cls(time.fromisoformat(begin), time.fromisoformat(end), ZoneInfo(zone))

    def time_left(self, now: datetime) -> timedelta | None:
        """Time until the window closes; None: it is closed."""
        local = now.astimezone(self.zone)
        if not self._is_open(local):
            return None
        over_midnight = self.end <= self.begin
        days = 1 if over_midnight and local.time() >= self.begin else 0
        # In the hour that comes twice, the first time ends in the first one.
        end = self.end.replace(fold=local.fold)
        close = datetime.combine(local.date() + timedelta(days=days), end, self.zone)
        # Computed in UTC: a night in which the clocks change is an hour shorter or longer.
        left = close.astimezone(UTC) - now.astimezone(UTC)
        # The end may fall into the hour that a night lacks: then it closes as that begins.
        while left > _MINUTE and not self._is_open(_later(now, left - _MINUTE, self.zone)):
            left -= _MINUTE
        return max(timedelta(0), left)

    def _is_open(self, local: datetime) -> bool:
        clock = local.time().replace(fold=0)
        if self.end <= self.begin:
            return clock >= self.begin or clock < self.end
        return self.begin <= clock < self.end

    def why_closed(self, now: datetime) -> str | None:
        """Why a source may not be crawled now; None: the window is open."""
        return f"outside of its window {self}" if self.time_left(now) is None else None

    def __str__(self) -> str:
        """As configured, with the zone."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M} ({self.zone.key})"


def _later(moment: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """So much later by the sun, not by the clock."""
    return (moment.astimezone(UTC) + span).astimezone(zone)
