from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.crawl import Backfill
from crawler.discovery.list_page import ListPage
from crawler.discovery.listings.reader import ListingReader
from crawler.spiders.source_discovery.pagination import COMPARED_PAGES, LISTING_PAGES
from indexer.records.errors import ParseError
from indexer.records.source import Api, Feed, Listing
from tests.loopback.frontier import MemoryFrontier
from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.unit.crawler.endless_site import Endless, crawl_once, page, source_of
from tests.unit.crawler.night import (
    Night,
    article,
    listing,
    source,
)


def test_listing_is_turned_and_stops_at_known_pages(site: LoopbackSite, night: Night) -> None:
    for n in range(1, 7):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/aktuelles", listing("/meldung/1001", "/meldung/1002", following="?page=1"))
    site.page("/aktuelles?page=1", listing("/meldung/1003", "/meldung/1004", following="?page=2"))
    site.page("/aktuelles?page=2", listing("/meldung/1005"))
    partner = source(site, listings=(Listing(site.url + "/aktuelles"),))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 5}
    assert "/kontakt" not in site.paths()

    site.asked.clear()
    site.page("/aktuelles", listing("/meldung/1006", "/meldung/1001", following="?page=1"))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 1}
    assert "/aktuelles?page=2" not in site.paths()


@pytest.mark.parametrize("in_address", [False, True])
@pytest.mark.parametrize(("year", "read"), [(2090, True), (2020, False)])
def test_a_list_of_days_to_come_is_read_on_for_its_news(
    site: LoopbackSite, night: Night, *, year: int, read: bool, in_address: bool
) -> None:
    """It begins with what comes next: what is new may come later."""

    def address(n: int) -> str:
        return f"/events/{year}/05/{n % 100:02}/termin-{n}" if in_address else f"/termin/{n}"

    def dated(numbers: range, following: str = "") -> str:
        rows = "".join(
            f'<h3><a href="{address(n)}">Termin {n}</a></h3>'
            + (f"<time>{year}-05-{n % 100:02}</time>" if not in_address else "")
            for n in numbers
        )
        return f"<main>{rows}{following}</main>"

    for n in range(1001, 1008):
        site.page(address(n), article(str(n)))
    further = '<a rel="next" href="?page=1">weiter</a>'
    site.page("/termine", dated(range(1001, 1004), further))
    site.page("/termine?page=1", dated(range(1004, 1007)))
    partner = source(site, listings=(Listing(site.url + "/termine"),))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 6}
    site.page("/termine?page=1", dated(range(1004, 1008)))
    night.run(partner)
    assert (address(1007) in site.paths()) is read


def test_a_listing_cut_short_by_the_limit_goes_on_the_next_night(
    site: LoopbackSite, night: Night
) -> None:
    for n in range(1, 7):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"), etag='"l"')
    site.page("/a?page=1", listing("/meldung/1003", "/meldung/1004", following="?page=2"))
    site.page("/a?page=2", listing("/meldung/1005", "/meldung/1006"))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    for expected in (2, 4, 6):
        night.run(partner, limit=2)
        fetched = [
            u
            for u, (_, kind, k) in night.frontier.addresses.items()
            if kind == "page" and k.last_fetch
        ]
        assert len(fetched) == expected


