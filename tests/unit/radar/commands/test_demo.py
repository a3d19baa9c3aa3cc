import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import radar
from radar.commands.demo import demo_installation, program
from radar.demo import demo_sites


def test_a_module_is_started_again_as_a_module(monkeypatch: pytest.MonkeyPatch) -> None:
    package = Path(radar.__file__).parent
    monkeypatch.setattr(sys, "argv", [str(package / "__main__.py"), "demo"])
    ended = subprocess.run(
        [*shlex.split(program()), "--version"],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr


def test_a_script_is_started_again_by_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/opt/my tools/radar", "demo"])
    assert program() == "'/opt/my tools/radar'"


def test_the_demo_leaves_database_and_index_of_another_installation_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RADAR_DATABASE", f"sqlite:///{tmp_path / 'service.db'}")
    monkeypatch.setenv("RADAR_STORE", "http://127.0.0.1:9200")
    with demo_sites() as sites:
        sites.write_configuration(tmp_path / "config")
    settings = demo_installation(tmp_path / "config", tmp_path / "data").settings
    assert settings.database == f"sqlite:///{tmp_path / 'data' / 'radar.db'}"
    assert settings.store == "embedded"
