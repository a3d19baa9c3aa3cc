"""Database, archive and index with bytes that have changed, are cut off or are missing: what each
command says of it, in one line with a remedy, and what the remedy brings back.
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.e2e.newsroom import article
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.faults.test_damage import flip

damage = pytest.mark.fault("damage")
NUMBER = 6
URLS = [f"https://grube.example.org/{n}" for n in range(NUMBER)]


class Prepared:
    """An installation with six pages, which each test gets as it was."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.world.configure([source("grube", "https://grube.example.org/")])
        self.imports = folder / "pages.jsonl"
        self._write(NUMBER)
        assert self.world.radar("import", str(self.imports), "--source", "grube").code == 0
        self._saved = folder / "saved"
        shutil.copytree(self.world.home, self._saved)
        self._homes = (folder / f"home-{number}" for number in count())

    def _write(self, number: int) -> None:
        lines = [
            json.dumps({"id": str(n), "url": url, "html": article(f"Kupfer {n}", f"Erz {n}")})
            for n, url in enumerate(URLS[:number])
        ]
        self.imports.write_text("\n".join(lines), encoding="utf-8")

    def begin_again(self) -> None:
        """In a folder of its own: what has searched an index in this process watches it, and would
        write a lock into it while it is removed.
        """
        self.world.home = next(self._homes)
        shutil.copytree(self._saved, self.world.home)

    def put_back(self, name: str) -> None:
        """What an operator does who has a backup."""
        target, saved = self.world.home / name, self._saved / name
        for path in (target, target.with_name(f"{name}-wal"), target.with_name(f"{name}-shm")):
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)
        (shutil.copytree if saved.is_dir() else shutil.copyfile)(saved, target)

    def import_again(self) -> Ended:
        return self.world.radar("import", str(self.imports), "--source", "grube", "--json")

    def found(self) -> list[str]:
        """Addresses of all documents that the search finds."""
        ended = self.world.radar("search", "Bergwerk", "--limit", "0", "--json")
        return [hit["url"] for hit in ended.lines]

    def shown(self) -> list[str]:
        """Addresses of all documents of the database."""
        return [document["url"] for document in self.world.radar("show", "--all", "--json").lines]

    @property
    def archive_folder(self) -> Path:
        return self.world.home / "archive"

    @property
    def archive(self) -> Path:
        [file] = self.archive_folder.glob("*.warc.gz")
        return file

    def segment(self, suffix: str) -> Path:
        [file] = (self.world.home / "index" / "1").glob(f"*.{suffix}")
        return file


