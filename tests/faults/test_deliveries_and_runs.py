"""A delivery that hangs, in the real program: other runs work beside it, a signal ends it at once,
and two deliveries send nothing twice.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest

from tests.e2e.newsroom import article
from tests.e2e.world import SECONDS, World
from tests.faults.conftest import Toll
from tests.loopback.scripted_smtp import SILENCE, Act, ScriptedSmtp, answer, scripted_smtp

pytestmark = pytest.mark.fault("mail")

WATCHES = [
    {
        "id": f"w{n}",
        "name": f"Watch {n}",
        "query": "Schacht",
        "channels": [f"mailto:desk{n}@desk.example"],
    }
    for n in range(3)
]
TRICKLE = Act("lines", "220-patience")


@dataclass
class Desk:
    """An installation with a message of each watch, and its mail server."""

    world: World
    server: ScriptedSmtp

    def deliver(self) -> Popen[str]:
        """Start a delivery; returns when the mail server does what its script says."""
        self.server.faulty.clear()
        started = self.world.start("run", "--only", "deliver", "--json")
        if not self.server.faulty.wait(SECONDS):
            raise AssertionError(started.communicate())
        return started

    def identities(self) -> list[str]:
        """Message-IDs of all messages."""
        return [f"<{key}@desk.example>" for (key,) in self.world.rows("select key from outbox")]

    def mend(self, toll: Toll) -> None:
        """The server is well again, and what waits is sent."""
        self.server.mend()
        toll.answered_rightly(self.world.radar("run", "--only", "deliver").code == 0, "delivered")
        toll.compare(self.identities(), self.server.message_ids())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of an installation whose messages wait: it has no mail server."""
    folder = tmp_path_factory.mktemp("prepared")
    world = World(folder)
    world.configure([], WATCHES)
    (folder / "one.html").write_text(article("Ein neuer Schacht"))
    ended = world.radar("import", str(folder / "one.html"))
    assert ended.code == 1, ended.err  # the messages wait
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    with scripted_smtp() as server:
        world = World(tmp_path)
        world.configure([], WATCHES, mail={"url": server.url, "from": "radar@desk.example"})
        yield Desk(world, server)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_delivery_that_hangs(
    number: signal.Signals, code: int, desk: Desk, toll: Toll
) -> None:
    desk.server.script = {("banner", 1): TRICKLE}
    started = desk.deliver()
    with toll.waiting():
        os.killpg(started.pid, number)
        _, err = started.communicate(timeout=SECONDS)
    toll.answered_rightly(started.returncode == code and "Traceback" not in err, err)
    # It was not the patience with the server that ended.
    failures = desk.world.rows("select error from attempt where error like '%30 seconds%'")
    toll.answered_rightly(failures == [], failures)
    assert desk.world.rows("select state from run order by id desc limit 1") == [("interrupted",)]
    desk.mend(toll)


def test_a_run_crawls_while_the_delivery_of_another_one_hangs(desk: Desk, toll: Toll) -> None:
    desk.server.script = {("MAIL", 0): SILENCE}
    hanging = desk.deliver()
    # What is due is a matter of that delivery; the run that is started each minute leaves it alone.
    due = desk.world.radar("run", "--due", "--json")
    toll.answered_rightly((due.code, due.summary["run"]) == (0, None), due)
    # What is to be forgotten may be in the message that is being sent.
    forgetting = desk.world.radar("forget", "file:one.html", "--yes")
    toll.answered_rightly(forgetting.code == 3 and "another delivery" in forgetting.err, forgetting)
    page = desk.world.config / "two.html"
    page.write_text(article("Noch ein Schacht"))
    with toll.waiting():
        beside = desk.world.start("import", str(page), "--json")
        _wait_for(desk.world, "select count(*) from match", [(6,)], beside)
    toll.answered_rightly(hanging.poll() is None, "the delivery did not hang")
    for process in (hanging, beside):
        os.killpg(process.pid, signal.SIGTERM)
    codes = []
    for process in (hanging, beside):
        _, err = process.communicate(timeout=SECONDS)
        codes.append(process.returncode)
        assert "Traceback" not in err
    toll.answered_rightly(codes == [143, 143], codes)
    desk.mend(toll)
    assert len(desk.server.received) == 6


def test_the_delivery_of_a_killed_run_is_taken_over(desk: Desk, toll: Toll) -> None:
    desk.server.script = {("RCPT", 2): SILENCE}
    hanging = desk.deliver()
    os.killpg(hanging.pid, signal.SIGKILL)
    hanging.communicate(timeout=SECONDS)
    with toll.waiting():
        desk.mend(toll)


def test_two_deliveries_at_once_send_each_message_once(desk: Desk, toll: Toll) -> None:
    desk.server.script = {("text", 0): answer("250 taken", pause=0.5)}
    one = desk.deliver()
    with toll.waiting():
        two = desk.world.start("run", "--only", "deliver", "--json")
        for process in (one, two):
            _, err = process.communicate(timeout=SECONDS)
            toll.answered_rightly(process.returncode == 0, err)
    toll.compare(desk.identities(), desk.server.message_ids())
    assert desk.world.rows("select distinct state from run where id > 1") == [("done",)]


def _wait_for(world: World, query: str, expected: object, process: Popen[str]) -> None:
    until = time.monotonic() + SECONDS
    while (found := world.rows(query)) != expected:
        if process.poll() is not None or time.monotonic() > until:
            raise AssertionError((found, process.communicate()))
        time.sleep(0.05)
