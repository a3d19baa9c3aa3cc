"""A database, an index or an archive that was put back to an earlier state, without the others."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.service import Serve
from tests.e2e.world import SECONDS, World
from tests.faults.conftest import Toll
from tests.faults.restoring import LAST, Newsroom, newsroom

OTHER_STATE = "another state of this database"


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    with newsroom(tmp_path_factory.mktemp("nights")) as made:
        yield made


@pytest.mark.fault("restore")
@pytest.mark.parametrize("night", [0, 1])
def test_an_index_that_was_put_back_is_brought_up_to_date(
    nights: Newsroom, night: int, toll: Toll
) -> None:
    place = nights.restored(f"index-{night}", LAST - 1, index=night)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    place.pay(toll)


@pytest.mark.fault("restore")
@pytest.mark.parametrize("part", ["index", "archive"])
def test_what_belongs_to_another_installation_is_refused_and_left_alone(
    nights: Newsroom, part: str, toll: Toll
) -> None:
    other = nights.installation(f"other-of-{part}")
    assert other.night(0).code == 0
    place = nights.restored(f"foreign-{part}", LAST - 1)
    shutil.rmtree(place.world.home / part)
    shutil.copytree(other.world.home / part, place.world.home / part)
    before = contents(place.world.home / part)
    revisions = place.documents()
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 3, ended)
    toll.answered_rightly("belongs to another installation" in ended.err, ended.err)
    toll.answered_rightly("hint: " in ended.err, ended.err)
    check = place.world.radar("check")
    toll.answered_rightly("belongs to another installation" in check.out, check.out)
    rebuilt = place.world.radar("rebuild")
    toll.answered_rightly((rebuilt.code == 3) == (part == "index"), rebuilt)
    toll.compare(before.items(), contents(place.world.home / part).items())
    toll.compare(revisions, place.documents())


@pytest.mark.fault("restore")
@pytest.mark.parametrize("night", [0, 1])
def test_a_database_that_was_put_back_finds_all_again(
    nights: Newsroom, night: int, toll: Toll
) -> None:
    place = nights.restored(f"database-{night}", LAST - 1, database=night)
    archived = place.archived()
    check = place.world.radar("check")
    toll.answered_rightly("another state of this database" in check.out, check.out)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    toll.answered_rightly("another state of this database" in ended.err, ended.err)
    toll.answered_rightly("entered again from the archive" in ended.err, ended.err)
    toll.compare(archived, place.archived()[: len(archived)])
    place.pay(toll)
    check = place.world.radar("check")
    toll.answered_rightly("another state of this database" not in check.out, check.out)


@pytest.mark.fault("restore")
@pytest.mark.parametrize("night", [0, 1])
def test_of_a_torn_archive_only_the_half_record_is_lost(
    nights: Newsroom, night: int, toll: Toll
) -> None:
    place = nights.restored(f"torn-{night}", LAST - 1, database=night)
    *whole, last = place.archived()
    newest = max((place.world.home / "archive").glob("*.warc.gz"))
    newest.write_bytes(newest.read_bytes()[:-40])
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    kept = place.archived()
    toll.compare(whole, kept[: len(whole)])
    toll.answered_rightly(last not in kept and None not in kept, kept)
    toll.compare(nights.calm.texts(), place.texts())


@pytest.mark.fault("restore")
def test_a_file_that_the_database_has_never_heard_of_is_entered(
    nights: Newsroom, toll: Toll
) -> None:
    place = nights.restored("unheard", LAST - 1, database=1)
    archive = place.world.home / "archive"
    [only] = archive.glob("*.warc.gz")
    known = nights.after(1) / "archive" / only.name
    later = only.read_bytes()[known.stat().st_size :]
    shutil.copy(known, only)
    (archive / "rohstoffradar-000002.warc.gz").write_bytes(later)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    place.pay(toll)


@pytest.mark.fault("restore")
def test_a_lost_database_is_made_again_from_the_archive(nights: Newsroom, toll: Toll) -> None:
    place = nights.restored("lost", LAST - 1)
    (place.world.home / "radar.db").unlink()
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 1, ended)
    toll.compare(nights.calm.texts(), place.texts())
    toll.compare(nights.calm.hits(), place.hits())
    # Ids hold the number of the revision: a page that was read again, with what was learnt of its
    # site meanwhile, has one more than one that was read with it at once.
    entries = [[file for file, _ in one.feeds()] for one in (nights.calm, place)]  # type: ignore[misc, has-type]  # pairs
    toll.compare(*entries)
    toll.compare(nights.calm.mentions(), place.mentions())


@pytest.mark.fault("restore")
def test_a_file_that_was_purged_after_the_backup_is_found_under_its_new_name(
    nights: Newsroom, toll: Toll
) -> None:
    place = nights.restored("purged", LAST - 1)
    forgotten = place.world.radar("forget", f"{nights.site.url}/n/page-0", "--yes")
    assert forgotten.code == 0
    left = place.archived()
    place.put_back("radar.db", 1)
    with toll.waiting():
        ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    toll.compare(left, place.archived()[: len(left)])
    pending = place.world.rows("select url, state, reason from fetch where state != 'read'")
    toll.compare([(f"{nights.site.url}/n/page-0", "purged", None)], pending)
    toll.compare(nights.calm.texts(), place.texts())


@pytest.mark.fault("restore")
def test_searches_leave_out_what_a_restored_database_lacks(nights: Newsroom, toll: Toll) -> None:
    place = nights.restored("searched", LAST - 1, database=0)
    found = place.world.radar("search", "*", "--limit", "0", "--json")
    known = [row for (row,) in place.world.rows("select id from document")]
    toll.compare(known, [hit["id"] for hit in found.lines])
    toll.answered_rightly(found.code == 1 and "another state of this database" in found.err, found)
    rebuilt = place.world.radar("rebuild")
    toll.answered_rightly(rebuilt.code == 0, rebuilt)
    found = place.world.radar("search", "*", "--limit", "0", "--json")
    toll.compare(known, [hit["id"] for hit in found.lines])
    toll.answered_rightly(found.code == 0 and not found.err, found)


@pytest.mark.fault("restore")
def test_a_server_under_which_the_database_is_replaced_heals_by_itself(
    nights: Newsroom, toll: Toll
) -> None:
    place = nights.restored("served", LAST - 1)
    with served(place.world) as get:
        before = get("/healthz")
        toll.answered_rightly(before["indexed"] == before["documents"] == LAST + 1, before)
        shutil.copy(nights.after(0) / "radar.db", place.world.home / "radar.db.new")
        for suffix in ("-wal", "-shm"):  # of the old one: SQLite would read them into the new one
            (place.world.home / f"radar.db{suffix}").unlink(missing_ok=True)
        (place.world.home / "radar.db.new").replace(place.world.home / "radar.db")
        with toll.waiting():
            states = list(until_well(get))
        toll.answered_rightly(OTHER_STATE in str(states[0]["problems"]), states)
        for health in states:
            toll.answered_rightly(health["indexed"] <= health["documents"] == 2, health)
        toll.answered_rightly(states[-1]["indexed"] == 2, states)
        hits = get("/api/search?q=*")
        toll.answered_rightly(hits["total"] == 2 and not hits["incomplete"], hits)
    ended = place.night(LAST)
    toll.answered_rightly(ended.code == 0, ended)
    place.pay(toll)


@contextmanager
def served(world: World) -> Iterator[Callable[[str], Any]]:
    """A server over the installation; what is yielded gets the JSON of a path."""
    with Serve(world) as server:

        def get(path: str) -> Any:
            answer = server.get(path)
            assert answer.status_code == 200, answer.text
            for hit in answer.json().get("hits", ()):
                page = server.get(f"/api/documents/{hit['id']}")
                assert page.status_code == 200, page.text
            return answer.json()

        yield get


def until_well(get: Callable[[str], Any]) -> Iterator[dict[str, Any]]:
    """States of health until the index is of this state of the database; every hit meanwhile has
    its page.
    """
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        # Before any other request: by the first one the server notices, and begins to heal.
        health = get("/healthz")
        yield health
        if OTHER_STATE not in str(health["problems"]):
            return
        get("/api/search?q=*")
        time.sleep(0.2)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}
