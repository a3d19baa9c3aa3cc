"""Real file systems that are full: the folder is named in one line, nothing is lost, and the next
run goes on.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsroom import article, feed
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.loopback.site import LoopbackSite

disk = pytest.mark.fault("disk")
NUMBER = 5
PAGE = 4096
FULL_AFTER = {"archive": 4, "index": 6}
"""Pages of folders that fill in the middle of the work; the others are full from the beginning."""
LARGE = 8_000
"""Characters that don't compress, of each page."""


@contextlib.contextmanager
def small_disk(folder: Path, pages: int) -> Iterator[Path]:
    """A file system of so many pages of memory; skips where it can't be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={pages * PAGE}"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    mount = shutil.which("mount")
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Leave no space."""
    with (folder / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(PAGE))


def make_room(folder: Path) -> None:
    """What an operator does."""
    (folder / "filler").unlink(missing_ok=True)
    command = ["mount", "-o", "remount,size=64m", str(folder)]
    subprocess.run(command, check=True)


class Paper:
    """A site with five pages, and an installation that reads them."""

    def __init__(self, folder: Path, site: LoopbackSite, **settings: str) -> None:
        chance = random.Random(3)
        self.world = World(folder)
        self.pages = [
            site.page(
                f"/n/{n}",
                article(f"Kupfer {n}", f"Erz {n}", more=[chance.randbytes(LARGE // 2).hex()]),
            )
            for n in range(NUMBER)
        ]
        site.xml("/feed.xml", feed(self.pages))
        self.world.configure(
            [source("grube", f"{site.url}/", feeds=[{"url": f"{site.url}/feed.xml"}])],
            [{"id": "copper", "name": "Copper", "query": "commodity:copper", "channels": ["feed"]}],
            **settings,
        )
        self.world.home.mkdir(parents=True)

    def run(self, *options: str) -> Ended:
        return self.world.radar("run", *options)

    def found(self) -> list[str]:
        ended = self.world.radar("search", "Bergwerk", "--limit", "0", "--json")
        return [hit["url"] for hit in ended.lines]

    def matched(self) -> list[str]:
        ended = self.world.radar("watch", "matches", "copper", "--json")
        return [match["url"] for match in ended.lines]


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


def check_everything(paper: Paper, toll: Toll) -> None:
    toll.compare(paper.pages, paper.found())
    toll.compare(paper.pages, paper.matched())
    toll.answered_rightly(paper.world.radar("check", "--deep").code == 0, "check --deep")


def is_told(ended: Ended, folder: Path, code: int) -> bool:
    """The folder stands in one line, and there is nothing that no user understands.

    Where the log shares the disk with what failed, a note says that it is not complete.
    """
    lines = [line for line in ended.err.splitlines() if str(folder) in line]
    errors = [line for line in lines if not line.startswith("note: the log in ")] or lines
    return ended.code == code and len(errors) == 1 and "rrno" not in ended.err


@disk
@pytest.mark.parametrize(
    ("name", "code"),
    [("archive", 3), ("index", 1), ("feeds", 1), ("log", 0)],
)
def test_a_full_folder(
    tmp_path: Path, site: LoopbackSite, name: str, code: int, toll: Toll
) -> None:
    paper = Paper(tmp_path, site)
    pages = FULL_AFTER.get(name, 1)
    with small_disk(paper.world.home / name, pages) as folder:
        if name not in FULL_AFTER:
            fill(folder)
        ended = paper.run()
        toll.answered_rightly(is_told(ended, folder, code), ended)
        make_room(folder)
        again = paper.run()
        toll.answered_rightly(again.code == 0 or name == "feeds", again)
        if name == "feeds":
            toll.answered_rightly(paper.run("--only", "deliver").code == 0, "deliver")
            toll.answered_rightly((folder / "copper.atom").is_file(), "no feed")
        check_everything(paper, toll)


@disk
@pytest.mark.parametrize("pages", [16, 110])
def test_a_full_disk_of_the_database(
    tmp_path: Path, site: LoopbackSite, pages: int, toll: Toll
) -> None:
    """At its beginning, and in the middle of the run."""
    disk_folder = tmp_path / "disk"
    paper = Paper(tmp_path, site, database=f"sqlite:///{disk_folder}/radar.db")
    with small_disk(disk_folder, pages) as folder:
        ended = paper.run()
        toll.answered_rightly(is_told(ended, folder, 3), ended)
        make_room(folder)
        toll.answered_rightly(paper.run().code == 0, "again")
        check_everything(paper, toll)


@disk
def test_a_full_data_folder(tmp_path: Path, site: LoopbackSite, toll: Toll) -> None:
    paper = Paper(tmp_path, site)
    with small_disk(paper.world.home, 110) as folder:
        ended = paper.run()
        toll.answered_rightly(is_told(ended, folder, 3), ended)
        make_room(folder)
        toll.answered_rightly(paper.run().code == 0, "again")
        check_everything(paper, toll)


@disk
def test_a_full_archive_while_a_page_is_forgotten(
    tmp_path: Path, site: LoopbackSite, toll: Toll
) -> None:
    paper = Paper(tmp_path, site)
    with small_disk(paper.world.home / "archive", 64) as folder:
        toll.answered_rightly(paper.run().code == 0, "run")
        fill(folder)
        url = paper.pages.pop()
        before = sorted(p.name for p in folder.iterdir())
        ended = paper.world.radar("forget", url, "--yes")
        toll.answered_rightly(is_told(ended, folder, 3), ended)
        toll.compare(before, [p.name for p in folder.iterdir()])
        make_room(folder)
        toll.answered_rightly(paper.world.radar("forget", url, "--yes").code == 0, "again")
        check_everything(paper, toll)
