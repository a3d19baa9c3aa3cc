"""The documents of a cluster that are near to a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from indexer.meaning.nearness import MOST, THRESHOLD, NearDocuments, Nearness
from indexer.meaning.packing import Vector
from indexer.query.compiled import CompiledNode
from indexer.records.document import DocumentId
from indexer.stores.elastic.query import filter_clause

_VECTOR, _PASSAGE = "meaning.vector", "meaning.passage"


def nearest_documents(
    send: Callable[[dict[str, Any], str | None], Mapping[str, Any]],
    question: Vector,
    among: CompiledNode,
    *,
    passages: bool,
) -> NearDocuments:
    """Documents with a passage that is near, as the embedded store finds them. Without `passages`,
    which take as long to look up as all vectors to compare, that is told to be the first.
    """
    if not any(question):
        return {}
    knn: dict[str, Any] = {
        "field": _VECTOR,
        "query_vector": question.hex(),
        "k": MOST,
        "num_candidates": MOST,
        "filter": filter_clause(among),
    }
    if passages:
        knn["inner_hits"] = {"size": 1, "_source": False, "docvalue_fields": [_PASSAGE]}
    body = {"knn": knn, "_source": False, "size": MOST, "track_total_hits": False}
    found = {}
    for hit in send(body, None)["hits"]["hits"]:
        cosine = round(2 * float(hit["_score"]) - 1, 4)  # the score of `cosine` is (1 + cosine) / 2
        if cosine >= THRESHOLD:
            found[DocumentId(hit["_id"])] = Nearness(cosine, _passage(hit) if passages else 0)
    return found


def _passage(hit: Mapping[str, Any]) -> int:
    (inner,) = hit["inner_hits"]["meaning"]["hits"]["hits"]
    (passage,) = inner["fields"][_PASSAGE]
    return int(passage)
