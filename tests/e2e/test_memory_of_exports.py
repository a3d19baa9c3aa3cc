"""The memory of a server that exports 100,000 rows, in each format that holds all hits; and of the
command.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from http.client import HTTPConnection
from pathlib import Path

import pytest

from benchmarks.measuring.children import resident_memory, run_child
from benchmarks.search.web_search import DOCUMENTS, Answers, Client, fill, serving
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.embedded import open_rebuild
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation

pytestmark = [
    pytest.mark.endurance,
    pytest.mark.timeout(3_600),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc"),
]

MOST = 92
"""MiB, of the 95.4 that are 100 MB: of a server those that no file stands behind, as what is mapped
of files the system takes back when it likes; of the command all that are resident.
"""
MOST_RESIDENT = 95.3
"""MiB of a server with all that is mapped of files, whatever other processes read."""
ENOUGH = 20_000
"""Rows in which an export has reached its peak but for half a MiB."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "index"
    fill(open_rebuild(folder, QueryCompiler(load_reference(), {})), DOCUMENTS)
    return folder


@pytest.mark.parametrize("name", ["csv", "ndjson", "xlsx", "ics"])
def test_an_export_of_everything_stays_within_100_megabytes(index: Path, name: str) -> None:
    # None of these documents has an event: a calendar is silent until it has seen them all.
    with serving(str(index)) as server, closing(Client(server, timeout=1_200)) as client:
        answers = Answers()
        client.get("/api/search?q=lithium", Answers())
        with server.own() as own:
            body = client.get(f"/search.{name}?q=*", answers)
        assert answers.failures == 0
        if name in ("csv", "ndjson"):
            assert body.count(b"\n") >= DOCUMENTS
        assert max(own) <= MOST


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside another reader"])
def test_an_export_stays_within_them_with_all_that_is_resident_from_its_first_row_on(
    index: Path, beside: bool
) -> None:
    with (
        read_by_another(index) if beside else nullcontext(),
        serving(str(index)) as server,
        closing(Client(server)) as client,
    ):
        client.get("/api/search?q=lithium", Answers())
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
            connection.request("GET", "/search.csv?q=*")
            answer, rows = connection.getresponse(), 0
            with server.own(resident_memory) as resident:
                while rows < ENOUGH:
                    rows += answer.read(1 << 16).count(b"\n")
    assert max(resident) <= MOST_RESIDENT


READER = """
import mmap, pathlib, sys, time
paths = [path for path in pathlib.Path(sys.argv[1]).rglob("*") if path.is_file()]
files = [path.open("rb") for path in paths if path.stat().st_size]
maps = [mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) for file in files]
while True:
    for each in maps:
        for at in range(0, len(each), mmap.PAGESIZE):
            each[at]
    print("read", flush=True)
    time.sleep(3)
"""
"""A process that has mapped all of an index and reads it again and again: the system takes back
nothing of it, and maps what stands beside each page that is read.
"""


@contextmanager
def read_by_another(index: Path) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-c", READER, str(index)], stdout=subprocess.PIPE)
    try:
        assert process.stdout
        assert process.stdout.readline() == b"read\n"
        yield
    finally:
        process.kill()
        process.communicate()


def test_an_export_by_the_command_stays_within_them_with_all_that_is_resident(
    index: Path, tmp_path: Path
) -> None:
    Installation(load_settings(home=tmp_path)).open_writer().dispose()
    (tmp_path / "index").symlink_to(index)
    rows = tmp_path / "rows.csv"
    radar = [sys.executable, "-c", "from radar.cli import main; main()"]
    export = ["export", "*", "--format", "csv", "--output", str(rows), "--home", str(tmp_path)]
    child = run_child([*radar, *export])
    assert rows.read_bytes().count(b"\n") >= DOCUMENTS
    assert child.peak <= MOST
