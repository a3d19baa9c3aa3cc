from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from indexer.meaning.nearness import LEAST, MOST
from indexer.query.compiled import AllOf, Everything, ExactValue
from indexer.stores.elastic.nearest import NearestDocuments
from indexer.stores.request_checks import NEWS

QUESTION = bytes([1, 2])


class Cluster:
    """One whose documents are the nearer the lower their number."""

    def __init__(self, number: int, *, others_first: int = 0, far: int = 0) -> None:
        near = [0.9] * (number - far) + [LEAST - 0.01] * far
        kinds = ["listing"] * others_first + ["article"] * (number - others_first)
        self._documents = list(zip(near, kinds, strict=True))
        self.asked: list[Mapping[str, Any]] = []

    def send(self, body: Mapping[str, Any], search_type: str | None) -> Mapping[str, Any]:
        knn = body["knn"]
        self.asked.append(knn)
        listed = [
            {
                "_score": (1 + cosine) / 2,
                "fields": {"id": [f"{number}"], "kind": [kind]},
            }
            for number, (cosine, kind) in enumerate(self._documents)
            if kind == "article" or "filter" not in knn
        ]
        return {"hits": {"hits": listed[: knn["k"]]}}


def test_news_and_pages_of_all_kinds_are_asked_for_at_once() -> None:
    cluster = Cluster(2 * MOST, others_first=100)
    ask = partial(NearestDocuments(cluster.send), QUESTION, passages=False)
    news, every = ask(AllOf((Everything(), NEWS))), ask(AllOf(()))
    assert list(news) == [f"{n}" for n in range(100, 100 + MOST)]
    assert list(every) == [f"{n}" for n in range(MOST)]
    assert ["filter" in knn for knn in cluster.asked] == [False]


def test_few_news_among_them_are_all_there_are_or_are_asked_for_by_themselves() -> None:
    whole = Cluster(2 * MOST, others_first=MOST, far=MOST - 20)
    assert len(NearestDocuments(whole.send)(QUESTION, NEWS, passages=False)) == 20
    assert len(whole.asked) == 1
    cut = Cluster(3 * MOST, others_first=MOST)
    assert len(NearestDocuments(cut.send)(QUESTION, NEWS, passages=False)) == MOST
    assert ["filter" in knn for knn in cut.asked] == [False, True]


def test_among_other_documents_only_these_are_compared() -> None:
    cluster = Cluster(5)
    among = AllOf((ExactValue("lang", ("de",), "lang"), NEWS))
    assert len(NearestDocuments(cluster.send)(QUESTION, among, passages=False)) == 5
    assert NearestDocuments(cluster.send)(bytes(2), among, passages=False) == {}
    (knn,) = cluster.asked
    assert "de" in str(knn["filter"])
