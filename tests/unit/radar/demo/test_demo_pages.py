"""The application over the demo, of which the pictures are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar.demo import demo_sites
from radar.installation.installation import Installation
from radar.service.serving import LiveDatabase
from tests.web import demo_site


def test_the_pages_are_those_of_the_demo_whatever_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_DATABASE", f"sqlite:///{tmp_path / 'service.db'}")
    monkeypatch.setenv("RADAR_STORE", "http://127.0.0.1:9200")
    opened: list[Installation] = []

    class Database(LiveDatabase):
        def __init__(self, installation: Installation) -> None:
            opened.append(installation)
            super().__init__(installation)

    monkeypatch.setattr(demo_site, "LiveDatabase", Database)
    with demo_sites() as sites:
        sites.write_configuration(tmp_path / "config")
    demo_site.demo_app(tmp_path)
    (installation,) = opened
    assert installation.settings.database == f"sqlite:///{tmp_path / 'data' / 'radar.db'}"
    assert installation.settings.store == "embedded"
