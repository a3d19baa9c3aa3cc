"""A database that was put back, its index in the cluster not; two installations, one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from tests.faults.conftest import Toll, toll  # noqa: F401  # pytest finds fixtures by their names
from tests.faults.restoring import LAST, Newsroom, Restored
from tests.loopback.site import LoopbackSite
from tests.loopback.smtp_sink import smtp_sink


@pytest.mark.fault("restore")
def test_an_index_in_a_cluster_heals_and_is_nobody_elses(
    elasticsearch_connection: Connection,
    tmp_path: Path,
    toll: Toll,  # noqa: F811  # see above
) -> None:
    store = {"url": elasticsearch_connection.url, "name": elasticsearch_connection.name}
    with LoopbackSite() as site, smtp_sink() as sink:
        newsroom = Newsroom(tmp_path, site, sink, {"store": store})
        one, calm = (
            newsroom.installation("one"),
            Newsroom(tmp_path, site, sink).installation("calm"),
        )
        database = one.world.home / "radar.db"
        for night in range(LAST):
            assert (one.night(night).code, calm.night(night).code) == (0, 0)
            if night == 0:
                kept = database.read_bytes()
        database.write_bytes(kept)
        found = one.world.radar("search", "*", "--limit", "0", "--json")
        toll.answered_rightly(found.code == 1 and len(found.lines) == 2, found)
        with toll.waiting():
            ended = one.night(LAST)
        toll.answered_rightly("another state of this database" in ended.err, ended)
        calm.night(LAST)
        for aspect in (Restored.documents, Restored.hits, Restored.matches, Restored.feeds):
            toll.compare(aspect(calm), aspect(one))
        other = newsroom.installation("other")
        refused = other.night(0)
        toll.answered_rightly(refused.code == 3 and "another installation" in refused.err, refused)
        toll.compare(calm.hits(), one.hits())
        client = open_client(elasticsearch_connection)
        indexes = client.indices.get_alias(index=f"{elasticsearch_connection.name}-index-*")
        client.close()
        toll.answered_rightly(len(indexes) == 1, indexes)
