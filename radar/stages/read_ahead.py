"""Extraction during the crawl, which mostly waits for sites and leaves the processors idle.

Results wait until the stage extract takes them, so that order and rules are the same as if
everything were extracted there. After a crash it is extracted there.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from indexer.frontier.port import ArchivePosition, Response
from indexer.naming_files import naming
from indexer.records.document import Page
from indexer.records.errors import ParseError, RadarError

BYTES = 8 << 20
"""Of pages that wait for a worker, at most; one more is left to the stage extract."""


class ReadingAhead:
    """Takes pages as they are fetched, and returns the results after the crawl."""

    def __init__(
        self, pool: PagePool[Hashable], folder: Path, raw_page: Callable[[str, Response], RawPage]
    ) -> None:
        """`folder`: where responses wait, in a file without a name. `raw_page` is given source and
        answer.
        """
        self._pool = pool
        self._folder = folder
        self._raw_page = raw_page
        self._waiting: dict[Hashable, int] = {}
        """Bytes of the pages that workers have."""
        self._file: BinaryIO | None = None
        self._places: dict[Hashable, int] = {}
        """Where in the file the answers lie."""
        self._failure: RadarError | None = None

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Drop the results that nobody took."""
        if self._file is not None:
            # What is still in its buffer is not needed, nor is the space for it.
            with suppress(OSError):
                self._file.close()

    def expect(self) -> None:
        """Start the workers: there will be pages to read."""
        self._pool.start()

    def offer(self, position: ArchivePosition, source: str, response: Response) -> None:
        """Read a fetched page if the workers have capacity. Never waits."""
        self._collect(wait=False)
        room = BYTES - sum(self._waiting.values())
        if self._failure is None and len(response.body) <= room:
            self._submit(position, source, response)

    def finish(self) -> None:
        """Wait for pages that are being read. Raises RadarError if workers could not start."""
        while self._waiting and self._failure is None:
            self._collect(wait=True)
        if self._failure is not None:
            raise self._failure

    def answer(self, position: ArchivePosition) -> Page | ParseError | None:
        """The result of a page; None if it was not read. Call it once for each, after `finish`."""
        place = self._places.pop(position, None)
        if place is None or self._file is None:
            return None
        with naming(self._folder):
            self._file.seek(place)
            # written below by this process
            answer: Page | tuple[str, str] = pickle.load(self._file)  # noqa: S301
        return answer if isinstance(answer, Page) else ParseError(answer[1], reason=answer[0])

    def _submit(self, position: ArchivePosition, source: str, response: Response) -> None:
        try:
            self._pool.submit(position, self._raw_page(source, response))
        except ParseError:
            return  # not a page: the stage extract records why
        except RadarError as error:
            self._failure = error  # the crawl continues; the stage extract can't
            return
        self._waiting[position] = len(response.body)

    def _collect(self, *, wait: bool) -> None:
        try:
            for position, answer in self._pool.results(wait=wait):
                del self._waiting[position]
                self._keep(position, answer)
        except RadarError as error:
            self._failure = error

    def _keep(self, position: Hashable, answer: Page | ParseError) -> None:
        # Errors with arguments don't travel.
        kept = answer if isinstance(answer, Page) else (answer.reason, answer.message)
        with naming(self._folder):
            if self._file is None:
                # until `__exit__`
                self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
            self._places[position] = self._file.seek(0, 2)
            pickle.dump(kept, self._file, protocol=pickle.HIGHEST_PROTOCOL)
