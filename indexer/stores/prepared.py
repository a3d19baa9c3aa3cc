"""What a store finds out for a search before it runs: the answers to its questions of meaning, and
which documents hold its conditions within one passage.

One search of a user is several of a store where stories are entries: they share this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeAlias

from indexer.query.compiled import CompiledNode, CompiledQuery
from indexer.query.naming import Naming
from indexer.query.same_passage import decide
from indexer.query.view import PageView
from indexer.stores.base import SearchRequest
from indexer.stores.meanings import FindNear, Say, StoriesOf, with_meanings_found
from indexer.stores.request_checks import RestrictedQuery, restrict

FindViews: TypeAlias = Callable[[CompiledNode], Iterable[PageView]]
"""All documents that match."""
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
    say: Say | None = None,
    stories: StoriesOf | None = None,
    decided: Decide = decide,
) -> PreparedQuery:
    """The query of a request for the engine that answers `near`, `views`, `say` and `stories`
    (without these no ranks are made); `decided` may know what `decide` found before.
    """
    restricted = restrict(compiled.root, request, naming)
    answered = with_meanings_found(compiled, restricted, request, near, say, stories=stories)
    base = restrict(answered.root, request, naming).base
    return PreparedQuery(answered, decided(base, views), naming)
