"""A cursor that is none of ours is told so, whatever it holds."""

from __future__ import annotations

import base64

import pytest

from indexer.records.errors import QueryError
from indexer.stores.base import SearchRequest
from indexer.stores.cursor import decode_cursor, encode_cursor


def test_a_cursor_leads_back() -> None:
    request = SearchRequest("kupfer")
    again = SearchRequest("kupfer", cursor=encode_cursor(request, 7))
    assert decode_cursor(again) == 7


@pytest.mark.parametrize("plain", [b"[" * 100_000, b"{", b"5", b"[1, 2]", b"\xff"])
def test_a_foreign_cursor_is_a_query_error(plain: bytes) -> None:
    cursor = base64.urlsafe_b64encode(plain).decode()
    with pytest.raises(QueryError):
        decode_cursor(SearchRequest("kupfer", cursor=cursor))
