"""`radar up` over a cluster that goes away twice and comes back."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.e2e.soak import Soak
from tests.e2e.soak_site import SoakSite
from tests.e2e.soaking import soak_through
from tests.elasticsearch.fixtures import skip_unless_ready
from tests.elasticsearch.node import node
from tests.loopback.smtp_sink import smtp_sink

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

RUNS = 8


def test_restarts_lose_and_repeat_nothing(tmp_path: Path) -> None:
    skip_unless_ready()
    with node() as one, SoakSite() as site, smtp_sink() as sink:

        def start() -> None:
            one.start()
            one.wait()

        soak = Soak(tmp_path, site, sink, store=one.url)
        restart = (one.stop, start)
        soak_through(soak, RUNS, without_store={2: restart, 4: restart})
        found = httpx.get(f"{soak.up.url}/api/search", params={"q": "*", "limit": 1}).json()
        documents = soak.world.rows("select count(*) from document where moved_to is null")
        assert soak.finish() == 143
    assert soak.report.restarts == 2
    assert soak.mistold() == {}
    assert (found["total"],) == documents[0]
    assert soak.world.rows("select count(*) from document where indexed < revision") == [(0,)]
    problems = soak.world.rows("select count(*) from run where summary like '%does not answer%'")
    assert problems == [(2,)]
