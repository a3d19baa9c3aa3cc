"""A loopback site, and nights of a crawl without a name server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.discovery.listing_words import ListingWords
from indexer.records.reference import load_reference
from tests.loopback.site import LoopbackSite
from tests.unit.crawler.night import (
    NAMES,
    Night,
)


@pytest.fixture(scope="module")
def words() -> ListingWords:
    return ListingWords.from_languages(load_reference().languages)


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


@pytest.fixture
def no_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolve(
        self: object, host: str, port: int = 0, family: int = 0
    ) -> list[dict[str, object]]:
        if host not in NAMES:
            raise OSError(socket.EAI_NONAME, "no such name")
        one = {"hostname": host, "host": NAMES[host](), "port": port, "flags": 0}
        return [{**one, "family": socket.AF_INET, "proto": 0}]

    monkeypatch.setattr("aiohttp.resolver.ThreadedResolver.resolve", resolve)


@pytest.fixture
def night(tmp_path: Path, words: ListingWords, no_name_server: None) -> Night:
    return Night(tmp_path / "archive", words)
