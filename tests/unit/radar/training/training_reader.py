"""The reader of labelled pages: one for all tests of a process, as it takes a second to make."""

from __future__ import annotations

from functools import cache

from radar.training.labelled_pages import TrainingReader


@cache
def training_reader() -> TrainingReader:
    """With the packaged tables; pages leave nothing behind in it but themselves."""
    return TrainingReader()
