"""Installations that are lost, put back, cut off on the way find and tell what an undisturbed one
does, once.
"""

from __future__ import annotations

import difflib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from pprint import pformat

import pytest

from radar.demo import NIGHTS
from tests.e2e.counted_sites import counted_sites
from tests.e2e.killing import ASPECTS, Place, archive_faults, at_request, place
from tests.e2e.world import ROOT, SECONDS, Ended, World
from tests.faults.conftest import Toll
from tests.faults.trees import files_of
from tests.loopback.smtp_sink import said


@dataclass
class Nights:
    """An installation after one night, its backup, and what it comes to after the second."""

    first: Place
    messages: list[EmailMessage]
    """Of the first night."""
    backups: Path
    expected: Mapping[str, object]
    told: list[tuple[str, str]]
    """Subject and text of each message of both nights."""
    pages: list[str]
    """Addresses of pages that were looked at in both nights."""
    newer: Path
    """Data folder after the second night."""
    newer_messages: list[EmailMessage]
    """Of both nights."""

    def take(self, folder: Path, *, home: Path | None = None) -> Place:
        """Another installation with a copy of this data folder, or none."""
        world = World(folder)
        shutil.copytree(self.first.world.config, world.config)
        if home is not None:
            shutil.copytree(home, world.home)
        newer = home == self.newer
        self.first.sink.received[:] = self.newer_messages if newer else self.messages
        return Place(world, self.first.sites, self.first.sink)


def messages_of(place: Place) -> list[tuple[str, str]]:
    return [(str(m["Subject"]), said(m)) for m in place.sink.received]


def night(place: Place, number: int) -> Ended:
    place.sites.sites.night(number)
    return place.world.radar("run", "--json", "--now", NIGHTS[number].isoformat())


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    folder = tmp_path_factory.mktemp("nights")
    with counted_sites() as sites, place(folder, sites) as calm:
        assert night(calm, 1).code == 0
        messages = list(calm.sink.received)
        made = calm.world.radar("backup", str(folder / "backups"))
        assert made.code == 0, made.err
        shutil.copytree(calm.world.home, folder / "first")
        assert night(calm, 2).code == 0
        expected = {name: look(calm) for name, look in ASPECTS.items()}
        told = messages_of(calm)
        pages = calm.world.rows("select distinct url from visit where kind = 'page'")
        calm.world.home.rename(folder / "newer")
        (folder / "first").rename(calm.world.home)
        yield Nights(
            calm,
            messages,
            folder / "backups",
            expected,
            told,
            [u for (u,) in pages],
            folder / "newer",
            list(calm.sink.received),
        )


def settle(found: Place, nights: Nights, toll: Toll, *, without: str = "") -> None:
    """The second night gives what it gives undisturbed, and nobody is told twice or not at all."""
    ended = night(found, 2)
    toll.answered_rightly(ended.code == 0, ended.err)
    for name in ASPECTS.keys() - {without}:
        look = ASPECTS[name]
        expected, seen = nights.expected[name], look(found)
        toll.answered_rightly(seen == expected, (name, difference(expected, seen)))
    toll.compare(nights.told, messages_of(found))
    toll.compare([], archive_faults(found))


def difference(expected: object, found: object) -> list[str]:
    wanted, there = (pformat(value, width=200).splitlines() for value in (expected, found))
    return [line for line in difflib.ndiff(wanted, there) if line[0] in "+-"]


# -- everything destroyed


@pytest.mark.fault("restore")
def test_everything_is_destroyed(nights: Nights, tmp_path: Path, toll: Toll) -> None:
    new = nights.take(tmp_path)
    shutil.rmtree(new.world.config)
    with toll.waiting():
        ended = new.world.radar("restore", str(nights.backups))
    toll.answered_rightly(ended.code == 0, ended.err)
    hits = new.world.radar("search", "*", "--limit", "0", "--json").lines
    toll.answered_rightly(len(hits) > 10, hits)
    settle(new, nights, toll)


@pytest.mark.fault("restore")
def test_the_run_that_a_backup_was_made_of_is_killed_and_all_is_destroyed(
    nights: Nights, tmp_path: Path, toll: Toll
) -> None:
    """Halfway through the crawl; the database has part of it, the archive more."""
    busy = nights.take(tmp_path, home=nights.first.world.home)
    busy.sites.sites.night(2)
    begun: Future[subprocess.Popen[str]] = Future()
    made: list[Ended] = []

    def back_up_then_kill() -> None:
        made.append(busy.world.child("backup", str(tmp_path / "backups")))
        begun.result(SECONDS).kill()

    at_request(20).arm(busy, back_up_then_kill)
    started = busy.world.start("run", "--json", "--now", NIGHTS[2].isoformat())
    begun.set_result(started)
    started.communicate()
    busy.sites.watch(None)
    assert started.returncode == -signal.SIGKILL
    toll.answered_rightly(made[0].code == 0, made[0].err)
    shutil.rmtree(busy.world.home)
    ended = busy.world.radar("restore", str(tmp_path / "backups"))
    toll.answered_rightly(ended.code == 0, ended.err)
    # The run that was killed has outcomes of its own: of a page that both asked there are two.
    settle(busy, nights, toll, without="outcomes")
    pages = "select distinct url from visit where kind = 'page'"
    toll.compare(nights.pages, [url for (url,) in busy.world.rows(pages)])


# -- in place