@pytest.fixture(scope="module")
def as_imported(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return Prepared(tmp_path_factory.mktemp("files"))


@pytest.fixture
def prepared(as_imported: Prepared) -> Prepared:
    as_imported.begin_again()
    return as_imported


def in_one_line(ended: Ended) -> bool:
    """An error, and a hint what to do."""
    lines = ended.err.splitlines()
    return (
        ended.code == 3
        and len(lines) == 2
        and lines[0].startswith("error: ")
        and lines[1].startswith("hint: ")
    )


# -- archive


def cut(prepared: Prepared) -> None:
    data = prepared.archive.read_bytes()
    prepared.archive.write_bytes(data[: len(data) * 2 // 3])


def remove(prepared: Prepared) -> None:
    prepared.archive.unlink()


def overwrite_with_noise(prepared: Prepared) -> None:
    size = prepared.archive.stat().st_size
    prepared.archive.write_bytes(random.Random(7).randbytes(size))


@damage
@pytest.mark.parametrize(
    ("inject", "told"),
    [
        (cut, "the file ends in the middle of it"),
        (remove, "is missing"),
        (overwrite_with_noise, "no WARC record begins there"),
    ],
)
def test_an_archive_file_that_is_not_what_was_written(
    prepared: Prepared,
    inject: Callable[[Prepared], None],
    told: str,
    toll: Toll,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = prepared.archive.name
    inject(prepared)
    deep = prepared.world.radar("check", "--deep")
    toll.answered_rightly(deep.code == 1, deep)
    lines = [line for line in deep.out.splitlines() if line.startswith("todo  archive: ")]
    toll.answered_rightly(any(name in x and told in x and "backup" in x for x in lines), deep.out)
    # Pages are read from the database, and what a newer extractor can't read stays as it was.
    monkeypatch.setattr("radar.stages.extract.EXTRACTOR_VERSION", 10_000)
    again = prepared.world.radar("run", "--only", "extract")
    toll.answered_rightly(again.code == 1 and name in again.err, again)
    toll.compare(URLS, prepared.shown())
    toll.compare(URLS, prepared.found())
    # A page that is forgotten goes, whatever there is in the place of its record.
    toll.answered_rightly(prepared.world.radar("forget", URLS[0], "--yes").code == 0, "forget")
    toll.compare(URLS[1:], prepared.shown())


@damage
def test_what_the_archive_did_not_give_is_read_when_the_file_is_back(
    prepared: Prepared, toll: Toll
) -> None:
    shutil.rmtree(prepared.world.home)
    assert prepared.world.radar("run", "--only", "match").code == 0
    # The pages are archived, and the run ends before they are read.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("radar.run.run.Run._extract", lambda *_: 0)
        prepared.import_again()
    [file] = (prepared.world.home / "archive").glob("*.warc.gz")
    away = file.with_name("away")
    file.rename(away)
    missing = prepared.world.radar("run", "--only", "extract")
    toll.answered_rightly(missing.code == 1 and file.name in missing.err, missing)
    reasons = prepared.world.rows("select url, reason from fetch")
    toll.compare(URLS, [url for url, reason in reasons if "No such file" in str(reason)])
    away.rename(file)
    told = prepared.world.radar("check", "--deep")
    toll.answered_rightly("radar run --only extract" in told.out, told.out)
    toll.answered_rightly(prepared.world.radar("run", "--only", "extract").code == 0, "again")
    prepared.world.radar("run", "--only", "index")
    toll.compare(URLS, prepared.found())


# -- database


def flip_header(path: Path) -> None:
    flip(path, 12)


def zero_pages_of_documents(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        [(page,)] = connection.execute("select rootpage from sqlite_master where name = 'document'")
        [(size,)] = connection.execute("pragma page_size")
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : page * size] = bytes(size)
    path.write_bytes(data)


def halve(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def spoil_a_value(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b'"title"')] = 7
    path.write_bytes(data)


@damage
@pytest.mark.parametrize("inject", [flip_header, zero_pages_of_documents, halve, spoil_a_value])
def test_a_damaged_database_is_called_so_by_every_command(
    prepared: Prepared, inject: Callable[[Path], None], toll: Toll
) -> None:
    inject(prepared.world.home / "radar.db")
    deep = prepared.world.radar("check", "--deep")
    lines = [line for line in deep.out.splitlines() if line.startswith("error database: ")]
    toll.answered_rightly(deep.code == 3 and bool(lines), deep.out)
    toll.answered_rightly(all("backup" in line for line in lines[:1]), deep.out)
    for command in (["show", "--all"], ["rebuild"]):
        ended = prepared.world.radar(*command)
        toll.answered_rightly(in_one_line(ended) and "damaged" in ended.err, ended)
    # What was found before is still found: the index has all that hits are made from.
    toll.compare(URLS, prepared.found())
    prepared.put_back("radar.db")
    toll.answered_rightly(prepared.world.radar("check", "--deep").code == 0, "put back")
    toll.compare(URLS, prepared.shown())


@damage
def test_a_write_ahead_log_of_noise_changes_nothing(prepared: Prepared, toll: Toll) -> None:
    log = prepared.world.home / "radar.db-wal"
    log.write_bytes(random.Random(5).randbytes(50_000))
    toll.answered_rightly(prepared.world.radar("check", "--deep").code == 0, "check")
    toll.compare(URLS, prepared.shown())
    toll.compare(URLS, prepared.found())


# -- ledgers


@damage
@pytest.mark.parametrize("name", ["sent.jsonl", "subscriptions.jsonl"])
def test_a_line_of_a_ledger_that_nobody_can_read_ends_no_run(
    prepared: Prepared, name: str, toll: Toll
) -> None:
    ledger = prepared.world.home / name
    ledger.write_text('{"key": 7, "at": 7, "watch": [], "channel": 1, "token": 2}\n[1]\nnoise')
    ran = prepared.world.radar("run", "--only", "deliver")
    toll.answered_rightly(ran.code == 0, ran)
    checked = prepared.world.radar("check")
    toll.answered_rightly(checked.code == 1, checked)
    for number in (1, 2, 3):
        toll.answered_rightly(f"{ledger}:{number}: " in checked.out, checked.out)
    ledger.unlink()


@damage
@pytest.mark.parametrize("name", ["sent.jsonl", "subscriptions.jsonl"])
def test_a_ledger_that_cannot_be_read_holds_back_what_watches_tell(
    prepared: Prepared, name: str, toll: Toll
) -> None:
    world, ledger = prepared.world, prepared.world.home / name
    made = ("--name", "Kupfer", "--query", "Kupfer", "--channel", "feed")
    world.radar("watch", "add", *made)
    page = prepared.imports.with_name("page.html")
    page.write_text(article("Kupfer heute", "Erz in der Grube"), encoding="utf-8")
    ledger.mkdir()
    ran = world.radar("import", str(page), "--source", "grube", "--json")
    toll.answered_rightly(ran.code == 1 and f"{ledger}: Is a directory; watches" in ran.err, ran)
    toll.answered_rightly((ran.summary["revisions"], ran.summary["matches"]) == (1, 0), ran)
    checked = world.radar("check")
    toll.answered_rightly(checked.code == 3 and "move away" in checked.out, checked)
    ledger.rmdir()
    for number in (1, 0):
        ran = world.radar("run", "--only", "match", "--json")
        toll.answered_rightly(ran.code == 0 and ran.summary["matches"] == number, ran)


# -- index


def flip_postings(prepared: Prepared) -> None:
    path = prepared.segment("idx")
    flip(path, path.stat().st_size // 2)


def flip_stored_records(prepared: Prepared) -> None:
    path = prepared.segment("store")
    flip(path, path.stat().st_size // 3)


def flip_columns(prepared: Prepared) -> None:
    flip(prepared.segment("fast"), 60)


def spoil_meta(prepared: Prepared) -> None:
    (prepared.world.home / "index" / "1" / "meta.json").write_text("}{")


def lose_a_segment(prepared: Prepared) -> None:
    prepared.segment("term").unlink()


def empty_the_pointer(prepared: Prepared) -> None:
    (prepared.world.home / "index" / "current").write_text("")


@damage
@pytest.mark.parametrize(
    ("inject", "remedy"),
    [
        (flip_postings, ["rebuild"]),
        (spoil_meta, ["rebuild"]),
        (flip_stored_records, ["run", "--only", "index"]),
        (flip_columns, ["run", "--only", "index"]),
        (lose_a_segment, ["run", "--only", "index"]),
        (empty_the_pointer, ["run", "--only", "index"]),
    ],
)
def test_a_damaged_index_is_found_and_built_again(
    prepared: Prepared, inject: Callable[[Prepared], None], remedy: list[str], toll: Toll
) -> None:
    inject(prepared)
    deep = prepared.world.radar("check", "--deep")
    lines = [line for line in deep.out.splitlines() if line.startswith("error ")]
    toll.answered_rightly(deep.code == 3 and "radar rebuild" in "".join(lines), deep.out)
    ended = prepared.world.radar("search", "*", "--limit", "0", "--json")
    whole = sorted(hit["url"] for hit in ended.lines) == URLS
    toll.answered_rightly(whole or in_one_line(ended), ended)
    told = prepared.world.radar(*remedy)
    toll.answered_rightly(told.code == 0, told)
    toll.answered_rightly(remedy == ["rebuild"] or "builds it again" in told.err, told.err)
    toll.compare(URLS, prepared.found())


@damage
def test_a_file_in_the_place_of_the_index_is_named(prepared: Prepared, toll: Toll) -> None:
    index = prepared.world.home / "index"
    shutil.rmtree(index)
    index.write_text("a file")
    checked = prepared.world.radar("check")
    toll.answered_rightly(checked.code == 3 and str(index) in checked.out, checked.out)
    for command in (["search", "Kupfer"], ["rebuild"]):
        ended = prepared.world.radar(*command)
        toll.answered_rightly(in_one_line(ended) and str(index) in ended.err, ended)
    ran = prepared.world.radar("run", "--only", "index")
    toll.answered_rightly(ran.code == 1 and str(index) in ran.err, ran)
    index.unlink()
    toll.answered_rightly(prepared.world.radar("rebuild").code == 0, "rebuild")
    toll.compare(URLS, prepared.found())


@damage
def test_orphans_are_counted(prepared: Prepared, toll: Toll) -> None:
    with contextlib.closing(sqlite3.connect(prepared.world.home / "radar.db")) as connection:
        connection.execute("update document set indexed = 0 where url = ?", (URLS[0],))
        connection.execute("update fetch set offset = offset + 1 where url = ?", (URLS[1],))
        connection.commit()
    shutil.copyfile(prepared.archive, prepared.archive.with_name("rohstoffradar-000007.warc.gz"))
    deep = prepared.world.radar("check", "--deep")
    toll.answered_rightly("1 document that the database does not have" in deep.out, deep.out)
    toll.answered_rightly(f"not the record of {URLS[1]}" in deep.out, deep.out)
    toll.answered_rightly("rohstoffradar-000007.warc.gz: the database knows" in deep.out, deep.out)
    as_json = prepared.world.radar("check", "--deep", "--json")
    keys = {tuple(line) for line in as_json.lines}
    toll.answered_rightly(keys == {("what", "level", "message")}, as_json.out)
