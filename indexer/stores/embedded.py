"""The embedded search store: tantivy in a folder, no server needed.

The folder holds generations of the index and a file `current` that names the one in use. A
rebuild fills a new generation beside it and then swaps the name; readers go on with the old one
until the swap and open the new one at their next search.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import ClassVar, TypeAlias

import tantivy
from tantivy import DocAddress, Order, Query, Searcher

from indexer.query.compiled import CompiledQuery, has_words
from indexer.query.compiler import QueryCompiler
from indexer.query.fields import FACETS
from indexer.query.parser import parse_query
from indexer.records.document import DocumentId, StoredDocument
from indexer.records.errors import StoreUnavailable
from indexer.stores.base import FacetValue, Hit, SearchRequest, SearchResult
from indexer.stores.cursor import decode_cursor, encode_cursor
from indexer.stores.hits import hit_of
from indexer.stores.request_checks import MOST_FACET_VALUES, facets_of, restricted
from indexer.stores.tantivy_index import Generation, engine_errors, kept_view
from indexer.stores.tantivy_query import TantivyQueries, below

_POINTER = "current"
_SORT_FIELDS = {"relevance": "newest", "newest": "newest", "event_date": "latest_event"}
"""Sort keys; a query without words has no relevance and shows the newest first."""
_EMPTY = SearchResult(0, ())

_Found: TypeAlias = tuple[float | None, DocAddress]
"""Score and place of a found document."""


class EmbeddedStore:
    """The store in `folder`.

    A writable store makes the folder where it is missing and takes the writer's lock at its first
    write (StoreUnavailable while another process holds it). A read-only one over a folder that is
    not there yet finds nothing, and everything once it is there. An index of another version is a
    SchemaMismatch.
    """

    writes_at_once: ClassVar[int] = 1

    def __init__(self, folder: Path, compiler: QueryCompiler, *, writable: bool) -> None:
        self._folder = folder
        self._compiler = compiler
        self._writable = writable
        self._lock = threading.Lock()
        self._generation: Generation | None = None
        self._pointed: tuple[int, int] | None = None
        if writable and current_generation(folder) is None:
            _make_first(folder)
        self._opened()

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """See the port."""
        self._for_writing().write([self._compiler.view(document) for document in documents])

    def delete(self, ids: Collection[DocumentId]) -> None:
        """See the port."""
        self._for_writing().delete(ids)

    def search(self, request: SearchRequest) -> SearchResult:
        """See the port."""
        compiled = self._compiler.compile(parse_query(request.query))
        narrowed = restricted(compiled.root, request)
        decode_cursor(request)
        generation = self._opened()
        if generation is None:
            return _EMPTY
        searcher = generation.searcher()
        search = _Search(self._compiler, generation, searcher, compiled, request)
        with engine_errors(self._folder):
            query = TantivyQueries(generation.schema, searcher).query(narrowed)
            return search.answer(query or Query.empty_query())

    def revisions(self) -> Mapping[DocumentId, int]:
        """See the port."""
        generation = self._opened()
        return generation.revisions() if generation else {}

    def count(self) -> int:
        """See the port."""
        generation = self._opened()
        return int(generation.searcher().num_docs) if generation else 0

    def notes(self) -> Sequence[str]:
        """See the port."""
        return ()

    def close(self) -> None:
        """See the port."""
        if self._generation is not None:
            self._generation.close()
            self._generation = None

    def _for_writing(self) -> Generation:
        generation = self._opened()
        if not self._writable or generation is None:
            raise StoreUnavailable("this search index was opened for reading only")
        return generation

    def _opened(self) -> Generation | None:
        """The generation in use; another one after a rebuild."""
        pointed = _pointer_state(self._folder)
        if pointed is None or pointed == self._pointed:
            return self._generation
        with self._lock:
            path = current_generation(self._folder)
            if path is not None and (self._generation is None or self._generation.folder != path):
                fresh = Generation(path)
                if self._generation is not None:
                    self._generation.close()
                self._generation = fresh
            self._pointed = pointed
            return self._generation


class Rebuild:
    """A new generation of the store in `folder`, filled beside the one in use.

    `write` and `delete` go to the new one; `finish` puts it in use; `abandon` removes it.
    """

    writes_at_once: ClassVar[int] = 1

    def __init__(self, folder: Path, compiler: QueryCompiler) -> None:
        self._folder = folder
        self._compiler = compiler
        with engine_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        _remove_unused(folder)
        self._generation = Generation(_next_generation(folder), create=True)

    def write(self, documents: Sequence[StoredDocument]) -> None:
        """As the port's."""
        self._generation.write([self._compiler.view(document) for document in documents])

    def delete(self, ids: Collection[DocumentId]) -> None:
        """As the port's."""
        self._generation.delete(ids)

    def revisions(self) -> Mapping[DocumentId, int]:
        """As the port's."""
        return self._generation.revisions()

    def finish(self) -> None:
        """Put the new generation in use. The old one is removed by the next rebuild, so that
        readers that hold it can end what they do."""
        self._generation.close()
        _point_to(self._folder, self._generation.folder)

    def abandon(self) -> None:
        """Remove the new generation."""
        self._generation.close()
        shutil.rmtree(self._generation.folder, ignore_errors=True)


