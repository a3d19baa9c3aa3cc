"""Whether pages are still made as a profile has learnt: a site that changes its layout keeps hardly
any of its places.

What a page says does not matter, nor in which language; of several layouts side by side all count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from crawler.profiles.learning.sample import Line, ReadSample
from crawler.profiles.lines import counter_key, exact_key, place_key
from crawler.profiles.profile import SiteProfile

FEWEST = 2
"""Pages that have a place, from which it is one of the site's places."""
OF_PAGES, OF_FRAME = 0.1, 0.5
"""The same as a share of the pages; share of those that show the frame."""


def agreements(profile: SiteProfile, pages: Iterable[ReadSample]) -> list[bool]:
    """Of each page that can be judged, whether it agrees with the profile, in no order; a page of
    nothing of its own can't be.
    """
    if not profile.places:
        return []
    answers = (profile.knows(_own_words(page, profile)) for page in pages)
    return [answer for answer in answers if answer is not None]


def _own_words(page: ReadSample, profile: SiteProfile) -> Counter[str]:
    """How many words each place has, without lines that are known to recur."""
    found: Counter[str] = Counter()
    for line in page.lines:
        if _is_own(line, profile):
            found[line.place] += len(line.words)
    return found


def find_places(pages: Sequence[ReadSample]) -> frozenset[str]:
    """Digests of the places of a site's pages."""
    counts = Counter(key for page in pages for key in {place_key(x.place) for x in page.lines})
    least = max(FEWEST, OF_PAGES * len(pages))
    return frozenset(place for place, count in counts.items() if count >= least)


def find_frame(pages: Sequence[ReadSample]) -> frozenset[str]:
    """Digests of the places at which most pages show a line that others show too."""
    having: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    different: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for page in pages:
        having.update({line.place for line in page.lines})
        for line in page.lines:
            shown[line.place] += 1
            different[line.place].add(line.words)
    least = max(FEWEST, OF_FRAME * len(pages))
    return frozenset(
        place_key(place)
        for place, count in having.items()
        if count >= least and 2 * len(different[place]) <= shown[place]
    )


def _is_own(line: Line, profile: SiteProfile) -> bool:
    """The line is none that is known to recur."""
    if line.place in profile.boxes or exact_key(line.place, line.words) in profile.lines:
        return False
    return counter_key(line.place, line.words) not in profile.counters
