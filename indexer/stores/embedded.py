"""The embedded search store: tantivy in a folder, without a server.

Its folder holds numbered indexes (`index_folders`). A rebuild fills a new one beside the one in
use, and then swaps them. Readers use the old index until the swap and open the new one at their
next search, which `tantivy_search` runs over one state of it (`tantivy_state`).
"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Self, TypeAlias

from tantivy import Query, Searcher

from indexer.freed_memory import give_back_freed
from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    ExactValue,
)
from indexer.query.compiler import QueryCompiler
from indexer.query.naming import split_form
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import StoreUnavailable
from indexer.records.origin import Origin
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from indexer.stores.event_order import with_cursor_checked
from indexer.stores.every_value import EveryValue
from indexer.stores.facets import labelled
from indexer.stores.index_folders import (
    create_first,
    current_index_folder,
    make_folder,
    next_folder,
    point_to,
    pointer_state,
    remove_unused,
)
from indexer.stores.prepared import PreparedQuery
from indexer.stores.request_checks import NEWS, checked_query
from indexer.stores.story_groups import with_places, with_stories
from indexer.stores.tantivy_index import (
    TantivyIndex,
    engine_errors,
)
from indexer.stores.tantivy_names import NUMBERED_FIELDS, entry_field, written_in
from indexer.stores.tantivy_query import TantivyQueries
from indexer.stores.tantivy_search import run_search
from indexer.stores.tantivy_state import IndexState, KnownAnswers
from indexer.stores.timeline import (
    read_value_days,
    value_days_aggregation,
)

_EMPTY = SearchResult(0, ())
_BITS = 20
"""Of a score, which has 24, that are used to tell what matched."""


class EmbeddedStore:
    """The store in `folder`.

    A writable store creates the folder if it is missing, and takes the writer's lock at its first
    write (StoreUnavailable while another process holds it). A read-only store finds nothing until
    the folder exists. An index of another version raises SchemaMismatch, a damaged one
    IndexDamaged; a writable store looks for damage in all files.
    """

    writes_at_once: ClassVar[int] = 1

    def __init__(self, folder: Path, compiler: QueryCompiler, *, writable: bool) -> None:
        self._folder = folder
        self._compiler = compiler
        self._writable = writable
        self._lock = threading.Lock()
        self._index: TantivyIndex | None = None
        self._seen_pointer: tuple[int, int] | None = None
        self._known = KnownAnswers()
        if writable:
            if current_index_folder(folder) is None:
                create_first(folder)
            # What was forgotten since the last rebuild may stand in the index before it.
            remove_unused(folder)
        self._open_current()

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """See the port."""
        self._require_writable().write(documents, self._compiler)

    def delete(self, ids: Collection[DocumentId], *, for_good: bool = False) -> None:
        """See the port: there is one writer, and so no late write."""
        del for_good
        self._require_writable().delete(ids)

    def search(self, request: SearchRequest) -> SearchResult:
        """See the port."""
        compiled = checked_query(self._compiler, request)
        request = with_cursor_checked(request)
        with engine_errors(self._folder):
            begun = _begun(request)
            index = begun[0].index if begun else self._open_current()
            if index is None:
                return _EMPTY
            if request.once and not begun:
                index.forget()  # what searches before it have read
            if request.once:  # blocks: 12 MiB after a hundred searches, half of one after a stretch
                give_back_freed()
            with index.read_once() if request.once else nullcontext():
                state, query = begun or self._begin(index, compiled, request)
                stories = partial(state.of_stories, once=request.once)
                result = with_stories(partial(run_search, state, query), stories, request)
            if request.once and result.next is not None:
                begun = state.read_anew(), query
                result = replace(result, next=_NextStretch.of(result.next, begun))
        return result

    def found_among(
        self, queries: Sequence[str], documents: Sequence[DocumentId]
    ) -> Sequence[Collection[DocumentId]]:
        """See the port."""
        requests = [SearchRequest(query, only=tuple(documents)) for query in queries]
        compiled = [checked_query(self._compiler, request) for request in requests]
        index = self._open_current()
        if index is None or not documents:
            return [()] * len(queries)
        state = IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            asked = zip(compiled, requests, strict=True)
            nodes = [state.prepared(c, r).restricted(r).base for c, r in asked]
            some = (nodes[start : start + _BITS] for start in range(0, len(nodes), _BITS))
            return [found for each in some for found in state.which(documents, each)]

    def nearest(self, text: str, request: SearchRequest) -> Mapping[DocumentId, float]:
        """See the port."""
        compiled, vector = checked_query(self._compiler, request), self._compiler.meaning(text)
        index = self._open_current()
        if index is None:
            return {}
        state = IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            among = state.prepared(compiled, request).restricted(request).whole()
            return {page: near.cosine for page, near in state.nearest(vector, among).items()}

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """See the port."""
        compiled = checked_query(self._compiler, request)
        index = self._open_current()
        if index is None or not documents:
            return ()
        state = IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            hits = state.hits_of(compiled, request, documents)
            return with_places(hits, state.of_stories, request)

    def _begin(
        self, index: TantivyIndex, compiled: CompiledQuery, request: SearchRequest
    ) -> _Begun:
        """The state of the index now and the query for it."""
        state = IndexState(self._compiler, index, self._known)
        return state, state.prepared(compiled, request)

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """See the port."""
        compiled = checked_query(self._compiler, request) if request else None
        index = self._open_current()
        if index is None:
            return ()
        state = IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            if request is None or compiled is None:
                return self._known.values.find(
                    (state.name, field), lambda: EveryValue(self._values_among(state, field, NEWS))
                )
            request = replace(request, facets=True)
            restricted = state.prepared(compiled, request).restricted(request)
            chosen = restricted.chosen.get(field, ())
            return self._values_among(state, field, restricted.whole(field), chosen)

    def _values_among(
        self, state: IndexState, field: str, among: CompiledNode, chosen: Sequence[str] = ()
    ) -> tuple[FacetValue, ...]:
        query = state.queries.query(among) or Query.empty_query()
        counted, forms = _every_value(state.searcher, field, query)
        return labelled(field, (dict.fromkeys(chosen, 0) | counted).items(), forms, self._compiler)

    def days(self, field: str, values: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
        """See the port."""
        index = self._open_current()
        if index is None or not values:
            return {}
        searcher = index.searcher()
        wanted = AllOf((ExactValue(field, tuple(values), field), NEWS))
        query = TantivyQueries(index.schema, searcher).query(wanted) or Query.empty_query()
        with engine_errors(self._folder):
            return read_value_days(searcher.aggregate(query, value_days_aggregation(field, values)))

    def revisions(self) -> Mapping[DocumentId, int]:
        """See the port."""
        index = self._open_current()
        return index.revisions() if index else {}

    def count(self) -> int:
        """See the port."""
        index = self._open_current()
        return index.count() if index else 0

    def origin(self) -> Origin | None:
        """See the port."""
        index = self._open_current()
        return index.origin() if index else None

    def mark(self, origin: Origin) -> None:
        """See the port."""
        self._require_writable().mark(origin)

    def iter_revisions(self) -> Iterator[tuple[DocumentId, int]]:
        """See the port."""
        index = self._open_current()
        return index.iter_revisions() if index else iter(())

    def damage(self) -> Iterator[str]:
        """See the port."""
        index = self._open_current()
        if index is not None:
            yield from (f"{name} in {index.folder}: {why}" for name, why in index.damage())

    def notes(self) -> Sequence[str]:
        """See the port."""
        return ()

    def close(self) -> None:
        """See the port."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _require_writable(self) -> TantivyIndex:
        index = self._open_current()
        if not self._writable or index is None:
            raise StoreUnavailable("this search index was opened for reading only")
        return index

    def _open_current(self) -> TantivyIndex | None:
        """The index in use; another one after a rebuild."""
        pointed = pointer_state(self._folder)
        if pointed is None or pointed == self._seen_pointer:
            return self._index
        with self._lock:
            path = current_index_folder(self._folder)
            if path is not None and (self._index is None or self._index.folder != path):
                fresh = TantivyIndex(path)
                if self._writable:
                    # What is damaged is not written to; to read it takes a second for some GB.
                    fresh.verify()
                if self._index is not None:
                    self._index.close()
                self._index = fresh
            self._seen_pointer = pointed
            return self._index


