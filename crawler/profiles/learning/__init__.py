"""Learning how a site's pages are made, from some of them.

Pure and deterministic: the order of the pages does not matter, and the time is linear in their
size. One page teaches nothing: everything needs the agreement of several pages with different
texts, so a hostile page among honest ones changes nothing, and copies of a page count once.

The functions here are called by the workers that read pages. What they need to do it is loaded
when they are called: the process that only hands over their names does without (a third of the
start of `radar run`).
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.profiles.learning.pages import Comparison, Lesson, SamplePage
from crawler.profiles.profile import SiteProfile

__all__ = ["Comparison", "Lesson", "SamplePage", "compare", "learn", "study"]


def learn(pages: Sequence[SamplePage]) -> SiteProfile | None:
    """See `learner.learn`."""
    from crawler.profiles.learning import learner  # noqa: PLC0415  # see above

    return learner.learn(pages)


def study(lesson: Lesson) -> SiteProfile | None:
    """See `learner.study`."""
    from crawler.profiles.learning import learner  # noqa: PLC0415  # see above

    return learner.study(lesson)


def compare(comparison: Comparison) -> list[bool]:
    """See `agreement.compare`."""
    from crawler.profiles.learning import agreement  # noqa: PLC0415  # see above

    return agreement.compare(comparison)