def test_a_killed_listing_loses_no_page(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.spiders.journal.BATCH", 1)
    for n in range(1, 5):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"), etag='"l"')
    site.answer("/a?page=1", Answer(b"", 500))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    night.run(partner)
    site.page("/a?page=1", listing("/meldung/1003", "/meldung/1004"))
    night.run(partner)
    pages = [u for u, (_, kind, _) in night.frontier.addresses.items() if kind == "page"]
    assert len(pages) == 4


def test_an_endless_listing_ends(site: LoopbackSite, tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        number = int((re.search(r"\d+$", asked.path) or ["0"])[0])
        links = "".join(f'<h3><a href="/n/{number}-{n}">Meldung</a></h3>' for n in range(2))
        return page(f'<main>{links}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)
    crawl_once(
        tmp_path, source_of(site, listings=(Listing(site.url + "/l"),), max_pages=10_000), limit=500
    )
    assert sum(path.startswith("/l") for path in site.paths()) == LISTING_PAGES
    assert len(site.paths()) == LISTING_PAGES * 3 + 1


def test_a_list_that_is_to_be_read_whole_is_turned_for_all_its_news(
    site: LoopbackSite, tmp_path: Path
) -> None:
    first = 100

    def script(asked: Asked) -> Answer:
        number = int((re.search(r"page=(\d+)$", asked.path) or ["", "0"])[1])
        links = f'<h3><a href="/n/{first + number}">Meldung der Woche</a></h3>'
        return page(f'<main>{links}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)
    listed = source_of(site, listings=(Listing(site.url + "/l"),))
    frontier = crawl_once(tmp_path, listed)
    for news in (0, COMPARED_PAGES + 2):  # less, and more, than is compared
        owner, kind, known = frontier.addresses[site.url + "/l"]
        frontier.addresses[site.url + "/l"] = (owner, kind, replace(known, whole=True))
        before, first = len(site.asked), first - news
        crawl_once(tmp_path, listed, frontier=frontier)
        turned = [path for path in site.paths()[before:] if path.startswith("/l")]
        assert len(turned) == max(COMPARED_PAGES, news + 1)


def test_of_a_calendar_the_next_months_are_read_and_no_days(
    site: LoopbackSite, tmp_path: Path
) -> None:
    calendar = (
        '<main><h3><a href="/termine/forum-der-rohstoffe-{0}">Forum</a></h3>\n'
        '    <table><tr><td><a href="/termine/2026-05-04/">Alle Termine am vierten Mai</a></td>'
        '<td><a href="?datum=2026-05-05">Noch einer dieser Tage</a></td></tr></table>\n'
        '    <a class="next" href="?month=2026-{1:02}">weiter</a></main>'
    )
    site.page("/termine", calendar.format(2026, 6))
    for month in range(6, 12):
        site.page(f"/termine?month=2026-{month:02}", calendar.format(2020 + month, month + 1))
    crawl_once(tmp_path, source_of(site, listings=(Listing(site.url + "/termine"),)))
    lists = ["/termine", *(f"/termine?month=2026-{month:02}" for month in (6, 7, 8))]
    pages = [f"/termine/forum-der-rohstoffe-{year}" for year in (2026, 2027, 2028)]
    assert sorted(site.paths()) == sorted(["/robots.txt", *lists, *pages])


YEARS = "".join(f'<a href="/presse/archiv?jahr={y}">{y}</a> | ' for y in (2026, 2025, 2024))


def test_an_archive_by_years_is_read_once(site: LoopbackSite, night: Night) -> None:
    for n in range(1, 7):
        site.page(f"/presse/{1000 + n}", article(str(n)))
    site.page("/presse/", listing("/presse/1005", "/presse/1006") + YEARS)
    site.page("/presse/archiv?jahr=2026", listing("/presse/1005", "/presse/1006") + YEARS)
    site.page("/presse/archiv?jahr=2025", listing("/presse/1003", following="?jahr=2025&page=2"))
    site.page("/presse/archiv?jahr=2025&page=2", listing("/presse/1002"))
    site.page("/presse/archiv?jahr=2024", listing("/presse/1001"))
    partner = source(site, listings=(Listing(site.url + "/presse/"),))
    night.run(partner)
    assert night.frontier.outcomes() == {"fetched": 6 - 1}

    site.asked.clear()
    night.run(partner)
    assert [path for path in site.paths() if "presse" in path] == ["/presse/"]


def test_a_part_that_is_gone_does_not_end_the_archive(site: LoopbackSite, night: Night) -> None:
    for n in range(1, 4):
        site.page(f"/presse/{1000 + n}", article(str(n)))
    site.page("/presse/", listing("/presse/1003") + YEARS)
    site.page("/presse/archiv?jahr=2024", listing("/presse/1001", "/presse/1002"))
    night.run(source(site, listings=(Listing(site.url + "/presse/"),)))
    assert night.frontier.outcomes() == {"fetched": 3}


def _years(site: LoopbackSite) -> None:
    for n in range(1, 5):
        site.page(f"/presse/{1000 + n}", article(str(n)))
    site.page("/presse/", listing("/presse/1004") + YEARS, etag='"p"')
    site.page("/presse/archiv?jahr=2026", listing("/presse/1003", "/presse/1004"))
    site.answer("/presse/archiv?jahr=2025", Answer(b"", 500))
    site.page("/presse/archiv?jahr=2024", listing("/presse/1001"))


def test_a_part_that_fails_is_asked_again_the_next_night(site: LoopbackSite, night: Night) -> None:
    _years(site)
    partner = source(site, listings=(Listing(site.url + "/presse/"),))
    states = [result.state for result in night.run(partner).values()]
    assert states == ["ok"]
    assert night.frontier.outcomes() == {"fetched": 3}

    site.page("/presse/archiv?jahr=2025", listing("/presse/1002"))
    for fetched in (1, 0):
        site.asked.clear()
        night.run(partner)
        assert site.paths().count("/presse/archiv?jahr=2025") == fetched
        assert site.paths().count("/presse/1002") == fetched


def test_a_part_that_a_busy_machine_does_not_read_in_time_is_asked_again_the_next_night(
    site: LoopbackSite, night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    _years(site)
    site.page("/presse/archiv?jahr=2025", listing("/presse/1002"))
    partner = source(site, listings=(Listing(site.url + "/presse/"),))
    read = ListingReader.read

    def late(reader: ListingReader, body: bytes, url: str, *given: Any, **named: Any) -> ListPage:
        if url.endswith("jahr=2025"):
            raise ParseError("not read within 60 s", reason="timed-out")
        return read(reader, body, url, *given, **named)

    with monkeypatch.context() as busy:
        busy.setattr(ListingReader, "read", late)
        assert night.run(partner)["s"].state == "ok"
    assert "/presse/1002" not in site.paths()
    night.run(partner)
    assert "/presse/1002" in site.paths()


def test_a_part_that_always_fails_is_tried_more_and_more_rarely(
    site: LoopbackSite, night: Night
) -> None:
    _years(site)
    partner = source(site, listings=(Listing(site.url + "/presse/"),))
    asked: list[list[str]] = []
    for number in range(10):
        site.page(f"/presse/{2000 + number}", article(str(number)))
        site.page("/presse/", listing("/presse/1004", f"/presse/{2000 + number}") + YEARS)
        site.asked.clear()
        night.run(partner)
        assert f"/presse/{2000 + number}" in site.paths()
        asked.append([*dict.fromkeys(path for path in site.paths() if "archiv" in path)])
    of_2025 = "/presse/archiv?jahr=2025"
    assert len(asked[0]) == 3
    newest = "/presse/archiv?jahr=2026"  # what is behind the news of the first page
    assert asked[1:] == [[newest, of_2025] if n in (1, 3, 7) else [newest] for n in range(1, 10)]

    further = listing("/presse/1002", following="?jahr=2025&page=2")
    site.page(of_2025, further + YEARS)
    site.page(f"{of_2025}&page=2", listing("/presse/900") + YEARS)
    site.page("/presse/900", article("900"))
    site.asked.clear()
    for _ in range(10):
        night.run(partner)
    archive = [path for path in site.paths() if "archiv" in path and path != newest]
    assert archive == [of_2025, f"{of_2025}&page=2"]
    assert {"/presse/1002", "/presse/900"} <= {*site.paths()}


def test_behind_a_page_that_failed_for_a_night_nothing_is_lost(
    site: LoopbackSite, night: Night
) -> None:
    for n in range(1, 10):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"))
    site.page("/a?page=1", listing("/meldung/1003"))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    night.run(partner)

    site.page("/a", listing("/meldung/1008", "/meldung/1007", following="?page=1"))
    site.answer("/a?page=1", Answer(b"", 500))
    night.run(partner)
    # One more moves a known entry to the front of the page that failed.
    site.page("/a", listing("/meldung/1009", "/meldung/1008", following="?page=1"))
    site.page("/a?page=1", listing("/meldung/1007", following="?page=2"))
    site.page("/a?page=2", listing("/meldung/1006", "/meldung/1005", following="?page=3"))
    site.page("/a?page=3", listing("/meldung/1004", "/meldung/1001"))
    night.run(partner)
    assert {f"/meldung/{1000 + n}" for n in range(1, 10)} <= {*site.paths()}


def test_a_next_page_that_is_not_there_is_given_up(site: LoopbackSite, night: Night) -> None:
    for n in range(1, 4):
        site.page(f"/meldung/{1000 + n}", article(str(n)))
    site.page("/a", listing("/meldung/1001", "/meldung/1002", following="?page=1"))
    site.page("/a?page=1", listing("/meldung/1003", following="?page=2"))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    for _ in range(20):
        night.run(partner)
    assert site.paths().count("/a?page=1") == 1
    assert site.paths().count("/a?page=2") == 3


def test_what_is_left_behind_a_page_that_answers_again_comes_later(
    site: LoopbackSite, night: Night
) -> None:
    _years(site)
    partner = source(site, listings=(Listing(site.url + "/presse/"),))
    night.run(partner)
    site.asked.clear()
    of_2025 = "/presse/archiv?jahr=2025"
    site.page(of_2025, listing("/presse/1002", "/presse/1005", following="?jahr=2025&page=2"))
    site.page(f"{of_2025}&page=2", listing("/presse/1006"))
    for n in (5, 6):
        site.page(f"/presse/{1000 + n}", article(str(n)))
    for _ in range(3):
        night.run(partner, limit=2)
    assert "/presse/1006" in site.paths()
    assert site.paths().count(of_2025) == 1
    assert night.frontier.unread["s", site.url + "/presse/"] == {}


def test_a_backfill_turns_the_pages_of_a_feed(site: LoopbackSite, tmp_path: Path) -> None:
    older = "<link rel='next' href='/feed?page=2'/>"
    for number, (address, more) in enumerate({"/feed": older, "/feed?page=2": ""}.items()):
        page_of = site.page(f"/a{number}", article())
        entry = f"<entry><title>T</title><link href='{page_of}'/></entry>"
        site.xml(address, f"<feed xmlns='http://www.w3.org/2005/Atom'>{more}{entry}</feed>")
    fed_by = source(site, feeds=(Feed(site.url + "/feed"),))
    frontier = crawl_once(tmp_path, fed_by, backfill=Backfill(date(2015, 1, 1), 50), limit=50)
    assert frontier.outcomes() == {"fetched": 2}
    assert frontier.backfills["s", site.url + "/feed"].next is None


def test_a_backfill_takes_what_is_no_feed_for_no_failure_of_the_source(
    site: LoopbackSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site.page("/", '<html><body><a href="/rss">RSS</a><p>Der Verband</p></body></html>')
    site.page("/rss", "<html><body><p>Unsere Feeds</p></body></html>")
    crawl_once(tmp_path, source(site), backfill=Backfill(date(2015, 1, 1), 50))
    assert "/rss" in site.paths()
    assert "discovery_failed" not in caplog.text


def test_a_backfill_goes_on_with_a_part_that_failed(site: LoopbackSite, tmp_path: Path) -> None:
    _years(site)
    listed = source_of(site, listings=(Listing(site.url + "/presse/"),))
    frontier = MemoryFrontier()
    backfill = Backfill(date(2015, 1, 1), 50)
    crawl_once(tmp_path, listed, backfill=backfill, limit=50, frontier=frontier)
    assert site.url + "/presse/1001" in frontier.addresses  # the years before are read
    waiting = site.url + "/presse/archiv?jahr=2025"
    assert frontier.backfills["s", site.url + "/presse/"].next == waiting

    site.page("/presse/archiv?jahr=2025", listing("/presse/1002") + YEARS)
    crawl_once(tmp_path, listed, backfill=backfill, limit=50, frontier=frontier)
    assert site.url + "/presse/1002" in frontier.addresses
    assert frontier.backfills["s", site.url + "/presse/"].next is None


@pytest.mark.parametrize("depth", [2, 3, 50])
def test_a_part_that_fails_again_is_passed_over(
    site: LoopbackSite, tmp_path: Path, depth: int
) -> None:
    _years(site)
    listed = source_of(site, listings=(Listing(site.url + "/presse/"),))
    frontier = MemoryFrontier()
    for _ in range(5):
        crawl_once(
            tmp_path,
            listed,
            backfill=Backfill(date(2015, 1, 1), depth),
            limit=50,
            frontier=frontier,
        )
    assert site.url + "/presse/1001" in frontier.addresses
    assert frontier.backfills["s", site.url + "/presse/"].next is None


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_a_backfill_of_an_archive_by_years_ends_wherever_its_runs_stop(
    site: LoopbackSite, tmp_path: Path, depth: int
) -> None:
    site.page("/presse/", listing("/presse/1008") + YEARS)
    site.page("/presse/archiv?jahr=2026", listing("/presse/1007") + YEARS)
    of_2025 = "/presse/archiv?jahr=2025"
    site.page(of_2025, listing("/presse/1006", following="?jahr=2025&page=2") + YEARS)
    following = listing("/presse/1005", following="?jahr=2025&page=3")
    site.page(f"{of_2025}&page=2", following + YEARS)
    site.page(f"{of_2025}&page=3", listing("/presse/1004") + YEARS)
    site.page("/presse/archiv?jahr=2024", listing("/presse/1003") + YEARS)
    listed = source_of(site, listings=(Listing(site.url + "/presse/"),))
    frontier = MemoryFrontier()
    for _ in range(6 // depth + 1):
        backfill = Backfill(date(2015, 1, 1), depth)
        crawl_once(tmp_path, listed, backfill=backfill, limit=50, frontier=frontier)
    asked = [path for path in site.paths() if path == "/presse/" or "archiv" in path]
    assert len(asked) == len({*asked}) == 6
    assert frontier.backfills["s", site.url + "/presse/"].next is None


@pytest.mark.parametrize("following", ["?page={page}", "?after={cursor}"])
def test_an_api_that_repeats_itself_ends(
    site: LoopbackSite, tmp_path: Path, following: str
) -> None:
    answer = {"d": [{"id": 1}], "next": "again"}
    body = json.dumps(answer).encode()
    site.answers = Endless(site.answers, Answer(body, headers={"Content-Type": "text/json"}))
    api = Api(
        f"{site.url}/api{following}",
        "d",
        f"{site.url}/n/{{id}}",
        next="next" if "after" in following else None,
    )
    crawl_once(tmp_path, source_of(site, apis=(api,)))
    assert sum(path.startswith("/api") for path in site.paths()) == 2


def test_an_endless_api_ends_at_its_depth(site: LoopbackSite, tmp_path: Path) -> None:
    def script(asked: Asked) -> Answer:
        number = asked.path.rpartition("=")[2]
        return Answer(json.dumps([{"id": f"{number}-{n}"} for n in range(3)]).encode())

    site.answers = Endless(site.answers, script)
    api = Api(
        f"{site.url}/api?os={{offset}}", "*", f"{site.url}/n/{{id}}", first=0, size=3, depth=4
    )
    crawl_once(tmp_path, source_of(site, apis=(api,)), limit=1_000)
    asked = [path for path in site.paths() if path.startswith("/api")]
    assert asked == [f"/api?os={offset}" for offset in (0, 3, 6, 9)]


def test_a_backfill_goes_on_where_it_ended_until_it_has_come_through(
    site: LoopbackSite, tmp_path: Path
) -> None:
    def script(asked: Asked) -> Answer:
        number = int((re.search(r"\d+$", asked.path) or ["1"])[0])
        day = f"{2027 - number}-03-01"
        entry = f'<h3><a href="/n/{number}"><time datetime="{day}">x</time> Meldung</a></h3>'
        return page(f'<main>{entry}<a rel="next" href="/l?page={number + 1}">weiter</a></main>')

    site.answers = Endless(site.answers, script)
    listed = source_of(site, listings=(Listing(site.url + "/l"),))
    frontier = MemoryFrontier()

    def step(since: date, depth: int, limit: int) -> list[str]:
        site.asked.clear()
        crawl_once(
            tmp_path, listed, backfill=Backfill(since, depth), limit=limit, frontier=frontier
        )
        return [path for path in site.paths() if path.startswith("/l")]

    since = date(2021, 1, 1)
    assert step(since, 2, 50) == ["/l", "/l?page=2"]
    assert step(since, 50, 3) == ["/l?page=3", "/l?page=4", "/l?page=5"]
    assert step(since, 50, 50) == ["/l?page=6", "/l?page=7"]  # of 2020: older than wanted
    assert step(since, 50, 50) == []
    assert step(date(2023, 1, 1), 50, 50) == []
    assert len([url for url in frontier.addresses if "/n/" in url]) == 6
    # Further back it begins anew: nobody knows where the older pages begin by now.
    assert step(date(2019, 1, 1), 50, 50)[:2] == ["/l", "/l?page=2"]


def _list_without_pager(site: LoopbackSite, further: str, more: str = "") -> None:
    """A list whose button names no address; `further`: what `?page=2` answers."""
    button = '<button class="load-more" data-page="1">Mehr laden</button>'
    for n in range(1001, 1005):
        site.page(f"/meldung/{n}", article(str(n)))
    first = listing("/meldung/1001", "/meldung/1002").replace("</body>", f"{button}</body>")
    site.page("/a", first)
    site.page("/a?page=2", further)
    if more:
        site.page("/a?page=3", more)


def test_where_no_page_names_the_next_one_it_is_tried(site: LoopbackSite, night: Night) -> None:
    _list_without_pager(site, listing("/meldung/1003"), listing("/meldung/1004"))
    night.run(source(site, listings=(Listing(site.url + "/a"),)))
    assert night.frontier.outcomes() == {"fetched": 4}


def test_a_trial_without_news_is_the_end(site: LoopbackSite, night: Night) -> None:
    _list_without_pager(site, listing("/meldung/1002", "/ueber/uns-und-den-verband-der-huetten"))
    night.run(source(site, listings=(Listing(site.url + "/a"),)))
    assert night.frontier.outcomes() == {"fetched": 2}
    assert "/a?page=3" not in site.paths()


def test_a_trial_that_fails_is_no_failure_of_the_source(site: LoopbackSite, night: Night) -> None:
    _list_without_pager(site, "")
    site.answer("/a?page=2", Answer(b"", 404))
    partner = source(site, listings=(Listing(site.url + "/a"),))
    states = [result.state for _ in range(2) for result in night.run(partner).values()]
    assert states == ["ok", "ok"]
    assert site.paths().count("/a?page=2") == 1
