"""A reader of pages that is warm when the run of a test needs it.

To load the tables, and to compile what the first page of each language asks for, takes a worker
three seconds of processor time: as much as all else that the run of a test does. Here the process
that workers are forked from has done it (`tests.e2e.warmed`), and they inherit the reader.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path
from unittest import mock

import radar.run.run
from crawler.parsers.page import PageReader
from crawler.parsers.pool import PagePool
from indexer.records.reference import Reference
from tests.e2e.warm_process import ReadingWorkers, fork_of_warm_process


class Warm:
    """What a worker has inherited; None: nothing, its parent was there before these tests."""

    reader: tuple[Reference, PageReader] | None = None


def page_reader(reference: Reference) -> PageReader:
    """The inherited reader, if it was made of the same tables."""
    if Warm.reader is not None:
        known, reader = Warm.reader
        if known is reference:
            return reader
    return PageReader(reference)


class WarmPool(PagePool[Hashable]):
    """Workers with the warm reader."""

    def __init__(self, *, config: Path | None, parameters: Path | None, workers: int) -> None:
        reader = f"{__name__}:page_reader"
        super().__init__(config=config, parameters=parameters, workers=workers, reader=reader)


_workers = ReadingWorkers(fork_of_warm_process)


@contextmanager
def warm_workers() -> Iterator[None]:
    """Runs in this process meanwhile read pages with the warm reader.

    A pool that a test has put in the place of the ordinary one stays.
    """
    if vars(radar.run.run)["PagePool"] is not PagePool:
        yield
        return
    with (
        mock.patch.object(forkserver, "connect_to_new_process", _workers.connect_to_new_process),
        mock.patch.object(radar.run.run, "PagePool", WarmPool),
    ):
        yield
