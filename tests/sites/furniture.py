"""What stands around the news and changes by itself: clock, weather, rates, counters, teasers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.sites.contents import NIGHTS, ZONES, Story

if TYPE_CHECKING:
    from tests.sites.site import Site

CURRENCIES = ("USD", "EUR", "RUB", "CNY", "KZT")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The furniture of one night."""

    now: datetime
    """In the zone of the site."""
    weather: str
    rates: tuple[tuple[str, str], ...]
    visitors: int
    advertisement: str
    """Another one on each night."""
    most_read: tuple[Story, ...]
    """The same stories for all pages of a night."""

    @classmethod
    def of(cls, site: Site, night: int) -> Furniture:
        """The furniture that a site has on a night."""
        random = Random(f"{site.name} {night}")
        words = site.words
        town = words["slots"]["town"][0]
        return cls(
            NIGHTS[night].astimezone(ZoneInfo(ZONES[site.language])),
            words["weather"][night % 2].format(town=town, t=random.randint(1, 14)),
            tuple((c, f"{random.uniform(0.5, 500):.2f}") for c in CURRENCIES),
            random.randint(100, 9000),
            words["ads"][night % 2].format(n=random.randint(10, 60)),
            tuple(random.sample(site.stories(night), 4)),
        )

    def views(self, story: Story) -> int:
        """How often a page was looked at, or says so."""
        return 40 * (story.number + 3) + self.visitors % 37

    def related(self, site: Site, story: Story) -> list[Story]:
        """Teasers below a story: three others, not the same ones on each night."""
        random = Random(f"{site.name} {story.number} {self.visitors}")
        others = [s for s in self.most_read if s != story]
        return random.sample(others, min(3, len(others)))
