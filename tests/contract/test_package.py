"""The built wheel works from another folder, without the checkout."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.e2e.world import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv = [sys.executable, "-m", "uv", "build", "--offline", "--python", sys.executable]
    command = [*uv, "--wheel", "--no-build-isolation", "--out-dir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("rohstoffradar-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`radar` of a new environment, to which the dependencies alone are lent."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    python = folder / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", python, "install"),
            *("--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", wheel),
        ],
        check=True,
    )
    lent = folder / "lent"
    lent.mkdir()
    for path in Path(site.getsitepackages()[0]).iterdir():
        # All but what makes the checkout importable.
        if path.suffix != ".pth" and "rohstoffradar" not in path.name:
            (lent / path.name).symlink_to(path)
    (packages / "lent.pth").write_text(f"{lent}\n")
    return folder / "bin" / "radar"


def test_the_pages_for_training_come_along(installed: Path, tmp_path: Path) -> None:
    words = (
        "from radar.training import training; from radar.training.marked_pages import read_folder;"
        "print(*(len(read_folder(f)) for f in (*training.SHIPPED, *training.OPEN)),"
        " training.event_training.OWN.exists())"
    )
    done = subprocess.run(
        [installed.parent / "python", "-c", words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    events, plain, none, opened, texts = done.stdout.split()
    enough = int(events) > 200, int(plain) > 100, int(none) > 100, int(opened) > 300
    assert (*enough, texts) == (True, True, True, True, "True")


def call(program: Path, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("RADAR_", "PYTHON"))}
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        env={**environment, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")},
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )


def test_what_is_in_the_wheel(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "indexer/config/commodities.csv",
        "indexer/config/languages/ru.yaml",
        "indexer/config/watches/cluster-strategies.yaml",
        "indexer/migrations/env.py",
        "radar/demo/sites/press.html.jinja",
        "crawler/spiders/news.py",
    ):
        assert name in names
    assert any(name.startswith("search_api/templates/") for name in names)
    assert not any(name.startswith(("tests/", "benchmarks/", "config/")) for name in names)


def test_it_is_not_the_checkout_that_runs(installed: Path, tmp_path: Path) -> None:
    code = (
        "import crawler, indexer, radar, search_api; print(radar.__path__[0], indexer.__path__[0])"
    )
    done = call(installed.with_name("python"), "-c", code, folder=tmp_path)
    assert str(ROOT) not in done.stdout + done.stderr
    assert str(installed.parent.parent) in done.stdout


def test_a_new_installation(installed: Path, tmp_path: Path) -> None:
    made = call(installed, "init", "mine", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "mine" / "radar.yaml").is_file()
    checked = call(installed, "check", "--config", "mine", "--json", folder=tmp_path)
    assert checked.returncode == 0, checked.stderr
    findings = [json.loads(line) for line in checked.stdout.splitlines()]
    assert {f["level"] for f in findings} <= {"ok", "note"}
    listed = call(installed, "sources", "--config", "mine", "--json", folder=tmp_path)
    assert len(listed.stdout.splitlines()) > 50


def test_the_demo(installed: Path, tmp_path: Path) -> None:
    done = call(installed, "demo", "--folder", "demo", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "serve --config" in done.stdout
    assert "Traceback" not in done.stderr
    assert "Themenseite" not in done.stdout  # an overview, of which news tell in full
    shown = call(
        installed,
        *("search", "lithium", "--json", "--config", "demo/config", "--home", "demo/data"),
        folder=tmp_path,
    )
    assert shown.stdout
