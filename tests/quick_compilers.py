"""Compilers of queries that the calls of a test share, as their topics take long to compile.

To compile the shipped topic takes half a second of processor time, which a process of the program
spends once: a test that calls it in its own process, or as one that is forked, would do so for each
call. A compiler keeps nothing but what it has compiled, and is safe to share.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING

from indexer.query import QueryCompiler, parse_query
from indexer.query.topics import Topic
from indexer.records.reference import Reference
from radar.installation import installation
from tests import quick_tables

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder

KEPT = 8
"""Compilers: an installation with tables or topics of its own has another one."""

_kept: list[tuple[Reference, Mapping[str, Topic], QueryCompiler]] = []
_NO_HOMES: Mapping[str, str] = {}


def begin() -> None:
    """From now on in this process, and in those that are forked from it."""
    vars(installation)["QueryCompiler"] = compiler
    quick_tables.begin()


def compiler(
    reference: Reference,
    topics: Mapping[str, Topic],
    encoder: Encoder | None,
    homes: Mapping[str, str] = _NO_HOMES,
) -> QueryCompiler:
    """One over the same tables and topics, if there is one; with an encoder always a new one."""
    if encoder is not None:
        return QueryCompiler(reference, topics, encoder, homes)
    for known, of_topics, kept in _kept:
        if known is reference and of_topics == topics:
            if kept.homes == homes:
                return kept
            shared = copy(kept)
            shared.homes = homes
            return shared
    made = QueryCompiler(reference, topics, None, homes)
    _kept.insert(0, (reference, dict(topics), made))
    del _kept[KEPT:]
    return made


def compile_topics(reference: Reference, topics: Mapping[str, Topic]) -> None:
    """Ahead of those who are forked from this process."""
    for topic in topics:
        compiler(reference, topics, None).compile(parse_query(f"topic:{topic}"))
