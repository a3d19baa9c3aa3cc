"""The Elasticsearch that a benchmark measures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.elasticsearch.archive import fetch
from tests.elasticsearch.node import node


@contextmanager
def own_cluster(url: str | None) -> Iterator[str]:
    """The address of an empty cluster: the given one, else of a node that runs meanwhile. Raises
    Missing.
    """
    if url is not None:
        yield url
        return
    fetch()
    with node(heap=1024, tuned=True) as started:
        yield started.url
