"""The documents of a cluster that are near to a question."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from indexer.meaning.nearness import LEAST, MOST, NearDocuments, Nearness
from indexer.meaning.packing import Vector
from indexer.query.compiled import AllOf, CompiledNode, Everything
from indexer.records.document import NOT_NEWS, DocumentId
from indexer.stores.elastic.document import IDS_ALONE, id_of
from indexer.stores.elastic.query import filter_clause
from indexer.stores.elastic.search import SendRequest
from indexer.stores.request_checks import NEWS

_VECTOR, _PASSAGE, _KIND, _STORY = "meaning.vector", "meaning.passage", "kind", "story"
_READ = {"docvalue_fields": ["id", _KIND, _STORY]}
_OF_ALL_KINDS = MOST * 3 // 2
"""Documents of all kinds among which there mostly are as many that tell news as a question finds:
to leave the others out costs the engine more.
"""


class _OfAllKinds(NamedTuple):
    """The documents near to a question, whatever they are."""

    found: Mapping[DocumentId, tuple[Nearness, str]]
    """With their kind; the nearest first."""
    is_whole: bool
    """There are no more."""


class NearestDocuments:
    """Answers the questions of one search, as the embedded store does."""

    def __init__(self, send: SendRequest) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._of_all_kinds: dict[Vector, _OfAllKinds] = {}
        self._stories: dict[DocumentId, str] = {}

    def __call__(self, question: Vector, among: CompiledNode, *, passages: bool) -> NearDocuments:
        """Documents with a passage that is near. Without `passages`, which take as long to look up
        as all vectors to compare, that is told to be the first.
        """
        if not any(question):
            return {}
        conditions = set(_conditions(among))
        if not passages and conditions <= {NEWS}:
            found, is_whole = self._found_of_all_kinds(question)
            left_out = NOT_NEWS if conditions else ()
            left = [(page, near) for page, (near, kind) in found.items() if kind not in left_out]
            if len(left) >= MOST or is_whole:
                return dict(left[:MOST])
        return self._found(question, among, passages=passages)

    def _found_of_all_kinds(self, question: Vector) -> _OfAllKinds:
        """Asked once for the hits, which are news, and for the facet of kinds, which counts all."""
        with self._lock:
            if question not in self._of_all_kinds:
                most = _OF_ALL_KINDS
                hits = self._hits(_comparison(question, Everything(), most), most, IDS_ALONE)
                near = {id_of(h): (Nearness(_cosine(h), 0), h["fields"][_KIND][0]) for h in hits}
                found = {page: each for page, each in near.items() if each[0].cosine >= LEAST}
                self._of_all_kinds[question] = _OfAllKinds(found, len(found) < most)
            return self._of_all_kinds[question]

    def _found(self, question: Vector, among: CompiledNode, *, passages: bool) -> NearDocuments:
        knn = _comparison(question, among, MOST)
        if passages:
            knn["inner_hits"] = {"size": 1, "_source": False, "docvalue_fields": [_PASSAGE]}
        found = {}
        for hit in self._hits(knn, MOST, {"_source": False} if passages else IDS_ALONE):
            cosine = _cosine(hit)
            if cosine >= LEAST:
                found[id_of(hit)] = Nearness(cosine, _passage(hit) if passages else 0)
        return found

    def _hits(
        self, knn: Mapping[str, Any], most: int, read: Mapping[str, Any]
    ) -> list[Mapping[str, Any]]:
        body = {"knn": knn, "size": most, "track_total_hits": False, **read, **_READ}
        hits: list[Mapping[str, Any]] = self._send(body, None)["hits"]["hits"]
        named = (hit for hit in hits if _STORY in hit["fields"])
        self._stories |= {id_of(hit): hit["fields"][_STORY][0] for hit in named}
        return hits

    def stories(self, documents: Sequence[DocumentId]) -> dict[DocumentId, str]:
        """Of documents that were found those that tell a story, with its name."""
        return {page: self._stories[page] for page in documents if page in self._stories}


def _comparison(question: Vector, among: CompiledNode, most: int) -> dict[str, Any]:
    return {
        "field": _VECTOR,
        "query_vector": question.hex(),
        "k": most,
        "num_candidates": most,
        **({} if among == Everything() else {"filter": filter_clause(among)}),
    }


def _conditions(node: CompiledNode) -> Iterator[CompiledNode]:
    """What all has to hold."""
    match node:
        case AllOf(operands):
            for operand in operands:
                yield from _conditions(operand)
        case Everything():
            pass
        case _:
            yield node


def _cosine(hit: Mapping[str, Any]) -> float:
    return round(2 * float(hit["_score"]) - 1, 4)  # the score of `cosine` is (1 + cosine) / 2


def _passage(hit: Mapping[str, Any]) -> int:
    (inner,) = hit["inner_hits"]["meaning"]["hits"]["hits"]
    (passage,) = inner["fields"][_PASSAGE]
    return int(passage)
