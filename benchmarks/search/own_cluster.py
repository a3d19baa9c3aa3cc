"""The Elasticsearch that a benchmark measures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.elasticsearch.archive import Missing, fetch
from tests.elasticsearch.node import node


def run_on_cluster(url: str | None, run: Callable[[str], object]) -> None:
    """Run with the address of an empty cluster (own_cluster), or say why there is none."""
    try:
        with own_cluster(url) as address:
            run(address)
    except Missing as missing:
        print(f"not run: {missing}", file=sys.stderr)


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
