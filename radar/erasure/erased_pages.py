"""Erased pages, which must not come back: only a hash of each is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from crawler.discovery.variants import former_addresses
from indexer.database import tables
from indexer.records.urls import canonical, identity


class ErasedPages:
    """The erased pages, as of the creation of this object."""

    def __init__(self, connection: sa.Connection) -> None:
        self._keys = frozenset(connection.execute(sa.select(tables.erased_page.c.key)).scalars())

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._keys)

    def __contains__(self, url: object) -> bool:
        """Whether the page behind an address, or behind that without the mark of a print version
        or a checksum, must not come back.
        """
        if not self._keys or not isinstance(url, str):
            return False
        address = canonical(url)
        former = former_addresses(address) if address is not None else ()
        return any(page_key(shown) in self._keys for shown in (url, *former))


def page_key(url: str) -> str:
    """Hash (32 hex digits of BLAKE2b) of the page at an address: the same for http and https."""
    address = canonical(url)
    text = identity(address) if address is not None else url
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


def block_pages(connection: sa.Connection, urls: Collection[str], now: datetime) -> None:
    """Let these pages never come back; the caller commits."""
    known = frozenset(connection.execute(sa.select(tables.erased_page.c.key)).scalars())
    for key in sorted({page_key(url) for url in urls} - known):
        connection.execute(sa.insert(tables.erased_page).values(key=key, at=now))
