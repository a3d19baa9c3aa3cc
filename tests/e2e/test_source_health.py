"""How sources are doing, over nights: what is found, what is told, and how it heals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from radar.commands.options import installation
from radar.configuration.settings import load_settings
from radar.installation.catalogue import Catalogue
from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.e2e.world import Ended, World, source
from tests.loopback.site import Answer, Asked, LoopbackSite

CHALLENGE = (
    b"<!doctype html><html><head><title>Just a moment...</title></head><body>"
    b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script></body></html>'
)
WALL = html_page(
    "Zustimmung",
    "<div role='dialog'><h2>Wir verwenden Cookies</h2>"
    "<p>Wir und unsere Partner verarbeiten personenbezogene Daten.</p>"
    "<button>Alle akzeptieren</button><button>Einstellungen</button>"
    "<button>Alle ablehnen</button></div>",
)


@dataclass
class Town:
    """Four partners on one site each, and what they answer."""

    world: World
    good: LoopbackSite
    wary: LoopbackSite
    hollow: LoopbackSite
    walled: LoopbackSite

    def run(self, night: int, *arguments: str, minutes: int = 0) -> Ended:
        now = (NIGHTS[night] + timedelta(minutes=minutes)).isoformat()
        return self.world.radar("run", "--json", "--now", now, *arguments)

    def sources(self) -> dict[str, dict[str, Any]]:
        return {line["id"]: line for line in self.world.radar("sources", "--json").lines}


def states(ended: Ended) -> dict[str, str]:
    return {name: told["state"] for name, told in ended.summary["sources"].items()}


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    world = World(tmp_path)
    with (
        LoopbackSite() as good,
        LoopbackSite() as wary,
        LoopbackSite() as hollow,
        LoopbackSite() as walled,
    ):
        named = {"good": good, "wary": wary, "hollow": hollow, "walled": walled}
        good.xml("/feed", feed([good.page("/n/1", article("Ein neuer Schacht"))]))
        wary.answer("/feed", Answer(CHALLENGE, 202, {"Content-Type": "text/html"}))
        hollow.xml("/feed", feed([]))
        walled.xml("/feed", feed([walled.page(f"/n/{n}", WALL) for n in range(6)]))
        entries = [
            source(name, f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}], schedule="02:30")
            for name, site in named.items()
        ]
        off = source("off", "https://off.example/", enabled=False, reason="asked us to")
        world.configure([*entries, off])
        yield Town(world, **named)


def test_sources_that_break_and_heal(town: Town) -> None:
    before = town.sources()
    assert {name: told["state"] for name, told in before.items()} == {
        **dict.fromkeys(("good", "wary", "hollow", "walled"), "never-looked-at"),
        "off": "disabled",
    }
    first = town.run(0, "--due")
    broken = {
        "good": "ok",
        "wary": "blocked",
        "hollow": "empty",
        "walled": "consent-wall",
        "off": "disabled",
    }
    assert states(first) == broken
    assert first.code == 1
    assert "needs attention: source hollow: empty: 1 document answered, without a link" in first.err
    told = town.sources()
    assert {name: line["state"] for name, line in told.items()} == broken
    assert told["walled"]["state_reason"] == "6 of 6 pages are a consent dialog"
    assert told["wary"]["state_reason"].endswith("challenge page (status 202)")
    assert told["wary"]["since"][:16] == "2026-03-02T01:30"
    assert told["wary"]["next_try"][:16] == "2026-03-02T13:30"
    assert "owner" in told["wary"]["advice"]
    assert told["good"]["since"] is not None
    assert (told["good"]["next_try"], told["good"]["advice"]) == (None, None)
    people = " ".join(town.world.radar("sources").out.split())
    assert "wary: blocked since 2026-03-02: " in people
    assert "; tried again after 2026-03-02 14:30 CET; not looked at since" in people

    # The second night blocks again: from now on a night is left out.
    assert states(town.run(1, "--due"))["wary"] == "blocked"
    hollow = town.sources()["hollow"]
    assert (hollow["state"], hollow["since"][:10]) == ("empty", "2026-03-02")
    town.wary.xml("/feed", feed([town.wary.page("/n/1", article("Bagger am See"))]))
    town.hollow.xml("/feed", feed([town.hollow.page("/n/1", article("Neue Halde"))]))
    asked = len(town.wary.asked)
    resting = town.run(1, "--due", minutes=23 * 60)
    told_of = resting.summary["sources"]["wary"]
    assert (resting.summary["run"], told_of["state"]) == (None, "not-due")
    assert told_of["reason"].startswith("blocked since 2026-03-02; tried again after 2026-03-04")
    assert len(town.wary.asked) == asked
    # Asked for by name, it is tried at once, and healed by what it answers.
    by_name = town.run(1, "wary", minutes=24 * 60 - 1)
    assert (states(by_name), by_name.code) == ({"wary": "ok"}, 0)
    healed = town.sources()["wary"]
    assert (healed["state"], healed["next_try"]) == ("ok", None)
    assert states(town.run(2, "--due")) == {**broken, "wary": "not-due", "hollow": "ok"} | {
        "wary": "ok"
    }


def test_runs_are_listed_and_idle_ones_are_none(town: Town) -> None:
    assert "no run yet" in town.world.radar("runs").out
    assert town.world.radar("runs", "--json").out == ""
    ran = town.run(0, "good")
    town.run(1, "--due", "good", "hollow")
    logs = sorted((town.world.home / "log").iterdir())
    idle = town.run(1, "--due", "good", "hollow", minutes=1)
    assert (idle.summary["run"], idle.code) == (None, 0)
    assert states(idle) == {"good": "not-due", "hollow": "not-due"}
    assert "nothing is due" in idle.err
    assert sorted((town.world.home / "log").iterdir()) == logs
    second, first = town.world.radar("runs", "--json").lines
    assert (first["run"], first["state"], first["outcomes"]) == (1, "done", {"new": 1})
    assert {name: first[name] for name in ran.summary} == ran.summary
    assert first["arguments"]["sources"] == ["good"]
    assert first["sources"]["good"]["state"] == "ok"
    # robots.txt, the feed and the page
    assert first["bytes"] == sum(len(size) for size in _bodies(town.good))
    assert first["seconds"] >= 0
    assert first["sources"]["good"]["bytes"] == first["bytes"]
    assert first["sources"]["good"]["seconds"] >= 0
    assert second["bytes"] == sum(told["bytes"] for told in second["sources"].values()) > 0
    assert second["problems"] == [
        "source hollow: empty: 1 document answered, without a link to any page"
    ]
    assert town.world.radar("runs", "--limit", "1", "--json").lines == [second]
    people = town.world.radar("runs").out
    assert "1 new" in people
    assert "run 2 needs attention: source hollow: empty" in people
    assert town.world.radar("runs", "1", "--json").lines == [first]
    assert "good" in town.world.radar("runs", "1").out
    assert "there is no run 3" in town.world.radar("runs", "3").err
    both = town.world.radar("runs", "1", "--limit", "1")
    assert (both.code, "not for one RUN" in both.err) == (2, True)
    opened = installation(town.world.config, town.world.home)
    catalogue = opened.catalogue(opened.open_reader())
    history = catalogue.source("good")
    assert history is not None
    assert [(run.run, run.state, run.outcomes) for run in history.runs] == [
        (2, "ok", second["sources"]["good"]["outcomes"]),
        (1, "ok", {"new": 1}),
    ]
    assert catalogue.source("nobody") is None
    assert [run.to_json() for run in catalogue.runs(1, before=2).items] == [first]
    assert catalogue.runs(1).total == 2


def test_a_dead_source_without_a_schedule_makes_no_run_while_it_rests(tmp_path: Path) -> None:
    world = World(tmp_path)
    with LoopbackSite(robots=None) as site:
        site.answer("/robots.txt", Answer(b"", 500))
        world.configure([source("dead", site.url, feeds=[{"url": f"{site.url}/feed"}])])
        runs, told, asked = [], [], []
        for minutes in (0, 1, 2, 20, 40):
            now = (NIGHTS[0] + timedelta(minutes=minutes)).isoformat()
            summary = world.radar("run", "--due", "--json", "--now", now).summary
            runs.append(summary["run"])
            told.append(summary["sources"]["dead"]["state"])
            asked.append(len(site.asked))
    assert runs == [1, 2, None, None, 3]
    assert told == ["unreachable", "unreachable", "not-due", "not-due", "unreachable"]
    assert asked[1] == asked[3] < asked[4]
    assert world.radar("runs", "--json").lines[0]["run"] == 3


def _bodies(site: LoopbackSite) -> list[bytes]:
    """What the site has sent of its three answers."""
    bodies = []
    for path in ("/robots.txt", "/feed", "/n/1"):
        script = site.answers[path]
        answer = script(Asked(path, {}, 0.0)) if callable(script) else script
        bodies.append(answer.body)
    return bodies


def test_a_store_that_is_left_behind_is_taken_up_by_a_scheduled_run(town: Town) -> None:
    town.run(0, "--only", "crawl", "good")
    later = town.run(0, "--due", "good", minutes=16)
    assert later.summary["outcomes"] == {"new": 1}
    assert later.summary["sources"]["good"]["state"] == "not-due"


def test_a_look_long_ago_is_told_apart_from_no_news(town: Town) -> None:
    town.run(0, "good")
    told = town.sources()["good"]
    assert (told["state"], told["overdue"]) == ("ok", True)  # the nights of tests are in the past
    settings = load_settings(town.world.config, {}, home=town.world.home)
    fresh = {view.id: view for view in Catalogue(settings, None).sources()}
    assert (fresh["good"].overdue, fresh["good"].state) == (False, "never-looked-at")
