"""What a store finds out for a search before it runs: the answers to its questions of meaning, and
which documents hold its conditions within one passage.

One search of a user is several of a store where stories are entries: they share this.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from indexer.query.compiled import CompiledNode, CompiledQuery
from indexer.query.naming import Naming
from indexer.query.same_passage import decide
from indexer.query.view import PageView
from indexer.stores.base import SearchRequest
from indexer.stores.meanings import FindNear, with_meanings_found
from indexer.stores.request_checks import RestrictedQuery, restrict

FindViews: TypeAlias = Callable[[CompiledNode], Iterable[PageView]]
"""All documents that match."""
_MOST_KNOWN = 20
"""Queries that are remembered."""
Decide: TypeAlias = Callable[[CompiledNode, FindViews], CompiledNode]
"""As `same_passage.decide`."""


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query that an engine can run, for a request and for others that differ in filters, limit
    and cursor alone.
    """

    compiled: CompiledQuery
    """With the documents that its questions found; marks of hits are made from it."""
    _base: CompiledNode
    _naming: Naming

    def restricted(self, request: SearchRequest) -> RestrictedQuery:
        """The query with the filters of a request."""
        return replace(restrict(self.compiled.root, request, self._naming), base=self._base)


def prepare(
    compiled: CompiledQuery,
    request: SearchRequest,
    naming: Naming,
    *,
    near: FindNear,
    views: FindViews,
    decided: Decide = decide,
) -> PreparedQuery:
    """The query of a request for the engine that answers `near` and `views`; `decided` may know
    what `decide` found before.
    """
    restricted = restrict(compiled.root, request, naming)
    answered = with_meanings_found(compiled, restricted, request, near)
    base = restrict(answered.root, request, naming).base
    return PreparedQuery(answered, decided(base, views), naming)


class Decisions:
    """The queries that were decided last (`same_passage.decide`), each in a state of the index: the
    pages of a result ask for the same one.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, CompiledNode] = OrderedDict()
        self._lock = threading.Lock()

    def decide(self, state: Hashable, base: CompiledNode, views: FindViews) -> CompiledNode:
        """As `same_passage.decide`, for the engine in this state."""
        key = (state, base)
        with self._lock:
            found = self._known.pop(key, None)
        if found is None:
            found = decide(base, views)
        with self._lock:
            self._known[key] = found
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return found
