"""`radar backup` and `radar restore`: what scripts read of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer.records.labels import Labels
from radar.labelling.label_files import LabelFiles
from tests.e2e.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    made = World(folder)
    made.configure([])
    page = {"id": "a", "url": "https://example.org/a", "html": "<h1>Zinn</h1><p>Aus der Grube.</p>"}
    (folder / "pages.jsonl").write_text(json.dumps(page), encoding="utf-8")
    assert made.radar("import", str(folder / "pages.jsonl")).code == 0
    return made


def test_a_backup_and_its_way_back(world: World, tmp_path: Path) -> None:
    to = tmp_path / "to"
    ended = world.radar("backup", str(to), "--json")
    assert (ended.code, ended.err) == (0, "")
    [made] = ended.lines
    assert set(made) == {
        "backup",
        "made",
        "installation",
        "database",
        "schema",
        "files",
        "bytes",
        "copied",
        "copied_bytes",
        "removed",
        "damaged",
        "lacking",
        "unreadable",
        "spared",
    }
    manifest = json.loads((Path(made["backup"]) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["format"] == 1
    assert {"path", "size", "sha256", "modified_ns"} == set(manifest["files"][0])
    assert len(manifest["files"]) == made["files"]
    ended = world.radar("restore", str(to), "--yes", "--json")
    assert ended.code == 0
    [restored] = ended.lines
    assert set(restored) == {
        "backup",
        "aside",
        "archive_taken",
        "archive_left",
        "forgotten",
        "unplaced",
        "indexed",
    }
    assert restored["backup"] == made["backup"]
    assert Path(restored["aside"]).is_dir()
    assert restored["indexed"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["backup"], 2),
        (["backup", "{home}/archive/x"], 2),
        (["backup", "{home}"], 2),
        (["backup", "{pages}"], 2),
        (["backup", "{folder}/config"], 2),
        (["backup", "/dev/null"], 2),
        (["backup", "{new}", "--keep", "0"], 2),
        (["restore", "{new}", "--yes"], 2),
        (["restore", "{home}", "--yes"], 2),
        (["restore", "/dev/null", "--yes"], 2),
    ],
)
def test_folders_that_are_mistaken(
    world: World, tmp_path: Path, arguments: list[str], code: int
) -> None:
    places = {
        "home": world.home,
        "folder": world.home.parent,
        "pages": world.home.parent / "pages.jsonl",
        "new": tmp_path / "new",
    }
    ended = world.radar(*(a.format_map(places) for a in arguments))
    assert ended.code == code, ended.err
    assert world.radar("search", "*", "--json").code == 0


def test_in_use_it_needs_yes(world: World, tmp_path: Path) -> None:
    assert world.radar("backup", str(tmp_path / "to")).code == 0
    ended = world.radar("restore", str(tmp_path / "to"))
    assert ended.code == 2
    assert "--yes" in ended.err


def test_labels_of_a_page_that_was_forgotten_since_do_not_come_back(
    world: World, tmp_path: Path
) -> None:
    """Here the page was only labelled: no document of the backup tells of it."""
    with LabelFiles(world.home / "labels").writing("ann") as writer:
        for name in ("0a", "0b"):
            writer.append(Labels(name, "Zinn.", url=f"https://partner.example/{name}"))
    assert world.radar("backup", str(tmp_path / "to")).code == 0
    assert world.radar("forget", "https://partner.example/0a", "--yes").code == 0
    ended = world.radar("restore", str(tmp_path / "to"), "--yes")
    assert (ended.code, "labels removed: 1 line," in ended.err) == (0, True)
    assert [labels.id for labels in LabelFiles(world.home / "labels").all()] == ["0b"]


def test_labels_that_can_not_be_removed_stop_nothing_and_a_run_removes_them(
    world: World, tmp_path: Path
) -> None:
    files = LabelFiles(world.home / "labels")
    obstacle = files.folder / "a.jsonl"
    with files.writing("ann") as writer:
        writer.append(Labels("0c", "Blei.", url="https://partner.example/0c"))
    obstacle.mkdir()
    (obstacle / "file").write_text("", encoding="utf-8")
    assert world.radar("backup", str(tmp_path / "to")).code == 0
    shutil.rmtree(obstacle)
    assert world.radar("forget", "https://partner.example/0c", "--yes").code == 0
    ended = world.radar("restore", str(tmp_path / "to"), "--yes", "--json")
    assert (ended.code, ended.summary["indexed"]) == (1, 1), ended.err
    assert "labels of forgotten pages could not be removed" in ended.err
    ended = world.radar("run", "--json")
    assert ended.code == 1
    assert any("labels of forgotten pages" in problem for problem in ended.summary["problems"])
    shutil.rmtree(obstacle)
    assert "note: labels removed: 1 line, of forgotten pages" in world.radar("run", "--json").err
    assert "0c" not in [labels.id for labels in files.all()]
