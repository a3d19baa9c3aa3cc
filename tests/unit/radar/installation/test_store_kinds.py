"""Kinds of search stores: what may be configured can be opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.records.errors import RunInProgress
from indexer.stores.elastic.address import Connection
from radar.configuration.settings import ElasticSettings, load_settings
from radar.configuration.values import STORES_WITHOUT_SERVER
from radar.installation.installation import Installation
from radar.installation.store_kinds import WITHOUT_SERVER
from radar.run.lock import run_lock
from radar.run.rebuild import rebuild_alone


def test_every_store_without_a_server_has_a_kind() -> None:
    assert tuple(WITHOUT_SERVER) == STORES_WITHOUT_SERVER


@pytest.mark.parametrize("name", STORES_WITHOUT_SERVER)
def test_a_store_without_a_server_is_opened_by_its_name(tmp_path: Path, name: str) -> None:
    settings = load_settings(None, {"RADAR_STORE": name}, home=tmp_path)
    with Installation(settings).store(writable=True) as store:
        assert store.count() == 0


def test_a_cluster_says_whether_searches_have_a_key_of_their_own(tmp_path: Path) -> None:
    settings = load_settings(None, {}, home=tmp_path)
    writing, reading = (Connection("https://a.example:9200", key) for key in ("w", "r"))
    both = Installation(replace(settings, store=ElasticSettings(writing, reading)))
    assert [level for level, _ in both.store_kind.describe()] == ["ok"]
    one = Installation(replace(settings, store=ElasticSettings(writing, writing)))
    assert [level for level, _ in one.store_kind.describe()] == ["ok", "note"]


def test_only_a_cluster_takes_a_run_beside_a_rebuild(tmp_path: Path) -> None:
    settings = load_settings(None, {}, home=tmp_path)
    connection = Connection("https://a.example:9200", None)
    cluster = replace(settings, store=ElasticSettings(connection, connection))
    with rebuild_alone(Installation(cluster)), run_lock(tmp_path):
        pass
    with (
        rebuild_alone(Installation(settings)),
        pytest.raises(RunInProgress),
        run_lock(tmp_path),
    ):
        pass
