"""What happens to alerts between their match and their delivery: watches that are edited, a disk
that fills while watches are matched, a service that is killed in the middle of a digest.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.newsroom import article
from tests.e2e.service import Up, ends
from tests.e2e.world import SECONDS, World
from tests.faults.conftest import Toll
from tests.faults.test_full_disk import fill, is_told, make_room, small_disk
from tests.loopback.free_port import free_port
from tests.loopback.scripted_smtp import SILENCE, scripted_smtp

MANY = 300


def watch(name: str, query: str = "Schacht", desk: str = "desk") -> dict[str, Any]:
    channels = [f"mailto:{desk}@desk.example"]
    return {"id": name, "name": name, "query": query, "channels": channels}


def bring(world: World, title: str) -> int:
    """Import a page; the exit code."""
    page = world.config / f"{title.replace(' ', '-')}.html"
    page.write_text(article(title))
    return world.radar("import", str(page)).code


def configure(world: World, watches: Sequence[dict[str, Any]], url: str | None = None) -> None:
    mail = {"mail": {"url": url, "from": "radar@desk.example"}} if url else {}
    world.configure([], watches, **mail)


@pytest.mark.fault("mail")
def test_watches_that_are_edited_while_their_alerts_wait(tmp_path: Path, toll: Toll) -> None:
    """What has matched is told as it matched; what has lost its channel is told to nobody else."""
    world = World(tmp_path)
    configure(world, [watch(name, desk=name) for name in ("asks", "goes", "moves", "stays")])
    assert bring(world, "Ein neuer Schacht") == 1  # there is no mail server: alerts wait
    edited = [watch("asks", "Wetter", "asks"), watch("moves", desk="elsewhere")]
    with scripted_smtp() as server:
        configure(world, [*edited, watch("stays", desk="stays")], server.url)
        ended = world.radar("run", "--only", "deliver")
        toll.answered_rightly(
            ended.code == 1 and "watch goes is not configured" in ended.err, ended
        )
        told = sorted((mail["To"], mail["Subject"]) for mail in server.received)
        assert [to.partition("@")[0] for to, _ in told] == ["asks", "stays"]
        assert world.radar("run").code == 0
        toll.compare(["asks", "stays"], [mail["To"].partition("@")[0] for mail in server.received])
        assert bring(world, "Noch ein Schacht") == 0
        new = [mail["To"].partition("@")[0] for mail in server.received[2:]]
        toll.compare(["elsewhere", "stays"], new)


@pytest.mark.fault("mail")
def test_a_watch_that_gets_another_id_while_its_alert_waits(tmp_path: Path, toll: Toll) -> None:
    """What has matched under the old id is kept and told of, and sent once the id is back, once."""
    world = World(tmp_path)
    configure(world, [watch("old")])
    assert bring(world, "Ein neuer Schacht") == 1  # there is no mail server: the alert waits
    with scripted_smtp() as server:
        configure(world, [watch("new")], server.url)
        ended = world.radar("run")
        said = "watch old is not configured any more, and 1 message of it waited"
        toll.answered_rightly(ended.code == 1 and said in ended.err, ended)
        checked = world.radar("check")
        toll.answered_rightly(checked.code == 1 and "1 message given up" in checked.out, checked)
        assert server.received == []
        configure(world, [watch("old"), watch("new")], server.url)
        assert world.radar("watch", "dead-letters", "--replay", "all").code == 0
        assert world.radar("run").code == 0
        configure(world, [watch("new")], server.url)
        assert world.radar("run").code == 0
        toll.compare(["desk@desk.example"], [mail["To"] for mail in server.received])
        told = sorted(world.rows("select watch, state from match"))
        toll.answered_rightly(told == [("old", "sent")], told)


@pytest.mark.fault("mail")
def test_what_waits_of_a_watch_that_was_meant_to_go_is_dropped_on_request(
    tmp_path: Path, toll: Toll
) -> None:
    world = World(tmp_path)
    configure(world, [watch("old")])
    assert bring(world, "Ein neuer Schacht") == 1
    configure(world, [])
    assert world.radar("run").code == 1
    both = world.radar("watch", "dead-letters", "--drop", "all", "--replay", "all")
    toll.answered_rightly(both.code == 2, both)
    for choice in ("--drop", "--replay"):
        none = world.radar("watch", "dead-letters", choice, "")
        toll.answered_rightly(none.code == 2 and "there is no dead letter" in none.err, none)
    ended = world.radar("watch", "dead-letters", "--drop", "all")
    toll.answered_rightly(ended.code == 0 and "1 message will be dropped" in ended.err, ended)
    assert "given up" not in world.radar("check").out
    assert world.radar("run").code == 0
    toll.answered_rightly(world.rows("select state from match") == [("suppressed",)], "match")


@pytest.mark.fault("mail")
def test_two_installations_with_one_folder_of_feeds(tmp_path: Path, toll: Toll) -> None:
    """The first one goes on, also where it is moved or restored; the other one leaves it alone."""
    entry = {**watch("desk"), "channels": ["feed"]}
    first, second = World(tmp_path / "first"), World(tmp_path / "second")
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    for world in (first, second):
        configure(world, [entry])
        world.home.mkdir()
        (world.home / "feeds").symlink_to(feeds)
    assert bring(first, "Der erste Schacht") == 0
    written = (feeds / "desk.atom").read_text()
    assert bring(second, "Der zweite Schacht") == 1
    told = second.radar("run", "--only", "deliver")
    said = "belong to another installation"
    toll.answered_rightly(told.code == 1 and said in told.err and "remove" in told.err, told)
    checked = second.radar("check")
    toll.answered_rightly(checked.code == 3 and said in checked.out, checked)
    toll.answered_rightly((feeds / "desk.atom").read_text() == written, "overwritten")
    toll.answered_rightly(said not in first.radar("check").out, "the first one's check")

    moved = World(tmp_path / "moved")
    first.config.parent.rename(moved.config.parent)
    assert bring(moved, "Der dritte Schacht") == 0
    assert moved.radar("backup", str(tmp_path / "backups")).code == 0
    restored = World(tmp_path / "restored")
    configure(restored, [entry])
    assert restored.radar("restore", str(tmp_path / "backups")).code == 0
    assert bring(restored, "Der vierte Schacht") == 0
    found = (restored.home / "feeds" / "desk.atom").read_text()
    toll.answered_rightly("Der vierte Schacht" in found, found)

    (second.home / "feeds").unlink()
    assert second.radar("run", "--only", "deliver").code == 0
    found = (second.home / "feeds" / "desk.atom").read_text()
    toll.answered_rightly("Der zweite Schacht" in found, found)


@pytest.mark.fault("disk")
def test_a_disk_that_is_full_when_watches_are_matched(tmp_path: Path, toll: Toll) -> None:
    world = World(tmp_path)
    with small_disk(world.home, 600) as folder:
        configure(world, [])
        assert bring(world, "Ein neuer Schacht") == 0
        many = [{**watch(f"w{n}"), "report_days": 30, "channels": ["feed"]} for n in range(MANY)]
        configure(world, many)
        fill(folder)
        ended = world.radar("run", "--only", "match")
        toll.answered_rightly(is_told(ended, folder, 3), ended)
        make_room(folder)
        toll.answered_rightly(world.radar("run").code == 0, "again")
        found = [name for (name,) in world.rows("select watch from match")]
        toll.compare([entry["id"] for entry in many], found)
        toll.compare(
            [f"w{n}.atom" for n in range(MANY)], [p.name for p in world.home.glob("feeds/*.atom")]
        )
        assert world.rows("pragma integrity_check") == [("ok",)]


@pytest.mark.fault("mail")
@pytest.mark.timeout(5 * SECONDS)
def test_a_service_that_is_killed_in_the_middle_of_a_digest(tmp_path: Path, toll: Toll) -> None:
    world = World(tmp_path)
    watches = [{**watch(f"w{n}"), "cadence": "hourly"} for n in range(3)]
    configure(world, watches)
    bring(world, "Ein neuer Schacht")
    # Some hours have passed, in which nothing was tried.
    world.execute("update outbox set created = '2026-01-01 00:00:00.000000', attempts = 0")
    world.execute("update outbox set next_attempt = created")
    with scripted_smtp({("DATA", 0): SILENCE}) as server:
        configure(world, watches, server.url)
        with Up(world, free_port()) as up:
            assert server.faulty.wait(4 * SECONDS), up.lines
            scheduler = int(up.line(r"^scheduler started \(process (\d+)\)")[1])
            assert up.end(signal.SIGKILL) == -signal.SIGKILL
        # Its pipes are closed: what it had started ends, the run in its digest, too.
        assert ends(scheduler)
        [(key,)] = world.rows("select distinct digest from outbox")
        assert key is not None
        server.mend()
        with toll.waiting():
            ended = world.radar("run", "--only", "deliver")
        toll.answered_rightly(ended.code == 0, ended)
        toll.compare([f"<{key}@desk.example>"], server.message_ids())
        assert world.rows("select distinct state from outbox") == [("sent",)]
