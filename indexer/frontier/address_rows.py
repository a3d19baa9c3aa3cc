"""Rows of addresses as one run reads and changes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.buffered_writes import Writes
from indexer.database.chunks import chunks
from indexer.database.records import iter_records
from indexer.frontier.address import (
    ADDRESS,
    INSERT_ADDRESS,
    UPDATE_ADDRESS,
    Address,
    find_address,
)

CACHED = 2_000
"""Addresses that are held in memory, at most."""


class AddressRows:
    """What was looked up is held in memory: the crawl asks for each address several times, and
    nobody else writes it meanwhile. What is changed waits among the writes of the run.
    """

    def __init__(self, connection: sa.Connection, writes: Writes) -> None:
        self._connection = connection
        self._writes = writes
        self._held: dict[str, Address | None] = {}

    def find(self, url: str) -> Address | None:
        """The address as it stands, with what waits to be written."""
        if url not in self._held:
            self._make_room(1)
            if url in self._writes:
                self._writes.write()
            self._held[url] = find_address(self._connection, url)
        return self._held[url]

    def prefetch(self, urls: Iterable[str]) -> None:
        """Look up together addresses that `find` is going to be called for."""
        for part in chunks(url for url in urls if url not in self._held):
            self._make_room(len(part))
            self._writes.write()
            query = sa.select(*ADDRESS).where(tables.address.c.url.in_(part))
            found = iter_records(self._connection, Address, query)
            self._held |= dict.fromkeys(part) | {address.url: address for address in found}

    def insert(self, url: str, values: Mapping[str, Any]) -> None:
        """Add an address that is not known."""
        self._held.pop(url, None)
        self._writes.add(INSERT_ADDRESS, url, {"url": url, **values})

    def update(self, url: str, values: Mapping[str, Any]) -> None:
        """Change some fields of a known address."""
        self._held.pop(url, None)
        self._writes.add(UPDATE_ADDRESS, url, {"key": url, **values})

    def forget(self) -> None:
        """Look everything up anew: others are going to write addresses."""
        self._held.clear()

    def _make_room(self, number: int) -> None:
        if len(self._held) + number > CACHED:
            self._held.clear()