def open_rebuild(folder: Path, compiler: QueryCompiler) -> Rebuild:
    """Begin to make the index anew while searches go on; an index of another version is no
    hindrance.
    """
    return Rebuild(folder, compiler)


def _pointer_state(folder: Path) -> tuple[int, int] | None:
    """Changes with every swap of the pointer; None where there is no index."""
    try:
        status = (folder / _POINTER).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino


def current_generation(folder: Path) -> Path | None:
    """Folder of the generation in use; None where there is no index."""
    try:
        name = (folder / _POINTER).read_text().strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreUnavailable(f"the search index in {folder} can't be read: {error}") from error
    return folder / name if name else None


class _Search:
    """One search over one state of the index."""

    def __init__(
        self,
        compiler: QueryCompiler,
        generation: Generation,
        searcher: Searcher,
        compiled: CompiledQuery,
        request: SearchRequest,
    ) -> None:
        self._compiler = compiler
        self._schema = generation.schema
        self._searcher = searcher
        self._compiled = compiled
        self._request = request
        # Bounded: the engine sets memory aside for as many hits as it is asked for.
        self._documents = max(1, searcher.num_docs)
        self._wanted = min(request.limit, self._documents) if request.limit > 0 else self._documents

    def answer(self, query: Query) -> SearchResult:
        sort = self._request.sort
        if sort == "relevance" and has_words(self._compiled.root):
            total, found, more = self._by_relevance(query)
        else:
            total, found, more = self._by_date(query, _SORT_FIELDS[sort])
        return SearchResult(
            total=total,
            hits=tuple(self._hit(score, address) for score, address in found),
            facets=self._facets(query) if self._request.facets else {},
            next=encode_cursor(self._request, more) if more is not None else None,
        )

    def _by_relevance(self, query: Query) -> tuple[int, list[_Found], int | None]:
        offset = min(decode_cursor(self._request) or 0, self._documents)
        found = self._searcher.search(query, limit=self._wanted, offset=offset, count=True)
        reached = offset + len(found.hits)
        total = _count(found)
        more = reached if found.hits and reached < total else None
        return total, [(float(score), address) for score, address in found.hits], more

    def _by_date(self, query: Query, field: str) -> tuple[int, list[_Found], int | None]:
        after = decode_cursor(self._request)
        page = query
        if after is not None:
            page = query.and_must_match(below(self._schema, field, after))
        found = self._searcher.search(
            page, limit=self._wanted + 1, order_by_field=field, order=Order.Desc, count=True
        )
        hits = found.hits[: self._wanted]
        more = int(hits[-1][0]) if len(found.hits) > self._wanted else None
        total = _count(found)
        if after is not None:
            total = _count(self._searcher.search(query, limit=1, count=True))
        return total, [(None, address) for _, address in hits], more

    def _hit(self, score: float | None, address: DocAddress) -> Hit:
        view = kept_view(self._searcher, address, self._compiler.analyzer)
        return hit_of(view, self._compiled, score)

    def _facets(self, query: Query) -> dict[str, tuple[FacetValue, ...]]:
        counted = self._searcher.aggregate(
            query,
            {f: {"terms": {"field": f, "size": MOST_FACET_VALUES}} for f in FACETS},
        )
        return facets_of(counted, self._compiler)


def _count(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _make_first(folder: Path) -> None:
    with engine_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    generation = Generation(_next_generation(folder), create=True)
    generation.close()
    _point_to(folder, generation.folder)


def _next_generation(folder: Path) -> Path:
    numbers = [int(p.name) for p in folder.iterdir() if p.name.isdigit()]
    return folder / str(max(numbers, default=0) + 1)


def _remove_unused(folder: Path) -> None:
    """Remove what earlier rebuilds left, unless it is in use."""
    used = current_generation(folder)
    for path in folder.iterdir():
        if path.is_dir() and path.name.isdigit() and path != used:
            shutil.rmtree(path, ignore_errors=True)


def _point_to(folder: Path, generation: Path) -> None:
    """Swap the pointer in one step; it survives a power cut either old or new."""
    with engine_errors(folder):
        temporary = folder / f"{_POINTER}.new"
        with temporary.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / _POINTER)
