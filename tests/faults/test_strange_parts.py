"""Parts of an installation that are gone, or another installation's: said, refused, left alone."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.service import Serve
from tests.e2e.world import SECONDS
from tests.faults.conftest import Toll
from tests.faults.restoring import LAST, Newsroom, Restored, newsroom

FOREIGN = "belongs to another installation"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("nights")) as made:
        yield made


@pytest.fixture(scope="module")
def other(nights: Newsroom) -> Restored:
    """Another installation, with more in its first file than any of the others."""
    made = nights.installation("other")
    for night in range(LAST):
        assert made.night(night).code == 0
    return made


@pytest.mark.fault("restore")
def test_a_foreign_index_answers_nobody(nights: Newsroom, other: Restored, toll: Toll) -> None:
    place = nights.restored("foreign-index", LAST - 1)
    paths = ["/api/search?q=Kupfererz", "/search.atom?q=Kupfererz", "/?q=Kupfererz", "/healthz"]
    with Serve(place.world) as http:
        toll.answered_rightly(http.get("/healthz").status_code == 200, "before")
        # Not removed: the server watches it, and might write a lock into it meanwhile.
        (place.world.home / "index").rename(place.world.home.with_name("index-away"))
        shutil.copytree(other.world.home / "index", place.world.home / "index")
        with toll.waiting():
            until = time.monotonic() + SECONDS
            while http.get("/healthz").status_code == 200 and time.monotonic() < until:
                time.sleep(0.2)
        for path in paths:
            answer = http.get(path)
            toll.answered_rightly(answer.status_code == 503, (path, answer.status_code))
            toll.answered_rightly(FOREIGN in answer.text, (path, answer.text))
    found = place.world.radar("search", "Kupfererz", "--json")
    toll.answered_rightly(found.code == 3 and not found.out, found)
    toll.answered_rightly(FOREIGN in found.err and "hint: move " in found.err, found)
    deep = place.world.radar("check", "--deep")
    toll.answered_rightly(deep.code == 3, deep)
    toll.answered_rightly("that the database does not have" not in deep.out, deep.out)


@pytest.mark.fault("restore")
def test_a_database_that_is_gone_is_missed(nights: Newsroom, toll: Toll) -> None:
    place = nights.restored("no-database", LAST - 1)
    archived = place.archived()
    for file in place.world.home.glob("radar.db*"):
        file.unlink()
    for command in (["check"], ["backup", str(place.world.home.parent / "backups")]):
        ended = place.world.radar(*command)
        said = ended.out + ended.err
        toll.answered_rightly(ended.code == 3, ended)
        toll.answered_rightly("`radar restore FOLDER`" in said and "archive" in said, said)
        toll.answered_rightly("`radar run` makes it" not in said, said)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 1 and "`radar restore FOLDER`" in ended.err, ended)
    toll.answered_rightly("the database was gone" in str(ended.lines[-1]["problems"]), ended)
    toll.compare(archived, place.archived()[: len(archived)])
    toll.compare(nights.calm.texts(), place.texts())
    toll.compare(nights.calm.hits(), place.hits())
    again = place.night(LAST)
    toll.answered_rightly(again.code == 0 and "restore" not in again.err, again)


def test_a_new_installation_misses_nothing(nights: Newsroom) -> None:
    check = nights.installation("fresh").world.radar("check")
    assert check.code == 0, check.out
    assert "none yet: `radar run` makes it" in check.out


@pytest.mark.fault("restore")
@pytest.mark.parametrize("night", [None, 0])
def test_documents_that_the_index_lacks_are_counted(
    nights: Newsroom, night: int | None, toll: Toll
) -> None:
    place = nights.restored(f"index-lacks-{night}", LAST - 1)
    if night is None:
        shutil.rmtree(place.world.home / "index")
    else:
        place.put_back("index", night)
    held = 0 if night is None else 2
    check = place.world.radar("check")
    toll.answered_rightly(check.code == 1, check)
    toll.answered_rightly(f"{held} documents, of {LAST + 1} that" in check.out, check.out)
    toll.answered_rightly("`radar rebuild`" in check.out, check.out)
    toll.answered_rightly(place.world.radar("rebuild").code == 0, "rebuild")
    check = place.world.radar("check")
    toll.answered_rightly(check.code == 0, check)


def test_what_waits_for_the_index_is_not_missed(nights: Newsroom) -> None:
    place = nights.restored("backlog", LAST - 1)
    nights.open(LAST)
    for stage in ("crawl", "extract"):
        assert place.world.radar("run", "--all", "--only", stage).code == 0
    check = place.world.radar("check")
    assert check.code == 0, check.out
    assert f"search store: {LAST + 1} documents\n" in check.out


@pytest.mark.fault("restore")
@pytest.mark.parametrize("purged", [False, True])
def test_an_archive_file_of_another_installation_is_refused(
    nights: Newsroom, other: Restored, purged: bool, toll: Toll
) -> None:
    # Both installations have read the same pages: only who wrote a file tells the two apart.
    place = nights.restored(f"foreign-file-{purged}", LAST - 1)
    if purged:
        ended = place.world.radar("forget", f"{nights.site.url}/n/page-0", "--yes")
        toll.answered_rightly(ended.code == 0, ended)
        toll.answered_rightly(place.world.radar("check").code == 0, "before")
    ours = max((place.world.home / "archive").glob("*.warc.gz"))
    theirs = max((other.world.home / "archive").glob("*.warc.gz")).read_bytes()
    ours.write_bytes(theirs)
    check = place.world.radar("check")
    toll.answered_rightly(check.code == 3, check)
    toll.answered_rightly(f"archive: {ours} {FOREIGN}" in check.out, check.out)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 3 and FOREIGN in ended.err, ended)
    toll.answered_rightly(ours.read_bytes() == theirs, "appended to")


@pytest.mark.fault("damage")
@pytest.mark.parametrize("damage", ["cut", "zeros", "noise", "one record", "missing"])
def test_a_damaged_archive_file_is_not_taken_for_a_foreign_one(
    nights: Newsroom, damage: str, toll: Toll
) -> None:
    place = nights.restored(f"damaged-{damage}", LAST - 1)
    ours = max((place.world.home / "archive").glob("*.warc.gz"))
    whole = ours.read_bytes()
    if damage == "cut":
        ours.write_bytes(whole[:700])
    elif damage == "zeros":
        ours.write_bytes(bytes(len(whole)))
    elif damage == "noise":
        ours.write_bytes(bytes(byte ^ 0x5A for byte in whole))
    elif damage == "one record":
        for (offset,) in place.world.rows("select offset from fetch"):
            whole = whole[: offset + 20] + b"????" + whole[offset + 24 :]
        ours.write_bytes(whole)
    else:
        ours.unlink()
    check = place.world.radar("check")
    toll.answered_rightly(FOREIGN not in check.out, check.out)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code in (0, 1) and FOREIGN not in ended.err, ended)
    toll.compare(nights.calm.texts(), place.texts())


@pytest.mark.fault("restore")
def test_a_foreign_archive_is_named_in_a_line(
    nights: Newsroom, other: Restored, toll: Toll
) -> None:
    place = nights.restored("foreign-archive", LAST - 1)
    shutil.rmtree(place.world.home / "archive")
    shutil.copytree(other.world.home / "archive", place.world.home / "archive")
    check = place.world.radar("check", "--deep")
    about = [line for line in check.out.splitlines() if " archive: " in line]
    toll.answered_rightly(check.code == 3, check)
    toll.answered_rightly(len(about) == 2, about)
    toll.answered_rightly(all(line.startswith("error archive: ") for line in about), about)
    toll.answered_rightly("nothing needs to be done" not in check.out, check.out)
    toll.answered_rightly(f"search store: {LAST + 1} documents" in check.out, check.out)


@pytest.mark.fault("damage")
def test_each_finding_about_a_database_is_a_line(nights: Newsroom, toll: Toll) -> None:
    place = nights.restored("damaged-database", LAST - 1)
    database = place.world.home / "radar.db"
    spoil_a_page(database)
    check = place.world.radar("check", "--deep")
    toll.answered_rightly(check.code == 3, check)
    for line in check.out.splitlines():
        toll.answered_rightly(line.startswith(("ok ", "note ", "todo ", "error ")), line)
    toll.answered_rightly("***" not in check.out, check.out)


def spoil_a_page(database: Path) -> None:
    """Overwrite a part of the root page of an index, so that its entries are out of order."""
    with sqlite3.connect(database) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
        (size,) = connection.execute("pragma page_size").fetchone()
        query = "select rootpage from sqlite_schema where name = 'fetch_url'"
        (page,) = connection.execute(query).fetchone()
    with database.open("r+b") as file:
        file.seek(page * size - 60)
        file.write(b"\xff" * 40)


@pytest.mark.fault("damage")
def test_a_damaged_index_is_told_in_our_words(nights: Newsroom, toll: Toll) -> None:
    place = nights.restored("damaged-index", LAST - 1)
    for part in (place.world.home / "index").rglob("*.idx"):
        part.write_bytes(b"\x00" * part.stat().st_size)
    for command in (["check"], ["search", "Kupfererz"]):
        ended = place.world.radar(*command)
        said = ended.out + ended.err
        toll.answered_rightly("tantivy" not in said and "footer" not in said.lower(), said)
        toll.answered_rightly("`radar rebuild`" in said, said)
