"""Which addresses lead to a page that was erased."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from radar.erasure.erased_pages import ErasedPages, block_pages

HOME = "https://press.example"


@pytest.mark.parametrize(
    ("path", "erased"),
    [
        ("/detail?news=17", True),
        ("/detail?news=17&print=1", True),
        ("/detail?news=17&cHash=0a1b", True),
        ("/detail?news=17&type=98&cHash=0a1b", True),
        ("/detail?news=18&cHash=0a1b", False),
    ],
)
def test_other_addresses_of_an_erased_page(
    connection: sa.Connection, path: str, *, erased: bool
) -> None:
    block_pages(connection, [f"{HOME}/detail?news=17"], datetime(2026, 3, 2, tzinfo=UTC))
    assert (HOME + path in ErasedPages(connection)) is erased
