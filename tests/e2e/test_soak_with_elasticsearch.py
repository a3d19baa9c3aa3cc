"""`radar up` over a cluster that goes away and comes back.

`make bench BENCH_ARGS=soak` has more nights, and takes it away twice.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from indexer.stores.elastic.address import Connection
from tests.e2e.soak import Soak
from tests.e2e.soak_site import SoakSite
from tests.e2e.soaking import soak_through
from tests.elasticsearch.node import Node
from tests.loopback.smtp_sink import smtp_sink

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

RUNS = 5


def test_a_restart_loses_and_repeats_nothing(
    elasticsearch_node: Node, elasticsearch_own: Connection, tmp_path: Path
) -> None:
    def start() -> None:
        elasticsearch_node.start()
        elasticsearch_node.wait()

    store = {"url": elasticsearch_own.url, "name": elasticsearch_own.name}
    with SoakSite() as site, smtp_sink() as sink:
        soak = Soak(tmp_path, site, sink, store=store)
        soak_through(soak, RUNS, without_store={2: (elasticsearch_node.stop, start)})
        found = httpx.get(f"{soak.up.url}/api/search", params={"q": "*", "limit": 1}).json()
        documents = soak.world.rows("select count(*) from document where moved_to is null")
        assert soak.finish() == 143
    assert soak.report.restarts == 1
    assert soak.mistold() == {}
    assert (found["total"],) == documents[0]
    assert soak.world.rows("select count(*) from document where indexed < revision") == [(0,)]
    problems = soak.world.rows("select count(*) from run where summary like '%does not answer%'")
    assert problems == [(1,)]
