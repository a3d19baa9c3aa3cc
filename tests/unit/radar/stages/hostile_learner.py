"""A learner that does what it must not; called in workers by its import path."""

from __future__ import annotations

import os
from collections.abc import Sequence

from crawler.profiles.learning import SamplePage


def end_the_worker(pages: Sequence[SamplePage], articles: object) -> None:
    """As a fault in a library would."""
    del pages, articles
    os._exit(3)
