"""Clocks that were ahead or behind, nights in which they change, and moments that are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from radar.configuration.settings import load_settings
from radar.installation.checking import check_installation
from radar.installation.installation import Installation
from tests.e2e.newsroom import NIGHTS, article, feed
from tests.e2e.test_changes_over_nights import FORUM, MOVED, news
from tests.e2e.world import Ended, World, source
from tests.faults.conftest import Toll
from tests.loopback.site import Answer, LoopbackSite
from tests.loopback.smtp_sink import SmtpSink, smtp_sink
from tests.unit.crawler.night import urlset

DAY = timedelta(days=1)
AHEAD = [
    pytest.param(timedelta(hours=30), id="a day"),
    pytest.param(25 * DAY, id="weeks"),
    pytest.param(datetime.fromisoformat("2099-12-31T23:00:00Z") - NIGHTS[0], id="decades"),
]


@dataclass
class Desk:
    """A partner with news, one that refuses, and a desk that gets a mail."""

    world: World
    press: LoopbackSite
    wary: LoopbackSite
    sink: SmtpSink

    def run(self, now: datetime, *arguments: str) -> Ended:
        return self.world.radar("run", "--json", "--now", now.isoformat(), *arguments)

    def show(self, *paths: str, day: datetime = NIGHTS[0]) -> None:
        """The feed lists these pages."""
        self.press.xml("/feed", feed([self.press.url + path for path in paths], day=day))

    def asked(self, site: LoopbackSite, since: int) -> set[str]:
        return {path for path in site.paths()[since:] if path != "/robots.txt"}

    def clock_note(self, now: datetime) -> str | None:
        """What `radar check` says of the clock at a moment."""
        installation = Installation(load_settings(self.world.config, home=self.world.home))
        results = check_installation(installation, clock=lambda: now)
        return next((result.message for result in results if result.what == "clock"), None)

    def told(self) -> list[tuple[str, bool]]:
        """Pages that matched, and whether that was a first look."""
        query = "select d.url, m.first_look from match m join document d on d.id = m.document"
        rows = self.world.rows(query)
        return sorted((url.removeprefix(self.press.url), bool(first)) for url, first in rows)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with LoopbackSite() as press, LoopbackSite() as wary, smtp_sink() as sink:
        world = World(tmp_path)
        entries = [
            source(name, f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}], schedule=schedule)
            for name, site, schedule in (("press", press, "02:30"), ("wary", wary, "6h"))
        ]
        watch: dict[str, Any] = {
            "id": "ore",
            "name": "Ore",
            "query": "Kupfererz OR Forum",
            "channels": ["mailto:desk@example.org"],
        }
        world.configure(entries, [watch], mail={"url": sink.url, "from": "radar@example.org"})
        for name in ("a", "b"):
            press.page(f"/n/{name}", article(f"Schacht {name}"))
        wary.answer("/feed", Answer(b"no", 403))
        desk = Desk(world, press, wary, sink)
        desk.show("/n/a", "/n/b")
        yield desk


@pytest.mark.fault("clock")
@pytest.mark.parametrize("ahead", AHEAD)
def test_a_run_with_a_clock_ahead_silences_nothing(
    ahead: timedelta, desk: Desk, toll: Toll
) -> None:
    desk.run(NIGHTS[0])
    desk.press.page("/n/c", article("Schacht c"))
    desk.show("/n/a", "/n/b", "/n/c")
    desk.sink.refusals += ["451 try later"]
    desk.run(NIGHTS[0] + ahead)  # the mistake
    toll.answered_rightly("clock ahead" in (desk.clock_note(NIGHTS[1]) or ""), "check")

    desk.press.page("/n/a", article("Schacht a", more=["Nachtrag: Der Ofen steht."]))
    desk.press.page("/n/d", article("Schacht d"))
    desk.show("/n/a", "/n/b", "/n/c", "/n/d", day=NIGHTS[1])
    seen, wary = len(desk.press.asked), len(desk.wary.asked)
    ended = desk.run(NIGHTS[1], "--due")
    toll.compare({"/feed", "/n/a", "/n/b", "/n/c", "/n/d"}, desk.asked(desk.press, seen))
    toll.compare({"/feed"}, desk.asked(desk.wary, wary))
    outcomes = {"changed": 1, "new": 1, "unchanged": 2}
    toll.answered_rightly(ended.summary["outcomes"] == outcomes, ended.summary["outcomes"])
    pages = [("/n/a", True), ("/n/b", True), ("/n/c", False), ("/n/d", False)]
    toll.compare(pages, desk.told())
    # First looks, the mail that was refused, and the news.
    toll.answered_rightly(len(desk.sink.received) == 3, len(desk.sink.received))
    # From now on all goes by the right clock again.
    seen = len(desk.press.asked)
    desk.run(NIGHTS[1] + timedelta(hours=2), "--due")
    toll.compare(set(), desk.asked(desk.press, seen))


@pytest.mark.fault("clock")
def test_what_comes_after_a_first_run_with_a_clock_ahead_is_news(desk: Desk, toll: Toll) -> None:
    desk.run(NIGHTS[0] + 900 * DAY)
    desk.press.page("/n/c", article("Schacht c"))
    desk.show("/n/a", "/n/b", "/n/c")
    desk.run(NIGHTS[0], "--due")
    toll.compare([("/n/a", True), ("/n/b", True), ("/n/c", False)], desk.told())


@pytest.mark.fault("clock")
def test_files_of_a_sitemap_that_a_clock_ahead_has_read_are_read_on(
    tmp_path: Path, toll: Toll
) -> None:
    """They would count as read after whatever change their index tells of."""
    with LoopbackSite() as press:
        world = World(tmp_path)
        index = {"url": f"{press.url}/sitemap.xml"}
        world.configure([source("press", f"{press.url}/", sitemaps=[index])])
        for names, now in (("a", NIGHTS[0] + 900 * DAY), ("ab", NIGHTS[1])):
            pages = [press.page(f"/n/{name}", article(f"Schacht {name}")) for name in names]
            press.xml("/news.xml", urlset(*pages))
            press.xml(
                "/sitemap.xml",
                f"<sitemapindex><sitemap><loc>{press.url}/news.xml</loc>"
                f"<lastmod>{NIGHTS[1].date()}</lastmod></sitemap></sitemapindex>",
            )
            world.radar("run", "--json", "--now", now.isoformat())
        toll.compare(["/n/a", "/n/b"], sorted({p for p in press.paths() if p.startswith("/n/")}))


@pytest.mark.fault("clock")
@pytest.mark.parametrize("behind", [2 * DAY, 2500 * DAY], ids=["days", "years"])
def test_a_run_with_a_clock_behind_stops_no_later_one(
    behind: timedelta, desk: Desk, toll: Toll
) -> None:
    desk.run(NIGHTS[0])
    desk.run(NIGHTS[0] - behind, "--all")  # the mistake
    desk.press.page("/n/a", article("Schacht a", more=["Nachtrag: Der Ofen steht."]))
    ended = desk.run(NIGHTS[1], "--all")
    state = ended.summary["sources"]["press"]
    toll.answered_rightly((state["state"], state["reason"]) == ("ok", None), state)
    toll.compare({"/feed", "/n/a", "/n/b"}, desk.asked(desk.press, 0))
    toll.answered_rightly(ended.summary["outcomes"].get("changed") == 1, ended.summary["outcomes"])


@pytest.mark.fault("clock")
def test_an_event_that_a_clock_ahead_has_seen_can_still_move(desk: Desk, toll: Toll) -> None:
    desk.press.page("/n/a", news("Kupfergürtel-Forum im Frühjahr", FORUM))
    desk.run(NIGHTS[0])
    desk.press.page("/n/a", news("Kupfergürtel-Forum im Frühjahr", FORUM, "Es gibt Kaffee."))
    desk.run(NIGHTS[0] + 30 * DAY)
    desk.press.page("/n/a", news("Kupfergürtel-Forum im Frühjahr", MOVED))
    desk.run(NIGHTS[1], "--due")
    moved = desk.world.rows("select change, new from event_change")
    toll.compare([("event-moved", "2026-06-03")], moved)


@pytest.mark.fault("clock")
@pytest.mark.parametrize("site_asks", [None, "3600"])
def test_a_site_that_refused_while_the_clock_was_ahead_is_asked_again(
    site_asks: str | None, desk: Desk, toll: Toll
) -> None:
    headers = {"Retry-After": site_asks} if site_asks else {}
    desk.wary.answer("/feed", Answer(b"no", 429, headers))
    desk.run(NIGHTS[0] + 20 * DAY)
    desk.wary.page("/n/1", article("Ein neuer Schacht"))
    desk.wary.xml("/feed", feed([f"{desk.wary.url}/n/1"]))
    asked = len(desk.wary.asked)
    ended = desk.run(NIGHTS[0], "--due")
    toll.compare({"/feed", "/n/1"}, desk.asked(desk.wary, asked))
    toll.answered_rightly(ended.summary["sources"]["wary"]["state"] == "ok", ended.err)


@pytest.mark.fault("clock")
@pytest.mark.parametrize(
    "now",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "1989-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-03-02T02:30:00",
        "2026-03-02",
        "2026-02-30T02:30:00Z",
        "NaN",
        "",
    ],
)
def test_a_moment_that_is_none_is_a_usage_error(now: str, tmp_path: Path, toll: Toll) -> None:
    world = World(tmp_path)
    world.configure([])
    ended = world.radar("run", "--now", now)
    said = [line for line in ended.err.splitlines() if line.startswith("Error:")]
    toll.answered_rightly(ended.code == 2 and len(said) == 1 and "--now" in said[0], ended)
    toll.answered_rightly(not world.home.exists(), "something was done")


@pytest.mark.fault("clock")
@pytest.mark.parametrize(
    ("zone", "first", "runs"),
    [
        # 02:30 doesn't exist on 29 March 2026, and exists twice on 25 October.
        ("Europe/Berlin", "2026-03-28T00:30Z", ["28T01:30", "29T01:30", "30T00:30"]),
        ("Europe/Berlin", "2026-10-24T00:00Z", ["24T00:30", "25T00:30", "26T01:30"]),
        # On 29 February 2024 the hour before midnight came twice.
        ("Asia/Almaty", "2024-02-28T20:00Z", ["28T20:30", "29T21:30", "01T21:30"]),
        ("Europe/Moscow", "2026-03-27T23:00Z", ["27T23:30", "28T23:30", "29T23:30"]),
    ],
)
def test_once_a_night_whatever_the_clocks_do(
    zone: str, first: str, runs: list[str], tmp_path: Path, toll: Toll
) -> None:
    with LoopbackSite() as site:
        world = World(tmp_path)
        site.xml("/feed", feed([]))
        entry = source("s", f"{site.url}/", feeds=[{"url": f"{site.url}/feed"}], schedule="02:30")
        world.configure([entry], timezone=zone)
        begin = datetime.fromisoformat(first)
        world.radar("run", "--now", (begin - timedelta(minutes=1)).isoformat())
        found, now = [], begin
        while now < begin + timedelta(days=2, hours=3):
            if now.astimezone(ZoneInfo(zone)).hour < 5:
                ended = world.radar("run", "--due", "--json", "--now", now.isoformat())
                if ended.summary["run"] is not None:
                    found.append(f"{now:%dT%H:%M}")
            now += timedelta(minutes=30)
        toll.compare(runs, found)
