"""A page reader without any guard, for a look at what the workers around it do."""

from __future__ import annotations

import os
from functools import cached_property

from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.reference import Reference


class CarelessReader:
    """Does what the last part of the address says."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    @cached_property
    def _reader(self) -> PageReader:
        """Made for who reads: most workers of these tests end before."""
        return PageReader(self._reference)

    def read(self, raw: RawPage) -> Page:
        name = (raw.url or "").rsplit("/", 1)[-1]
        if name == "hangs":
            while True:
                name = name[::-1]
        if name == "eats":
            hoard = bytearray(8 << 30)
            return self.read(RawPage(body=bytes(hoard), url="last"))
        if name == "dies":
            os._exit(9)
        if name == "raises":
            raise KeyError("a bug")
        return self._reader.read(raw)
