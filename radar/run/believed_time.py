"""The moment up to which a run removes for good what may no longer be kept.

A clock that is far ahead would have everything removed: it is compared with those of the sites that
have just answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from radar.plurals import counted

TOLERANCE = timedelta(days=1)
"""By which clocks may differ without anything being removed too early."""


@dataclass(slots=True)
class SiteClocks:
    """By how much our clock is ahead of those of the sites."""

    least: timedelta | None = None
    """Of the sites that can confirm ours, the one whose clock is nearest; None: there is none."""
    is_ours_behind: bool = False
    """Whether a site's clock is ahead of ours."""

    def see(self, shown: datetime, ours: datetime) -> None:
        """The clock of a site has shown this, and ours that."""
        ahead = ours - shown
        if ahead < -TOLERANCE:
            # It may be wrong, and says nothing against others from which ours is far ahead.
            self.is_ours_behind = True
        elif self.least is None or ahead < self.least:
            self.least = ahead

    @property
    def doubt(self) -> str | None:
        """Why our clock is not believed; None: nothing speaks against it."""
        if self.least is None or self.least <= TOLERANCE:
            return None
        return f"the clock is {counted(self.least.days, 'day')} ahead of the sites that answered"

    def believed(self, now: datetime) -> datetime | None:
        """The moment; None: nobody confirms any."""
        if self.least is None:
            # By a clock that is behind nothing goes too early.
            return now if self.is_ours_behind else None
        return now - self.least if self.doubt else now
