"""Whether pages are still made as a profile has learnt: a site that changes its layout keeps hardly
any of its places.

What a page says does not matter, nor in which language; of several layouts side by side all count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crawler.profiles.learning.pages import Comparison
from crawler.profiles.learning.sample import ReadSample, read_samples
from crawler.profiles.lines import place_key

FEWEST = 2
"""Pages that have a place, from which it is one of the site's places."""
OF_PAGES = 0.1
"""The same as a share of the pages."""
SHARE = 0.4
"""Of a page's places that have to be known: what an article brings along itself (a table, a list)
is the smaller part.
"""


def compare(comparison: Comparison) -> list[bool]:
    """Of each page that can be judged, whether it agrees with the profile, in no order."""
    known = comparison.profile.places
    if not known:
        return []
    found = (_places(page) for page in read_samples(comparison.pages))
    return [len(places & known) >= SHARE * len(places) for places in found]


def find_places(pages: Sequence[ReadSample]) -> frozenset[str]:
    """Digests of the places of a site's pages."""
    counts = Counter(place for page in pages for place in _places(page))
    least = max(FEWEST, OF_PAGES * len(pages))
    return frozenset(place for place, count in counts.items() if count >= least)


def _places(page: ReadSample) -> frozenset[str]:
    return frozenset(place_key(line.place) for line in page.lines)
