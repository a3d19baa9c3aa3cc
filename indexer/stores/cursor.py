"""Cursors: where the next page of a result begins, as an opaque string for clients."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json

from indexer.stores.base import SearchRequest, cursor_error

MOST_KEY = 2**62
"""Greater than any sort key (`newest`, `latest_event`)."""


def encode_cursor(request: SearchRequest, place: int) -> str:
    """A cursor that continues after `place`, for the same query, order and filters only."""
    plain = json.dumps([place, digest_of(request)])
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def decode_cursor(request: SearchRequest, below: int = MOST_KEY) -> int | None:
    """The place after which to continue; None at the beginning; QueryError for a foreign cursor."""
    if request.cursor is None:
        return None
    try:
        padded = request.cursor + "=" * (-len(request.cursor) % 4)
        place, digest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise cursor_error() from error
    if digest != digest_of(request) or not isinstance(place, int) or not 0 <= place < below:
        raise cursor_error()
    return place


def digest_of(request: SearchRequest) -> str:
    """The same for all pages of a result; whatever else a request asks for makes another one."""
    request_parts = [
        request.query,
        request.sort,
        sorted((field, sorted(values)) for field, values in request.filters.items()),
        request.published_from,
        request.published_to,
        request.news_only,
        request.seen_since and request.seen_since.timestamp(),
    ]
    return hashlib.blake2b(json.dumps(request_parts).encode(), digest_size=6).hexdigest()
