"""The documents of a cluster that are near to a question."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

from indexer.meaning.nearness import MOST, THRESHOLD, NearDocuments, Nearness
from indexer.meaning.packing import DIMENSIONS, Vector
from indexer.query.compiled import CompiledNode
from indexer.records.document import DocumentId
from indexer.stores.elastic.query import filter_clause

_VECTOR, _PASSAGE = "meaning.vector", "meaning.passage"


def nearest_documents(
    send: Callable[[dict[str, Any], str | None], Mapping[str, Any]],
    question: Vector,
    among: CompiledNode,
) -> NearDocuments:
    """Documents with a passage that is near, as the embedded store finds them."""
    if not any(question):
        return {}
    body = {
        "knn": {
            "field": _VECTOR,
            "query_vector": list(struct.unpack(f"{DIMENSIONS}b", question)),
            "k": MOST,
            "num_candidates": MOST,
            "similarity": THRESHOLD - 1e-4,
            "filter": filter_clause(among),
            "inner_hits": {"size": 1, "_source": False, "docvalue_fields": [_PASSAGE]},
        },
        "_source": False,
        "size": MOST,
    }
    found = {}
    for hit in send(body, None)["hits"]["hits"]:
        (inner,) = hit["inner_hits"]["meaning"]["hits"]["hits"]
        cosine = round(2 * float(hit["_score"]) - 1, 4)  # the score of `cosine` is (1 + cosine) / 2
        if cosine >= THRESHOLD:
            (passage,) = inner["fields"][_PASSAGE]
            found[DocumentId(hit["_id"])] = Nearness(cosine, int(passage))
    return found
