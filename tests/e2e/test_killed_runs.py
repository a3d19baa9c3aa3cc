"""SIGKILL at any moment, then a new start: nothing is lost, doubled or sent twice."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from radar.demo import NIGHTS
from tests.e2e.counted_sites import counted_sites
from tests.e2e.killing import (
    ASPECTS,
    WATCHES,
    Place,
    Point,
    archive_faults,
    at_message,
    at_request,
    place,
    when_done,
    when_logged,
)
from tests.loopback.smtp_sink import said

pytestmark = [pytest.mark.slow]

POINTS: dict[str, Point] = {
    "before the first commit": at_request(7),
    "in the crawl": at_request(29),
    "after the crawl": when_logged("Spider closed"),
    "at the index": when_done("indexer.stores.index_folders:point_to"),
    "at a message": at_message(2),
}


@dataclass
class Pair:
    """The same night, undisturbed and with kills."""

    calm: Place
    killed: Place
    codes: dict[str, int]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with (
        counted_sites() as sites,
        place(tmp_path_factory.mktemp("calm"), sites) as calm,
        place(tmp_path_factory.mktemp("killed"), sites) as killed,
    ):
        assert calm.run() == 0
        codes = {name: killed.run(point) for name, point in POINTS.items()}
        codes["to the end"] = killed.run()
        yield Pair(calm, killed, codes)


def test_every_kill_met_a_run_at_work(pair: Pair) -> None:
    assert pair.codes == {**dict.fromkeys(POINTS, -signal.SIGKILL), "to the end": 0}
    states = [state for (state,) in pair.killed.world.rows("select state from run order by id")]
    assert states == ["interrupted"] * len(POINTS) + ["done"]


@pytest.mark.parametrize("aspect", ASPECTS)
def test_as_if_nothing_had_happened(pair: Pair, aspect: str) -> None:
    calm = ASPECTS[aspect](pair.calm)
    assert calm
    assert ASPECTS[aspect](pair.killed) == calm


def test_nothing_waits_and_all_is_sent(pair: Pair) -> None:
    rows = pair.killed.world.rows
    assert rows("select count(*) from fetch where state = 'pending'") == [(0,)]
    assert rows("select distinct state from match") == [("sent",)]
    seqs = [seq for (seq,) in rows("select seq from revision order by seq")]
    assert seqs == list(range(1, len(seqs) + 1))


def test_no_message_comes_twice_but_for_the_one_cut_off(pair: Pair) -> None:
    calm, killed = pair.calm.sink, pair.killed.sink
    assert len(set(calm.message_ids())) == len(calm.received) == len(WATCHES)
    assert len(set(killed.message_ids())) == len(WATCHES)
    # Taken by the server, its answer never read: that one comes again, and can be told.
    repeated = {i for i, n in Counter(killed.message_ids()).items() if n > 1}
    assert repeated == {killed.message_ids()[1]}
    assert len(killed.received) == len(WATCHES) + 1
    told = {str(m["Subject"]): said(m) for m in killed.received}
    assert told == {str(m["Subject"]): said(m) for m in calm.received}


def test_archives_are_whole(pair: Pair) -> None:
    for one in (pair.killed, pair.calm):
        assert list((one.world.home / "archive").glob("*.warc.gz"))
        assert archive_faults(one) == []
        places = one.world.rows("select file, offset from fetch")
        assert len(set(places)) == len(places)


def test_archive_has_every_answer_once_that_was_committed(pair: Pair) -> None:
    """Answers of runs killed before a commit may be there too: they were asked for again."""
    found: Counter[str] = Counter()
    for file in (pair.killed.world.home / "archive").glob("*.warc.gz"):
        with file.open("rb") as stream:
            found.update(
                record.headers["WARC-Target-URI"]
                for record in ArchiveIterator(stream, record_types=WarcRecordType.response)
            )
    fetched = {url for (url,) in pair.killed.world.rows("select final_url from fetch")}
    assert fetched <= found.keys()


def test_the_next_run_finds_nothing_to_do(pair: Pair) -> None:
    started = pair.killed.world.radar("run", "--json", "--now", NIGHTS[1].isoformat())
    summary = json.loads(started.out.splitlines()[-1])
    assert summary["outcomes"] == {}
    assert [summary[key] for key in ("revisions", "indexed", "matches", "sent")] == [0, 0, 0, 0]
