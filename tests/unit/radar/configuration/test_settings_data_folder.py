"""Where the data lie: whoever runs the program, and whatever the folder is called."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest
import sqlalchemy as sa

from indexer.records.errors import ConfigError
from radar.configuration.settings import data_folder, load_settings


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without a name and a home folder, as services and containers have."""

    def fail(name: str) -> Path:
        raise RuntimeError(f"no home for {name}")

    monkeypatch.setattr(platformdirs, "user_data_path", fail)


@pytest.mark.usefixtures("homeless")
def test_who_has_no_home_folder_names_one(tmp_path: Path) -> None:
    assert data_folder(tmp_path, {}) == tmp_path
    assert data_folder(None, {"RADAR_HOME": str(tmp_path)}) == tmp_path


@pytest.mark.usefixtures("homeless")
def test_who_names_none_is_told_how() -> None:
    with pytest.raises(ConfigError, match="no home folder") as failure:
        data_folder(None, {})
    assert "RADAR_HOME" in failure.value.hint


@pytest.mark.parametrize("name", ["plain", "was ist das?", "50%20 Zinn", "Erze & Öl #2", "halb%"])
def test_the_database_lies_in_the_data_folder_whatever_that_is_called(
    tmp_path: Path, name: str
) -> None:
    home = tmp_path / name
    settings = load_settings(None, {}, home=home)
    assert sa.make_url(settings.database).database == str(home / "radar.db")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """Neither the search index nor a message about the database could be written with it."""
    named = tmp_path / "halb\udcff" / "home"
    for where, given, environ in (
        ("--home", named, {}),
        ("RADAR_HOME", None, {"RADAR_HOME": str(named)}),
    ):
        with pytest.raises(ConfigError, match="not written in UTF-8") as failure:
            data_folder(given, environ)
        assert failure.value.problems[0].startswith(f"{where}: ")
        assert "LC_ALL" in failure.value.hint
