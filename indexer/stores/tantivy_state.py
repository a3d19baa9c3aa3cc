"""One state of a tantivy index: whatever a request asks for is answered by the same one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tantivy import DocAddress, Occur, Query

from indexer.meaning.nearness import NearDocuments
from indexer.meaning.packing import Vector
from indexer.query.compiled import CompiledNode, CompiledQuery, ExactValue, Without
from indexer.query.compiler import QueryCompiler
from indexer.query.same_passage import ID, decide
from indexer.query.view import PageView
from indexer.records.document import DocumentId
from indexer.stores.base import Hit, SearchRequest
from indexer.stores.entry import tie_of, tie_of_key
from indexer.stores.every_value import EveryValue
from indexer.stores.hits import make_hit, unmarked_hit
from indexer.stores.prepared import FindViews, PreparedQuery, prepare
from indexer.stores.remembered import Remembered
from indexer.stores.request_checks import RestrictedQuery
from indexer.stores.tantivy_facets import NOTHING, Counted, FacetCounter, KnownNames
from indexer.stores.tantivy_index import TantivyIndex, read_view
from indexer.stores.tantivy_query import KnownWords, TantivyQueries, count_of

if TYPE_CHECKING:
    from indexer.stores.vector_file import Scope


class KnownAnswers:
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
        self.values: Remembered[EveryValue] = Remembered(8)
        """Of a field, some 100 bytes for each name: lists of names follow what is typed."""


class IndexState:
    """One state of the index."""

    def __init__(self, compiler: QueryCompiler, index: TantivyIndex, known: KnownAnswers) -> None:
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

    def read_anew(self) -> IndexState:
        """The same state with readers that hold nothing yet, as long as the index is in it. One
        that has passed stays with its readers, and what they hold.
        """
        fresh = IndexState(self.compiler, self.index, self._known)
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

    def of_stories(self, stories: Sequence[str], *, once: bool = False) -> Iterator[Hit]:
        """All documents of some stories, the newest first; none of a story that one page tells.
        `once`: what one part of the work has read is not held beside what the next one reads.
        """
        let_go = self.index.let_go if once else lambda: None
        let_go()
        shared = [story for story in stories if self.searcher.doc_freq("story", story) > 1]
        query = self.queries.query(ExactValue("story", tuple(shared), "story"))
        if query is None or not shared:
            return
        let_go()
        found = self.searcher.search(query, limit=self.documents, order_by_field="newest")
        for _, address in found.hits:
            if once:
                self.index.let_go_of_much()
            yield unmarked_hit(self.view(address).record)
