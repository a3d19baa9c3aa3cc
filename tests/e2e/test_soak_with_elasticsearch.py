"""`radar up` over a cluster that goes away and comes back.

Away is what the program sees of it: a port that refuses. `make bench BENCH_ARGS=soak` has more
nights, and ends and starts the cluster itself, twice.
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
from tests.loopback.forwarder import forwarder
from tests.loopback.smtp_sink import smtp_sink

pytestmark = [pytest.mark.endurance, pytest.mark.timeout(900)]

RUNS = 5


def test_a_cluster_that_was_away_loses_and_repeats_nothing(
    elasticsearch_node: Node, elasticsearch_own: Connection, tmp_path: Path
) -> None:
    with SoakSite() as site, smtp_sink() as sink, forwarder(elasticsearch_node.port) as road:
        store = {"url": f"http://127.0.0.1:{road.port}", "name": elasticsearch_own.name}
        soak = Soak(tmp_path, site, sink, store=store)
        soak_through(soak, RUNS, without_store={2: (road.cut, road.restore)})
        found = httpx.get(f"{soak.up.url}/api/search", params={"q": "*", "limit": 1}).json()
        documents = soak.world.rows("select count(*) from document where moved_to is null")
        assert soak.finish() == 143
    assert soak.report.restarts == 1
    assert soak.mistold() == {}
    assert (found["total"],) == documents[0]
    assert soak.world.rows("select count(*) from document where indexed < revision") == [(0,)]
    problems = soak.world.rows("select count(*) from run where summary like '%does not answer%'")
    assert problems == [(1,)]
