"""How the addresses of a site's news are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.profiles.learning.sample import ReadSample
from crawler.profiles.profile import DatePlace
from indexer.frontier.traps.shapes import shapes

FEWEST = 3
"""Pages of one shape with a day of publication: one page teaches nothing."""
SHARE = 0.9
"""Of the pages of a shape, those that have one."""


def find_addresses(pages: Sequence[ReadSample], places: Sequence[DatePlace]) -> frozenset[str]:
    """Shapes of addresses of which nearly all pages have a day at one of these places."""
    seen: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    for page in pages:
        for shape in shapes(page.url or "")[:1]:
            seen[shape] += 1
            dated[shape] += any(
                place.is_at(printed.place, printed.label)
                for printed in page.dates
                for place in places
            )
    return frozenset(
        shape for shape, number in dated.items() if number >= max(FEWEST, SHARE * seen[shape])
    )