@pytest.mark.fault("restore")
def test_a_backup_takes_the_place_of_a_newer_installation(
    nights: Nights, tmp_path: Path, toll: Toll
) -> None:
    """What it has fetched since is read again, what it has told since is not told again."""
    there = nights.take(tmp_path, home=nights.newer)
    ended = there.world.radar("restore", str(nights.backups), "--yes", "--json")
    toll.answered_rightly(ended.code == 0, ended.err)
    toll.answered_rightly(len(ended.summary["archive_taken"]) == 1, ended.summary)
    settle(there, nights, toll, without="outcomes")


# -- killed on the way

KILL = """
import os, signal, sys
from pathlib import Path
from radar.backup import copying, staging
from radar.cli import main
from tests.loopback.smtp_sink import said

name, number = sys.argv[1], int(sys.argv[2])
owner, attribute = {"rename": (Path, "rename"), "copy": (staging, "copy_file")}[name]
original, calls = getattr(owner, attribute), []

def killed(*arguments, **options):
    calls.append(1)
    if len(calls) == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **options)

setattr(owner, attribute, killed)
main(sys.argv[3:])
"""


def kill_at(step: str, number: int, world: World, *arguments: str) -> int:
    """Run `radar` as a process that is killed at the `number`-th step of a kind."""
    ended = subprocess.run(
        [sys.executable, "-c", KILL, step, str(number), *arguments, *world.places],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return ended.returncode


@pytest.mark.fault("restore")
@pytest.mark.parametrize("number", [1, 2])
def test_a_restore_killed_while_it_copies_has_changed_nothing(
    nights: Nights, tmp_path: Path, toll: Toll, number: int
) -> None:
    there = nights.take(tmp_path, home=nights.newer)
    before = files_of(there.world.home)
    code = kill_at("copy", number, there.world, "restore", str(nights.backups), "--yes")
    assert code == -signal.SIGKILL
    now = files_of(there.world.home)
    toll.compare(before.items(), [(p, d) for p, d in now.items() if "restoring/" not in p])
    ended = there.world.radar("search", "*", "--json")
    toll.answered_rightly(ended.code == 0, ended.err)
    ended = there.world.radar("restore", str(nights.backups), "--yes")
    toll.answered_rightly(ended.code == 0, ended.err)
    toll.answered_rightly(not (there.world.home / "restoring").exists(), "leftovers")


@pytest.mark.fault("restore")
@pytest.mark.parametrize("number", [1, 3, 5, 7])
def test_a_restore_killed_while_it_swaps_is_finished_by_the_next(
    nights: Nights, tmp_path: Path, toll: Toll, number: int
) -> None:
    there = nights.take(tmp_path, home=nights.newer)
    code = kill_at("rename", number, there.world, "restore", str(nights.backups), "--yes")
    assert code == -signal.SIGKILL
    for command in (["run"], ["search", "*"], ["rebuild"], ["backup", str(tmp_path / "b")]):
        refused = there.world.radar(*command)
        right = refused.code == 3 and "`radar restore FROM` finishes it" in refused.err
        toll.answered_rightly(right, (command, refused.code, refused.err))
    with toll.waiting():
        ended = there.world.radar("restore", str(nights.backups))
    toll.answered_rightly(ended.code == 0, ended.err)
    hits = there.world.radar("search", "*", "--limit", "0", "--json").lines
    toll.answered_rightly(len(hits) > 10, hits)
    [aside] = there.world.home.glob("before-restore-*")
    toll.answered_rightly((aside / "radar.db").exists(), list(aside.iterdir()))


@pytest.mark.fault("restore")
@pytest.mark.parametrize("other", ["another backup", "nothing there"])
def test_a_restore_of_something_else_finishes_the_one_that_was_cut_off_and_says_so(
    nights: Nights, tmp_path: Path, toll: Toll, other: str
) -> None:
    there = nights.take(tmp_path, home=nights.newer)
    named = tmp_path / "other"
    if other == "another backup":
        assert there.world.radar("backup", str(named)).code == 0
    code = kill_at("rename", 2, there.world, "restore", str(nights.backups), "--yes")
    assert code == -signal.SIGKILL
    ended = there.world.radar("restore", str(named), "--yes")
    right = ended.code == 1 and f"{named} was not restored: give the command again" in ended.err
    toll.answered_rightly(right, ended)
    hits = there.world.radar("search", "*", "--limit", "0", "--json").lines
    toll.answered_rightly(len(hits) > 10, hits)
    again = there.world.radar("restore", str(named), "--yes")
    expected = (0, str(named)) if other == "another backup" else (2, "there is no backup in")
    toll.answered_rightly(again.code == expected[0] and expected[1] in again.err, again)


@pytest.mark.fault("restore")
def test_a_restore_that_was_cut_off_is_finished_though_its_backup_is_gone(
    nights: Nights, tmp_path: Path, toll: Toll
) -> None:
    there = nights.take(tmp_path, home=nights.newer)
    backups = tmp_path / "backups"
    shutil.copytree(nights.backups, backups)
    code = kill_at("rename", 2, there.world, "restore", str(backups), "--yes")
    assert code == -signal.SIGKILL
    shutil.rmtree(backups)
    ended = there.world.radar("restore", str(backups))
    toll.answered_rightly(ended.code == 0, ended)
    hits = there.world.radar("search", "*", "--limit", "0", "--json").lines
    toll.answered_rightly(len(hits) > 10, hits)