class EmbeddedRebuild:
    """A new index of the store in `folder`, filled beside the one in use.

    `write` and `delete` change the new index, `finish` puts it in use, `abandon` removes it.
    """

    writes_at_once: ClassVar[int] = 1

    def __init__(self, folder: Path, compiler: QueryCompiler) -> None:
        self._folder = folder
        self._compiler = compiler
        make_folder(folder)
        remove_unused(folder)
        self._index = TantivyIndex(next_folder(folder), create=True)

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """As the port's."""
        self._index.write(documents, self._compiler)

    def delete(self, ids: Collection[DocumentId]) -> None:
        """As the port's."""
        self._index.delete(ids)

    def revisions(self) -> Mapping[DocumentId, int]:
        """As the port's."""
        return self._index.revisions()

    def mark(self, origin: Origin) -> None:
        """As the port's."""
        self._index.mark(origin)

    def finish(self) -> None:
        """Put the new index in use. The next writer removes the old one, so that readers can
        finish with it.
        """
        self._index.close()
        point_to(self._folder, self._index.folder)

    def abandon(self) -> None:
        """Remove the new index."""
        self._index.close()
        shutil.rmtree(self._index.folder, ignore_errors=True)


def open_rebuild(folder: Path, compiler: QueryCompiler) -> EmbeddedRebuild:
    """Start to build a new index while searches continue; the old one may be of any version."""
    return EmbeddedRebuild(folder, compiler)


_Begun: TypeAlias = tuple[IndexState, PreparedQuery]
"""The state of the index in which a reading of all hits began, and its query."""


class _NextStretch(str):
    """A cursor of a reading of all hits: who hands it back as it is reads on in the state of the
    index in which the reading began, where no place has moved. Dropped, it holds nothing any more.
    """

    begun: _Begun

    @classmethod
    def of(cls, cursor: str, begun: _Begun) -> Self:
        stretch = cls(cursor)
        stretch.begun = begun
        return stretch


def _begun(request: SearchRequest) -> _Begun | None:
    return request.cursor.begun if isinstance(request.cursor, _NextStretch) else None


def _every_value(
    searcher: Searcher, field: str, query: Query
) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Every value among the hits with its number of pages, and the forms of names with theirs."""
    if field not in NUMBERED_FIELDS:
        found = searcher.terms_with_prefix(field, "", filter_query=query)
        return {value: number for value, number in found if number}, []
    counted: Counter[str] = Counter()
    forms = []
    for entry, number in searcher.terms_with_prefix(entry_field(field), "", filter_query=query):
        value, form = split_form(written_in(entry))
        if number:
            counted[value] += number
            forms += [(written_in(entry), number)] if form else []
    return counted, forms
