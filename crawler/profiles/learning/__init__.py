"""Learning how a site's pages are made, from some of them.

Pure and deterministic: the order of the pages does not matter, and the time is linear in their
size. One page teaches nothing: everything needs the agreement of several pages with different
texts, so a hostile page among honest ones changes nothing, and copies of a page count once.
"""

from crawler.profiles.learning.learner import FEWEST_PAGES, learn
from crawler.profiles.learning.sample import SamplePage

__all__ = ["FEWEST_PAGES", "SamplePage", "learn"]
