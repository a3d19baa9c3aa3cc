from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from indexer.database.engine import newest_schema, open_database
from indexer.records.errors import DatabaseError, StoreUnavailable
from indexer.stores.base import SearchRequest
from radar.configuration.settings import load_settings
from radar.installation import slow_failure
from radar.installation.installation import Installation
from radar.installation.own_hits import OwnHits
from radar.service import serving
from radar.service.serving import LiveDatabase, LiveStore
from tests.unit.radar.installation.test_slow_failure import Cluster


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    cluster = Cluster(30.0)
    monkeypatch.setattr(slow_failure, "time", cluster)
    return cluster


def test_one_search_waits_for_a_cluster_that_does_not_answer_and_not_each(
    cluster: Cluster, tmp_path: Path
) -> None:
    """They come one after the other: the fortieth would wait for twenty minutes."""
    installation = Mock(settings=load_settings(tmp_path, {}, home=tmp_path))
    installation.open_store.side_effect = lambda **_: cluster.ask()
    live = LiveStore(installation, Mock())
    for _ in range(40):
        with pytest.raises(StoreUnavailable):
            live.search(SearchRequest("Zinn"))
    assert cluster.asked == 1


def test_nor_for_one_that_stops_to_answer(cluster: Cluster) -> None:
    store = Mock()
    store.origin.side_effect = cluster.ask
    hits = OwnHits(Mock(), store, Mock())
    for _ in range(40):
        with pytest.raises(StoreUnavailable):
            hits.search(SearchRequest("Zinn"))
    assert cluster.asked == 1


def test_a_database_that_a_newer_version_has_migrated_is_used_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service was not started again after an update: it knows other tables."""
    monkeypatch.setattr(serving, "LOOK", 0.0)
    settings = load_settings(tmp_path, {}, home=tmp_path)
    writer, live = open_database(settings.database), LiveDatabase(Installation(settings))
    opened = live.engine()
    assert opened is not None
    assert live.engine() is opened

    def migrate(schema: str) -> None:
        with writer.begin() as connection:
            connection.exec_driver_sql("update alembic_version set version_num = ?", (schema,))

    migrate("later")
    for _ in range(2):
        with pytest.raises(DatabaseError, match="newer version"):
            live.engine()
    migrate(newest_schema())
    assert live.engine() is not None
    writer.dispose()
