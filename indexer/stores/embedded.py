"""The embedded search store: tantivy in a folder, without a server.

The folder holds numbered indexes and a file `current` that names the one in use. A rebuild fills a
new index and then swaps the name. Readers use the old index until the swap and open the new one at
their next search.
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
from typing import TYPE_CHECKING, ClassVar, Self, TypeAlias

from tantivy import DocAddress, Occur, Order, Query, Searcher

from indexer.meaning.nearness import NearDocuments
from indexer.meaning.packing import Vector
from indexer.query.compiled import (
    AllOf,
    CompiledNode,
    CompiledQuery,
    ExactValue,
    Without,
    has_words,
)
from indexer.query.compiler import QueryCompiler
from indexer.query.naming import split_form
from indexer.query.same_passage import ID, decide
from indexer.query.view import PageView
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.durable_files import replace_durably
from indexer.records.errors import IndexDamaged, StoreUnavailable
from indexer.records.origin import Origin
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor, encode_cursor
from indexer.stores.entry import SORT_FIELDS, tie_of, tie_of_key
from indexer.stores.facets import labelled
from indexer.stores.hits import make_hit, unmarked_hit
from indexer.stores.mapped_files import give_back
from indexer.stores.prepared import FindViews, PreparedQuery, prepare
from indexer.stores.remembered import Remembered
from indexer.stores.request_checks import NEWS, RestrictedQuery, checked_query
from indexer.stores.story_groups import with_places, with_stories
from indexer.stores.tantivy_facets import NOTHING, Counted, FacetCounter, KnownNames
from indexer.stores.tantivy_index import (
    TantivyIndex,
    engine_errors,
    index_damaged,
    read_view,
)
from indexer.stores.tantivy_names import NUMBERED_FIELDS, entry_field, written_in
from indexer.stores.tantivy_query import KnownWords, TantivyQueries, below, count_of
from indexer.stores.timeline import (
    read_value_days,
    value_days_aggregation,
)

if TYPE_CHECKING:
    from indexer.stores.vector_file import Scope

_POINTER = "current"
_EMPTY = SearchResult(0, ())
_READ_AT_ONCE = 50
"""Documents of an export, after which the pages of files that these took are given back."""
_BITS = 20
"""Of a score, which has 24, that are used to tell what matched."""

_ScoredAddress: TypeAlias = tuple[float | None, DocAddress]
"""Score and address of a found document."""


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
        self._known = _Known()
        if writable:
            if current_index_folder(folder) is None:
                _create_first(folder)
            # What was forgotten since the last rebuild may stand in the index before it.
            _remove_unused(folder)
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
        decode_cursor(request)
        with engine_errors(self._folder):
            begun = _begun(request)
            index = begun[0].index if begun else self._open_current()
            if index is None:
                return _EMPTY
            if request.once and not begun:
                index.forget()  # what searches before it have read
            with index.read_once() if request.once else nullcontext():
                state, query = begun or self._begin(index, compiled, request)
                result = with_stories(partial(_run, state, query), state.of_stories, request)
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
        state = _IndexState(self._compiler, index, self._known)
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
        state = _IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            among = state.prepared(compiled, request).restricted(request).whole()
            return {page: near.cosine for page, near in state.nearest(vector, among).items()}

    def hits_of(self, request: SearchRequest, documents: Sequence[DocumentId]) -> Sequence[Hit]:
        """See the port."""
        compiled = checked_query(self._compiler, request)
        index = self._open_current()
        if index is None or not documents:
            return ()
        state = _IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            hits = state.hits_of(compiled, request, documents)
            return with_places(hits, state.of_stories, request)

    def _begin(
        self, index: TantivyIndex, compiled: CompiledQuery, request: SearchRequest
    ) -> _Begun:
        """The state of the index now and the query for it."""
        state = _IndexState(self._compiler, index, self._known)
        return state, state.prepared(compiled, request)

    def values(self, field: str, request: SearchRequest | None = None) -> Sequence[FacetValue]:
        """See the port."""
        compiled = checked_query(self._compiler, request) if request else None
        index = self._open_current()
        if index is None:
            return ()
        state = _IndexState(self._compiler, index, self._known)
        with engine_errors(self._folder):
            counted_in: CompiledNode = NEWS
            chosen: Sequence[str] = ()
            if request is not None and compiled is not None:
                request = replace(request, facets=True)
                restricted = state.prepared(compiled, request).restricted(request)
                counted_in, chosen = restricted.whole(field), restricted.chosen.get(field, ())
            query = state.queries.query(counted_in) or Query.empty_query()
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
        pointed = _pointer_state(self._folder)
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
        _make_folder(folder)
        _remove_unused(folder)
        self._index = TantivyIndex(_next_folder(folder), create=True)

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
        _point_to(self._folder, self._index.folder)

    def abandon(self) -> None:
        """Remove the new index."""
        self._index.close()
        shutil.rmtree(self._index.folder, ignore_errors=True)


def open_rebuild(folder: Path, compiler: QueryCompiler) -> EmbeddedRebuild:
    """Start to build a new index while searches continue; the old one may be of any version."""
    return EmbeddedRebuild(folder, compiler)


def _pointer_state(folder: Path) -> tuple[int, int] | None:
    """Changes with every swap of the pointer; None if there is no index. Raises StoreError."""
    try:
        status = (folder / _POINTER).stat()
    except NotADirectoryError as error:
        raise _no_folder(folder) from error
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def current_index_folder(folder: Path) -> Path | None:
    """Folder of the index in use; None if there is no index. Raises StoreError."""
    try:
        name = (folder / _POINTER).read_text(errors="replace").strip()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise _no_folder(folder) from error
    except OSError as error:
        raise StoreUnavailable(f"the search index in {folder} can't be read: {error}") from error
    if not name.isdecimal() or not (folder / name).is_dir():
        raise index_damaged(folder, f"{_POINTER} names no index")
    return folder / name


class _Known:
    """What was found last; states of the index are part of each question."""

    def __init__(self) -> None:
        self.decisions: Remembered[CompiledNode] = Remembered(20)
        """Queries that were decided (`same_passage.decide`)."""
        self.counted: Remembered[Counted] = Remembered(16)
        """Up to half a megabyte each."""
        self.names: Remembered[KnownNames] = Remembered(1)
        self.words: Remembered[KnownWords] = Remembered(1)
        self.scopes: Remembered[Scope] = Remembered(4)
        """Among which documents a meaning is looked for: mostly all that tell news."""


class _IndexState:
    """One state of the index."""

    def __init__(self, compiler: QueryCompiler, index: TantivyIndex, known: _Known) -> None:
        self.compiler = compiler
        self.schema = index.schema
        self._known = known
        # Asked before the searcher is made, which may only be of a later commit.
        self.name = (index.folder, index.commit_state())
        self.searcher = index.searcher()
        words = known.words.find(self.name, KnownWords)
        self.queries = TantivyQueries(index.schema, self.searcher, words)
        self.documents = max(1, self.searcher.num_docs)
        self.index = index

    def read_anew(self) -> _IndexState:
        """The same state with readers that hold nothing yet, as long as the index is in it. One
        that has passed stays with its readers, and what they hold.
        """
        fresh = _IndexState(self.compiler, self.index, self._known)
        now = self.index.folder, self.index.commit_state()
        return fresh if fresh.name == self.name == now else self

    def prepared(self, compiled: CompiledQuery, request: SearchRequest) -> PreparedQuery:
        """The query of a request for this state."""
        naming = self.compiler.naming
        return prepare(
            compiled,
            request,
            naming,
            near=self.nearest,
            views=self.views,
            say=self.which,
            stories=self.stories,
            decided=self._decided,
        )

    def _decided(self, base: CompiledNode, views: FindViews) -> CompiledNode:
        return self._known.decisions.find((self.name, base), partial(decide, base, views))

    def counted(self, restricted: RestrictedQuery, request: SearchRequest) -> Counted:
        """The facets and days that a request wants."""
        wanted = (request.facets, request.timeline)
        if not any(wanted):
            return NOTHING
        filters = tuple(restricted.filters.items())
        names = self._known.names.find(self.name, KnownNames)
        counter = FacetCounter(self.searcher, self.queries, self.compiler, restricted, names)
        return self._known.counted.find(
            (self.name, wanted, restricted.base, filters), partial(counter.count, request)
        )

    def view(self, address: DocAddress) -> PageView:
        """A found document."""
        return read_view(self.searcher, address, self.compiler.analyzer)

    def views(self, node: CompiledNode) -> Iterator[PageView]:
        """All documents that match."""
        query = self.queries.query(node)
        if query is not None:
            for _, address in self.searcher.search(query, limit=self.documents).hits:
                yield self.view(address)

    def hits_of(
        self, compiled: CompiledQuery, request: SearchRequest, documents: Sequence[DocumentId]
    ) -> list[Hit]:
        """Hits for the documents, in no order."""
        from indexer.stores.vector_file import Scope  # noqa: PLC0415  # numpy, as below

        def near(question: Vector, among: CompiledNode) -> NearDocuments:
            ties = (tie_of(document.encode()) for document in documents)
            return self.index.vectors.nearest(question, Scope(ties, but=False))

        naming = self.compiler.naming
        query = prepare(compiled, request, naming, near=near, views=self.views).compiled
        found = self.views(ExactValue(ID, tuple(documents), ID))
        return [make_hit(view, query, None, request) for view in found]

    def which(
        self, documents: Sequence[DocumentId], nodes: Sequence[CompiledNode]
    ) -> list[list[DocumentId]]:
        """For each node, those of the documents that match. One search for all: what a document
        scores has a bit for each node.
        """
        among = self.queries.query(ExactValue(ID, tuple(documents), ID))
        queries = enumerate(map(self.queries.query, nodes))
        bits = [Query.const_score_query(q, 2.0**n) for n, q in queries if q is not None]
        found: list[list[DocumentId]] = [[] for _ in nodes]
        if among is None or not documents or not bits:  # no engine looks for no hits
            return found
        said = Query.boolean_query([(Occur.Should, bit) for bit in bits])
        asked = Query.boolean_query([(Occur.Must, among), (Occur.Must, said)])
        hits = self.searcher.search(asked, limit=len(documents), count=False).hits
        keys = self.searcher.fast_field_values("newest", [address for _, address in hits])
        by_tie = {tie_of(each.encode()): each for each in documents}
        for (score, _), key in zip(hits, keys, strict=True):
            document = by_tie[tie_of_key(int(key or 0))]
            for number, of_node in enumerate(found):
                if int(score) >> number & 1:
                    of_node.append(document)
        return found

    def stories(self, documents: Sequence[DocumentId]) -> dict[DocumentId, str]:
        """Of documents those that tell a story, with its name. Counted by their sort keys, which
        are unique, as the engine tells no words of a document but by what is stored of it.
        """
        among = self.queries.query(ExactValue(ID, tuple(documents), ID))
        if among is None:
            return {}
        pages = {"pages": {"terms": {"field": "newest", "size": len(documents)}}}
        named = {"terms": {"field": "story", "size": len(documents)}, "aggs": pages}
        counted = self.searcher.aggregate(among, {"stories": named})["stories"]["buckets"]
        by_tie = {tie_of(each.encode()): each for each in documents}
        return {
            by_tie[tie_of_key(int(page["key"]))]: story["key"]
            for story in counted
            for page in story["pages"]["buckets"]
        }

    def nearest(self, question: Vector, among: CompiledNode) -> NearDocuments:
        """The documents near to a question among those that match."""
        scope = self._known.scopes.find((self.name, among), partial(self._scope, among))
        return self.index.vectors.nearest(question, scope)

    def _scope(self, among: CompiledNode) -> Scope:
        """The fewer documents are looked up: it takes 1 µs for each."""
        from indexer.stores.vector_file import Scope  # noqa: PLC0415  # numpy, for this alone

        query = self.queries.query(among)
        if query is None:
            return Scope((), but=False)
        count = count_of(self.searcher.search(query, limit=1, count=True))
        is_most = 2 * count > self.documents
        others = self.queries.query(Without(among)) if is_most else query
        return Scope(self._ties(others), but=is_most)

    def _ties(self, query: Query | None, limit: int | None = None) -> list[int]:
        """What the documents of a query are known by in the file of vectors."""
        if query is None:
            return []
        found = self.searcher.search(
            query, limit=limit or self.documents, order_by_field="newest", count=False
        )
        return [tie_of_key(key) for key, _ in found.hits]

    def of_stories(self, stories: Sequence[str]) -> Iterator[Hit]:
        """All documents of some stories, the newest first; none of a story that one page tells."""
        shared = [story for story in stories if self.searcher.doc_freq("story", story) > 1]
        query = self.queries.query(ExactValue("story", tuple(shared), "story"))
        if query is None or not shared:
            return
        found = self.searcher.search(query, limit=self.documents, order_by_field="newest")
        for _, address in found.hits:
            yield unmarked_hit(self.view(address).record)


_Begun: TypeAlias = tuple[_IndexState, PreparedQuery]
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


def _run(state: _IndexState, query: PreparedQuery, request: SearchRequest) -> SearchResult:
    """A search over a state of the index."""
    return _IndexSearch(state, query.compiled, request).run(query.restricted(request))


class _IndexSearch:
    """Runs one search over one state of the index."""

    def __init__(self, state: _IndexState, compiled: CompiledQuery, request: SearchRequest) -> None:
        self._state = state
        self._searcher = state.searcher
        self._compiled = compiled
        self._request = request
        # Bounded: the engine reserves memory for as many hits as are requested.
        self._documents = state.documents
        self._wanted = min(request.limit, self._documents) if request.limit > 0 else self._documents

    def run(self, restricted: RestrictedQuery) -> SearchResult:
        query = self._state.queries.query(restricted.whole()) or Query.empty_query()
        counted = self._state.counted(restricted, self._request)
        sort = self._request.sort
        if sort == "relevance" and has_words(self._compiled.root):
            total, found, more = self._by_relevance(query)
        else:
            total, found, more = self._by_date(query, SORT_FIELDS[sort])
        return SearchResult(
            total=total,
            hits=tuple(self._hits(found)),
            facets=counted.facets,
            days=counted.days,
            chosen=restricted.chosen,
            next=encode_cursor(self._request, more) if more is not None else None,
        )

    def _by_relevance(self, query: Query) -> tuple[int, list[_ScoredAddress], int | None]:
        offset = min(decode_cursor(self._request) or 0, self._documents)
        found = self._searcher.search(query, limit=self._wanted, offset=offset, count=True)
        reached = offset + len(found.hits)
        total = count_of(found)
        more = reached if found.hits and reached < total else None
        return total, [(float(score), address) for score, address in found.hits], more

    def _by_date(self, query: Query, field: str) -> tuple[int, list[_ScoredAddress], int | None]:
        after = decode_cursor(self._request)
        page = query
        if after is not None:
            page = query.and_must_match(below(self._state.schema, field, after))
        found = self._searcher.search(
            page, limit=self._wanted + 1, order_by_field=field, order=Order.Desc, count=True
        )
        hits = found.hits[: self._wanted]
        more = int(hits[-1][0]) if len(found.hits) > self._wanted else None
        total = count_of(found)
        if after is not None and not self._request.once:
            total = count_of(self._searcher.search(query, limit=1, count=True))
        return total, [(None, address) for _, address in hits], more

    def _hits(self, found: Sequence[_ScoredAddress]) -> Iterator[Hit]:
        for number, (score, address) in enumerate(found, 1):
            yield make_hit(self._state.view(address), self._compiled, score, self._request)
            if self._request.once and number % _READ_AT_ONCE == 0:
                give_back(self._state.index.folder, scattered=True)


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


def _create_first(folder: Path) -> None:
    _make_folder(folder)
    index = TantivyIndex(_next_folder(folder), create=True)
    index.close()
    _point_to(folder, index.folder)


def _make_folder(folder: Path) -> None:
    with engine_errors(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise _no_folder(folder) from error


def _no_folder(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"{folder} is no folder: the search index can't be there",
        hint="move it away, then `radar rebuild` builds the index again from the database",
    )


def _next_folder(folder: Path) -> Path:
    numbers = [int(p.name) for p in folder.iterdir() if p.name.isdigit()]
    return folder / str(max(numbers, default=0) + 1)


def _remove_unused(folder: Path) -> None:
    """Remove indexes of earlier rebuilds that are not in use."""
    try:
        used = current_index_folder(folder)
    except IndexDamaged:
        used = None
    for path in folder.iterdir():
        if path.is_dir() and path.name.isdigit() and path != used:
            shutil.rmtree(path, ignore_errors=True)


def _point_to(folder: Path, index_folder: Path) -> None:
    """Swap the pointer in one step: after a power cut it is either the old or the new one."""
    with engine_errors(folder):
        replace_durably(folder / _POINTER, index_folder.name.encode())
