"""Backups on disks that are full or lie, and restores over what is in use: said, and nothing that
was whole is harmed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from radar.backup import backing_up
from radar.backup.manifest import MANIFEST, complete_backups
from radar.run.lock import readers_lock, rebuild_lock, run_lock, up_lock
from tests.e2e.newsroom import article
from tests.e2e.service import Serve
from tests.e2e.world import SECONDS, Ended, World
from tests.faults.conftest import Toll
from tests.faults.trees import files_of

LONG = "<h1>Zinn</h1>" + "".join(
    f"<p>{hashlib.sha256(bytes([number])).hexdigest()}</p>" for number in range(100)
)
LIMITED = (
    "import os, resource, sys; "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2); "
    "os.execv(sys.argv[2], sys.argv[2:])"
)
"""The limit on the size of files stands in for a full disk: the same calls fail."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with some pages and a long log, and `backups` of it."""
    folder = tmp_path_factory.mktemp("made")
    world = World(folder)
    lines = [
        json.dumps({"url": f"https://example.org/{n}", "html": article(f"Lithium {n}", "Lithium")})
        for n in range(5)
    ]
    (folder / "pages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    world.configure([])
    assert world.radar("import", str(folder / "pages.jsonl")).code == 0
    (world.home / "log" / "old.log").write_bytes(b"a line\n" * 700_000)
    assert world.radar("backup", str(folder / "backups")).code == 0
    return folder


@pytest.fixture
def world(made: Path, tmp_path: Path) -> World:
    """A copy of that installation, `backups` beside it."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return World(tmp_path)


def backups_of(world: World) -> Path:
    return world.home.parent / "backups"


def on_a_full_disk(world: World, limit: int, *arguments: str) -> Ended:
    before = [sys.executable, "-c", LIMITED, str(limit)]
    started = world.start(*arguments, before=before)
    out, err = started.communicate(timeout=SECONDS)
    return Ended(started.returncode, out, err)


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))


# -- disk full


@pytest.mark.fault("disk")
@pytest.mark.parametrize("limit", [100_000, 3_000_000], ids=["at the database", "at another file"])
def test_a_full_disk_harms_no_earlier_backup(world: World, toll: Toll, limit: int) -> None:
    backups = backups_of(world)
    before = files_of(backups)
    (world.home / "log" / "old.log").touch()  # it is copied again
    with toll.waiting():
        ended = on_a_full_disk(world, limit, "backup", str(backups), "--keep", "1")
    right = ended.code == 3 and "error: " in ended.err and "Traceback" not in ended.err
    toll.answered_rightly(right and str(backups) in ended.err, ended)
    toll.compare(before.items(), files_of(backups).items())
    again = world.radar("backup", str(backups), "--keep", "1", "--json")
    toll.answered_rightly(again.code == 0 and len(again.summary["removed"]) == 1, again)


@pytest.mark.fault("disk")
@pytest.mark.parametrize("limit", [100_000, 3_000_000], ids=["at the database", "at another file"])
def test_a_full_disk_at_a_restore_leaves_what_is_there(
    world: World, toll: Toll, limit: int
) -> None:
    before = files_of(world.home)
    with toll.waiting():
        ended = on_a_full_disk(world, limit, "restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 3 and "Traceback" not in ended.err, ended)
    toll.compare(before.items(), files_of(world.home).items())
    hits = world.radar("search", "lithium", "--json").lines
    toll.answered_rightly(len(hits) == 5, hits)


# -- flipped bytes, lost files


@pytest.mark.fault("damage")
@pytest.mark.parametrize("destroyed", [True, False], ids=["alone", "over what is there"])
@pytest.mark.parametrize(
    "path", ["database.sqlite", "home/archive/rohstoffradar-000001.warc.gz", "home/log/old.log"]
)
def test_a_flipped_bit_in_a_backup_is_named_and_refused(
    world: World, toll: Toll, path: str, destroyed: bool
) -> None:
    [backup] = complete_backups(backups_of(world))
    flip(backup / path)
    if destroyed:
        shutil.rmtree(world.home)
    elif "archive" in path:
        # Else the archive in place would be taken, which has the right bytes.
        shutil.rmtree(world.home / "archive")
    before = files_of(world.home)
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 3 and path in ended.err and "hint: " in ended.err, ended)
    toll.compare(before.items(), files_of(world.home).items())


@pytest.mark.fault("damage")
def test_a_damaged_archive_file_is_taken_from_the_archive_in_place(
    world: World, toll: Toll
) -> None:
    [backup] = complete_backups(backups_of(world))
    flip(backup / "home/archive/rohstoffradar-000001.warc.gz")
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 0, ended)


@pytest.mark.fault("damage")
@pytest.mark.parametrize("content", ["", '{"format": 1', '{"format": 99}', '{"format": 1}', "[]"])
def test_a_manifest_that_can_not_be_read_is_refused(world: World, toll: Toll, content: str) -> None:
    [backup] = complete_backups(backups_of(world))
    (backup / MANIFEST).write_text(content, encoding="utf-8")
    before = files_of(world.home)
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 3 and str(backup) in ended.err, ended)
    toll.compare(before.items(), files_of(world.home).items())


@pytest.mark.fault("damage")
@pytest.mark.parametrize("content", [b"", b"\xff", b'{"format": 99}'])
def test_a_manifest_that_can_not_be_read_ends_no_backups(
    world: World, toll: Toll, content: bytes
) -> None:
    [earlier] = complete_backups(backups_of(world))
    (earlier / MANIFEST).write_bytes(content)
    ended = world.radar("backup", str(backups_of(world)), "--json")
    toll.answered_rightly(ended.code == 1 and str(earlier) in ended.err, ended)
    again = world.radar("backup", str(backups_of(world)), "--json")
    toll.answered_rightly(again.code == 0 and again.err == "", again)
    restored = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(restored.code == 0, restored)


@pytest.mark.fault("damage")
def test_a_file_whose_name_is_no_utf_8_is_in_the_backup_and_comes_back(
    world: World, toll: Toll
) -> None:
    names = [os.fsdecode(name) for name in (b"note-\xe4.txt", b"log/\xff.log", b"feeds/\xe9/1")]
    for name in names:
        file = world.home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(ascii(name), encoding="utf-8")
    for _ in range(2):  # the second one links what the first one has copied
        ended = world.radar("backup", str(backups_of(world)), "--verify")
        toll.answered_rightly(ended.code == 0, ended)
    shutil.rmtree(world.home)
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 0, ended)
    found = [world.home / name for name in names if (world.home / name).is_file()]
    toll.compare(map(ascii, names), [file.read_text(encoding="utf-8") for file in found])


@pytest.mark.fault("damage")
@pytest.mark.parametrize("short", [False, True], ids=["gone", "cut"])
def test_the_last_good_copy_of_an_archive_file_is_kept(
    world: World, toll: Toll, short: bool
) -> None:
    name = "rohstoffradar-000001.warc.gz"
    present = world.home / "archive" / name
    whole = present.read_bytes()
    if short:
        present.write_bytes(whole[:-1])
    else:
        present.unlink()
    for _ in range(2):
        ended = world.radar("backup", str(backups_of(world)), "--keep", "1")
        right = ended.code == 1 and name in ended.err and "kept: what this one lacks" in ended.err
        toll.answered_rightly(right, ended)
    # A run in between fills the archive with more than what was lost.
    page = world.home.parent / "more.jsonl"
    page.write_text(json.dumps({"id": "x", "url": "https://example.org/x", "html": LONG}))
    assert world.radar("import", str(page)).code == 0
    ended = world.radar("backup", str(backups_of(world)), "--keep", "1")
    toll.answered_rightly(ended.code == 1 and name in ended.err, ended)
    oldest = complete_backups(backups_of(world))[0]
    toll.compare([whole], [(oldest / "home" / "archive" / name).read_bytes()])
    shutil.copy(oldest / "home" / "archive" / name, present)
    ended = world.radar("backup", str(backups_of(world)), "--keep", "1", "--json")
    toll.answered_rightly(ended.code == 0 and len(ended.summary["removed"]) == 4, ended)


@pytest.mark.fault("damage")
def test_an_archive_of_another_installation_is_refused(
    world: World, toll: Toll, monkeypatch: pytest.MonkeyPatch
) -> None:
    [earlier] = complete_backups(backups_of(world))
    owner = '{"installation": "another"}'
    (world.home / "archive" / "installation.json").write_text(owner)
    ended = world.radar("backup", str(backups_of(world)), "--keep", "1")
    right = ended.code == 3 and "belongs to another installation" in ended.err
    toll.answered_rightly(right and complete_backups(backups_of(world)) == [earlier], ended)
    with monkeypatch.context() as unguarded:  # as versions before did
        unguarded.setattr(backing_up, "refuse_foreign_archive", lambda *_: None)
        assert world.radar("backup", str(backups_of(world))).code == 0
    mixed = complete_backups(backups_of(world))[-1]
    before = files_of(world.home)
    refused = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(refused.code == 3 and str(mixed) in refused.err, refused)
    toll.compare(before.items(), files_of(world.home).items())


@pytest.mark.fault("damage")
def test_verifying_finds_what_changed_in_the_backup_before_and_copies_it_again(
    world: World, toll: Toll
) -> None:
    name = "home/archive/rohstoffradar-000001.warc.gz"
    [earlier] = complete_backups(backups_of(world))
    flip(earlier / name)
    ended = world.radar("backup", str(backups_of(world)), "--verify", "--json")
    toll.answered_rightly(ended.code == 1 and name in ended.err, ended)
    toll.answered_rightly(ended.summary["damaged"] == [str(earlier / name)], ended)
    shutil.rmtree(world.home)
    restored = world.radar("restore", str(backups_of(world)))
    toll.answered_rightly(restored.code == 0, restored)


@pytest.mark.fault("damage")
def test_a_damaged_database_is_not_backed_up(world: World, toll: Toll) -> None:
    flip(world.home / "radar.db")
    with (world.home / "radar.db").open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)
    ended = world.radar("backup", str(backups_of(world)), "--keep", "1")
    toll.answered_rightly(ended.code == 3 and "damaged" in ended.err, ended)
    toll.answered_rightly(len(complete_backups(backups_of(world))) == 1, "earlier backup is gone")


@pytest.mark.fault("restore")
@pytest.mark.parametrize("start", [0, 8192], ids=["its header", "a page of it"])
def test_a_damaged_database_in_place_is_replaced(world: World, toll: Toll, start: int) -> None:
    with (world.home / "radar.db").open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * 4096)
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 0, ended)
    hits = world.radar("search", "lithium", "--json").lines
    toll.answered_rightly(len(hits) == 5, hits)


# -- in use


@pytest.mark.fault("restore")
@pytest.mark.parametrize("hold", [run_lock, rebuild_lock, up_lock, readers_lock])
def test_nothing_is_restored_under_a_run_a_rebuild_or_a_server(
    world: World, toll: Toll, hold: Callable[[Path], AbstractContextManager[None]]
) -> None:
    before = files_of(world.home)
    with hold(world.home):
        ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 3 and "in progress" in ended.err, ended)
    toll.compare(before.items(), files_of(world.home).items())


@pytest.mark.fault("restore")
def test_nothing_is_restored_under_the_web_server(world: World, toll: Toll) -> None:
    with Serve(world):
        ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 3 and "`radar serve` or" in ended.err, ended)
    ended = world.radar("restore", str(backups_of(world)), "--yes")
    toll.answered_rightly(ended.code == 0, ended)


def unzipped(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


@pytest.mark.fault("restore")
def test_what_restores_have_left_is_named_where_a_page_is_forgotten(
    world: World, toll: Toll
) -> None:
    plain = world.radar("forget", "https://example.org/1", "--yes", "--json")
    toll.answered_rightly(plain.summary["aside"] == [] and plain.err == "", plain)
    assert world.radar("restore", str(backups_of(world)), "--yes").code == 0
    [aside] = world.home.glob("before-restore-*")
    ended = world.radar("forget", "https://example.org/3", "--yes", "--json")
    toll.answered_rightly(ended.code == 0 and ended.summary["aside"] == [str(aside)], ended)
    toll.answered_rightly(f"rm -r {aside}" in ended.err, ended)


@pytest.mark.fault("restore")
def test_what_was_forgotten_since_stays_forgotten(world: World, toll: Toll) -> None:
    page = "https://example.org/3"
    assert world.radar("forget", page, "--yes").code == 0
    ended = world.radar("restore", str(backups_of(world)), "--yes", "--json")
    toll.answered_rightly(ended.code == 0 and ended.summary["forgotten"] == 1, ended)
    toll.answered_rightly("documents=" not in ended.err, ended.err)  # that is for logs
    hits = world.radar("search", "lithium", "--json").lines
    pages = [f"https://example.org/{number}" for number in (0, 1, 2, 4)]
    toll.compare(pages, [hit["url"] for hit in hits])
    again = world.radar("import", str(world.home.parent / "pages.jsonl"), "--json")
    toll.answered_rightly(again.summary["revisions"] == 0, again)
    shown = world.radar("show", "--all", "--json").lines
    toll.compare(pages, [document["url"] for document in shown])
    text = b"Grube 3"
    kept = [path for path in (world.home / "archive").iterdir() if text in unzipped(path)]
    toll.compare([], [path.name for path in kept])
