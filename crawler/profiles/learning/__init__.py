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
from typing import TYPE_CHECKING

from crawler.profiles.learning.pages import Compared, Comparison, Lesson, SamplePage
from crawler.profiles.profile import SiteProfile

if TYPE_CHECKING:
    from crawler.parsers.article import ArticleReader

__all__ = ["Compared", "Comparison", "Lesson", "SamplePage", "compare", "learn", "study"]


def learn(pages: Sequence[SamplePage], articles: ArticleReader | None = None) -> SiteProfile | None:
    """See `learner.learn`."""
    from crawler.profiles.learning import learner  # noqa: PLC0415  # see above

    return learner.learn(pages, articles)


def study(lesson: Lesson, articles: ArticleReader | None = None) -> SiteProfile | None:
    """See `learner.study`."""
    from crawler.profiles.learning import learner  # noqa: PLC0415  # see above

    return learner.study(lesson, articles)


def compare(comparison: Comparison, articles: ArticleReader | None = None) -> Compared:
    """See `comparing.compare`."""
    from crawler.profiles.learning import comparing  # noqa: PLC0415  # see above

    return comparing.compare(comparison, articles)
