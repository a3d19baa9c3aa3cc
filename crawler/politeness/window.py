"""The time of day in which a source may be crawled, by the clocks of its zone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Window:
    """From `begin` to `end`, over midnight where `end` is the earlier one."""

    begin: time
    end: time
    zone: ZoneInfo

    @classmethod
    def of(cls, text: str, zone: str) -> Window:
        """From `22:00-06:00` and the name of a zone."""
        begin, _, end = text.partition("-")
        return cls(time.fromisoformat(begin), time.fromisoformat(end), ZoneInfo(zone))

    def left(self, now: datetime) -> timedelta | None:
        """Time until it closes; None: it is closed."""
        local = now.astimezone(self.zone)
        clock = local.time().replace(fold=0)
        over_midnight = self.end <= self.begin
        inside = (
            clock >= self.begin or clock < self.end
            if over_midnight
            else self.begin <= clock < self.end
        )
        if not inside:
            return None
        days = 1 if over_midnight and clock >= self.begin else 0
        close = datetime.combine(local.date() + timedelta(days=days), self.end, self.zone)
        # Reckoned in UTC: a night in which the clocks change is an hour shorter or longer.
        return max(timedelta(0), close.astimezone(UTC) - now.astimezone(UTC))

    def why_closed(self, now: datetime) -> str | None:
        """The reason that is told of a source outside of its window; None: it is open."""
        return f"outside of its window {self}" if self.left(now) is None else None

    def __str__(self) -> str:
        """As configured, with the zone."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M} ({self.zone.key})"
