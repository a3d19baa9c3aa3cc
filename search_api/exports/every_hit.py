"""All hits of a search, read in stretches: no more than one stretch is in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from indexer.loaded_programs import give_back_again
from indexer.records.errors import StoreUnavailable
from indexer.stores.base import Hit, SearchRequest
from search_api.ports import SearchStore

STRETCH = 50
"""Hits that are read at once: with 100 a server holds 2 MiB more, with 25 as much."""
CHUNK = 64 * 1024
"""Bytes that are sent at once."""


def every_hit(
    search: SearchStore, request: SearchRequest, most: int | None, *, once: bool = False
) -> Iterator[Hit]:
    """The hits from the request's cursor on, `most` of them at most; None: all.

    `once`: they are hardly asked for again soon, and nothing is kept in memory for that: neither by
    the store, nor what this process holds of its programs.

    StoreUnavailable where not the whole store answers: what is exported is complete.
    """
    stretch = replace(request, limit=min(most or STRETCH, STRETCH), once=once)
    return islice(_hits(search, stretch), most)


def _hits(search: SearchStore, request: SearchRequest) -> Iterator[Hit]:
    if request.once:
        give_back_again()  # what other requests have used before
    while True:
        result = search.search(request)
        if result.incomplete:
            raise StoreUnavailable(
                "not the whole search index answers now", hint="`radar check` says why"
            )
        if request.once:
            give_back_again()
        yield from result.hits
        if result.next is None:
            return
        request = replace(request, cursor=result.next)


def begun(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces in chunks, the first of them made now: an error at the beginning is raised here,
    before an answer has begun.
    """
    chunks = _in_chunks(pieces)
    first = next(chunks, b"")
    return chain((first,), chunks)


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= CHUNK:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
