"""A list of an ASP.NET site that is turned by posting its form, and by nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.crawl import Backfill
from indexer.records.source import Listing
from tests.loopback.site import Answer, Asked, LoopbackSite
from tests.unit.crawler.endless_site import crawl_once, source_of
from tests.unit.crawler.night import Night, article, source

PAGES, EACH = 4, 3


class Archive:
    """The site: its state says which page was shown, and only what that page offered is done."""

    def __init__(self, site: LoopbackSite) -> None:
        self.site = site
        self.status = 200
        self.first = 0
        """The newest entry."""
        for number in range((PAGES + 2) * EACH):
            site.page(f"/show.aspx?id={number}", article(f"Bericht {number}"))
        site.answer("/news.aspx", self._answer)

    @property
    def turned(self) -> list[str]:
        """The pages that were asked for by form."""
        forms = [parse_qs(asked.posted.decode()) for asked in self.site.asked if asked.posted]
        return [form["__EVENTARGUMENT"][0].removeprefix("Page$") for form in forms]

    def _answer(self, asked: Asked) -> Answer:
        if asked.posted is None:
            return self.page(1)
        form = parse_qs(asked.posted.decode())
        wanted = int(form["__EVENTARGUMENT"][0].removeprefix("Page$"))
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
        assert form["__EVENTTARGET"] == ["grid"]
        assert form["__VIEWSTATE"] == [f"seite={wanted - 1}"]
        return self.page(wanted) if self.status == 200 else Answer(b"", self.status)

    def page(self, number: int) -> Answer:
        pager = "".join(
            f"<td><span>{n}</span></td>"
            if n == number
            else f"""<td><a href="javascript:__doPostBack('grid','Page${n}')">{n}</a></td>"""
            for n in range(1, PAGES + 1)
        )
        return shown(f"seite={number}", self.rows(number), f"<table><tr>{pager}</tr></table>")

    def rows(self, number: int) -> str:
        first = self.first + (number - 1) * EACH
        return "".join(
            f'<tr><td>{28 - n:02}.04.2026</td><td><a href="show.aspx?id={n}">'
            f"Bericht über die Lagerstätte {n}</a></td></tr>"
            for n in range(first, first + EACH)
        )


def shown(state: object, rows: str, pager: str) -> Answer:
    return Answer(
        '<html><body><form method="post" action="./news.aspx">'
        f'<input type="hidden" name="__VIEWSTATE" value="{state}">'
        f"<table>{rows}</table>{pager}</form></body></html>".encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
    )


@pytest.fixture
def archive(site: LoopbackSite) -> Archive:
    return Archive(site)


def test_it_is_read_to_its_end_and_then_for_news(
    archive: Archive, site: LoopbackSite, night: Night
) -> None:
    partner = source(site, listings=(Listing(site.url + "/news.aspx"),))
    night.run(partner)
    assert archive.turned == ["2", "3", "4"]
    assert night.frontier.outcomes() == {"fetched": PAGES * EACH}

    site.asked.clear()
    night.run(partner)
    assert archive.turned == []


def test_what_was_posted_is_archived_before_its_answer(
    archive: Archive, site: LoopbackSite, night: Night
) -> None:
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    with next(night.folder.glob("*.warc.gz")).open("rb") as file:
        records = [
            (r.record_type, dict(r.headers), r.reader.read())
            for r in ArchiveIterator(file, parse_http=False)
        ]
    sent = [n for n, (kind, _, _) in enumerate(records) if kind == WarcRecordType.request]
    assert len(sent) == len(archive.turned) == PAGES - 1
    for number, page in zip(sent, archive.turned, strict=True):
        _, head, content = records[number]
        kind, answer, _ = records[number + 1]
        assert content.startswith(b"POST /news.aspx HTTP/1.1\r\n")
        assert f"__EVENTARGUMENT=Page%24{page}".encode() in content
        assert kind == WarcRecordType.response
        assert answer["WARC-Concurrent-To"] == head["WARC-Record-ID"]
        assert answer["WARC-Target-URI"] == head["WARC-Target-URI"] == site.url + "/news.aspx"


def test_a_budget_leaves_the_rest_for_later_nights(
    archive: Archive, site: LoopbackSite, night: Night
) -> None:
    partner = source(site, listings=(Listing(site.url + "/news.aspx"),))
    for expected in (["2"], ["2", "3", "4"]):
        site.asked.clear()
        night.run(partner, limit=EACH + 1)
        assert archive.turned == expected


def test_backfills_of_one_depth_come_to_its_end(
    archive: Archive, site: LoopbackSite, tmp_path: Path
) -> None:
    """Pages that were read before stand before the others, and do not count."""
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    backfill, frontier = Backfill(date(2020, 1, 1), depth=2), None
    for expected in (["2"], ["2", "3", "4"], []):
        site.asked.clear()
        frontier = crawl_once(tmp_path, partner, backfill=backfill, frontier=frontier)
        assert archive.turned == expected


@pytest.mark.parametrize(
    ("status", "again"), [(404, []), (403, ["2", "3", "4"]), (500, ["2", "3", "4"])]
)
def test_a_form_that_is_refused_is_no_failure_of_the_source(
    archive: Archive, site: LoopbackSite, night: Night, status: int, again: list[str]
) -> None:
    archive.status = status
    partner = source(site, listings=(Listing(site.url + "/news.aspx"),))
    assert night.run(partner)["s"].state == "ok"
    assert archive.turned == ["2"]

    archive.status = 200
    site.asked.clear()
    night.run(partner)
    assert archive.turned == again


def test_news_behind_a_form_that_gave_no_answer_are_reached_later(
    archive: Archive, site: LoopbackSite, night: Night
) -> None:
    partner = source(site, listings=(Listing(site.url + "/news.aspx"),))
    archive.first = 2 * EACH
    night.run(partner)
    assert archive.turned == ["2", "3", "4"]

    archive.first, archive.status = 0, 500  # two pages of news: the second one fails
    for expected in (["2"], ["2"], []):
        site.asked.clear()
        night.run(partner)
        assert archive.turned == expected

    archive.status = 200
    site.asked.clear()
    night.run(partner)
    assert archive.turned == ["2", "3", "4"]
    assert night.frontier.outcomes() == {"fetched": EACH}
    for _ in range(2):
        site.asked.clear()
        night.run(partner)
        assert archive.turned == []


@pytest.mark.parametrize(("status", "asked"), [(302, ["POST", "GET"]), (307, ["POST"])])
def test_a_form_is_sent_to_no_other_address(
    archive: Archive, site: LoopbackSite, night: Night, status: int, asked: list[str]
) -> None:
    site.answer("/zwei.aspx", archive.page(2))
    first = archive.page(1)
    moved = Answer(status=status, headers={"Location": "/zwei.aspx"})
    site.answer("/news.aspx", lambda request: first if request.posted is None else moved)
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    lists = [request for request in site.asked if request.path in ("/news.aspx", "/zwei.aspx")]
    assert ["GET" if request.posted is None else "POST" for request in lists][1:3] == asked
    found = EACH * (2 if status == 302 else 1)
    assert night.frontier.outcomes() == {"fetched": found}


def test_a_form_is_not_sent_again(archive: Archive, site: LoopbackSite, night: Night) -> None:
    archive.status = 502
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    assert archive.turned == ["2"]


def test_robots_forbid_forms_too(site: LoopbackSite, night: Night, archive: Archive) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow: /news.aspx\n")
    home = site.url + "/aktuell.aspx"
    site.answer("/aktuell.aspx", archive.page(1))
    night.run(source(site, listings=(Listing(home),)))
    assert archive.turned == []


def test_a_backfill_goes_through_it_anew(
    archive: Archive, site: LoopbackSite, tmp_path: Path
) -> None:
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    frontier = None
    for expected in (["2"], ["2", "3", "4"]):
        site.asked.clear()
        frontier = crawl_once(
            tmp_path,
            partner,
            backfill=Backfill(date(2020, 1, 1), depth=2 if frontier is None else 9),
            frontier=frontier,
        )
        assert archive.turned == expected


@pytest.mark.parametrize(
    ("status", "again"), [(404, []), (500, ["2", "3", "4"]), (403, ["2", "3", "4"])]
)
def test_a_backfill_that_gets_no_answer_is_not_at_its_end(
    archive: Archive, site: LoopbackSite, tmp_path: Path, status: int, again: list[str]
) -> None:
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    archive.status = status
    backfill = Backfill(date(2020, 1, 1), depth=9)
    frontier = crawl_once(tmp_path, partner, backfill=backfill)
    assert archive.turned == ["2"]

    archive.status = 200
    for expected in (again, []):
        site.asked.clear()
        crawl_once(tmp_path, partner, backfill=backfill, frontier=frontier)
        assert archive.turned == expected


def test_a_passing_failure_does_not_end_a_deeper_backfill(
    archive: Archive, site: LoopbackSite, tmp_path: Path
) -> None:
    """The one before came to its end, and has not failed."""
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    reached = Backfill(date(2026, 4, 26), depth=9)
    frontier = crawl_once(tmp_path, partner, backfill=reached)
    assert frontier.backfills["s", site.url + "/news.aspx"].next is None

    deeper = Backfill(date(2020, 1, 1), depth=9)
    archive.status = 500
    crawl_once(tmp_path, partner, backfill=deeper, frontier=frontier)
    archive.status = 200
    site.asked.clear()
    crawl_once(tmp_path, partner, backfill=deeper, frontier=frontier)
    assert archive.turned == ["2", "3", "4"]


class TurnedByNext(Archive):
    """A site with one button on each page: what it asks for stands in the state alone."""

    ends = True

    @property
    def turned(self) -> list[str]:
        forms = [parse_qs(asked.posted.decode()) for asked in self.site.asked if asked.posted]
        return [form["__VIEWSTATE"][0] for form in forms]

    def _answer(self, asked: Asked) -> Answer:
        if asked.posted is None:
            return self.page(1)
        form = parse_qs(asked.posted.decode())
        assert form["__EVENTTARGET"] == ["pager$lnkNext"]
        return self.page(int(form["__VIEWSTATE"][0]) + 1)

    def page(self, number: int) -> Answer:
        button = """<a href="javascript:__doPostBack('pager$lnkNext','')">Next</a>"""
        rows = self.rows(min(number, PAGES))
        return shown(number, rows, button if number < PAGES or not self.ends else "")


@pytest.mark.parametrize(("ends", "turned"), [(True, 3), (False, 4)])
def test_one_button_turns_it_to_its_end(
    site: LoopbackSite, night: Night, *, ends: bool, turned: int
) -> None:
    archive = TurnedByNext(site)
    archive.ends = ends
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    assert archive.turned == [str(number + 1) for number in range(turned)]
    assert night.frontier.outcomes() == {"fetched": PAGES * EACH}


@pytest.mark.parametrize(("ends", "turned"), [(True, 3), (False, 4)])
def test_one_button_turns_a_backfill_to_its_end(
    site: LoopbackSite, tmp_path: Path, *, ends: bool, turned: int
) -> None:
    archive = TurnedByNext(site)
    archive.ends = ends
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    crawl_once(tmp_path, partner, backfill=Backfill(date(2020, 1, 1), depth=20))
    assert archive.turned == [str(number + 1) for number in range(turned)]


class TurnedByPlaces(TurnedByNext):
    """A site whose row has two numbers, each link named by its place: after the second page the
    dots, and then the names of the first two pages.
    """

    def _answer(self, asked: Asked) -> Answer:
        if asked.posted is None:
            return self.page(1)
        form = parse_qs(asked.posted.decode())
        before, place = int(form["__VIEWSTATE"][0]), int(form["__EVENTTARGET"][0][-2:])
        return self.page((before - 1) // 2 * 2 + place)

    def page(self, number: int) -> Answer:
        first = (number - 1) // 2 * 2
        labels = {1: first + 1, 2: first + 2}
        dots = ({0: "..."} if first else {}) | ({3: "..."} if first + 2 < PAGES else {})
        pager = " ".join(
            f"<span>{label}</span>"
            if label == number
            else f"""<a href="javascript:__doPostBack('pager$ctl{place:02}','')">{label}</a>"""
            for place, label in sorted((labels | dots).items())
        )
        return shown(number, self.rows(number), f"<p>{pager}</p>")


def test_links_that_are_named_by_their_places_turn_it_to_its_end(
    site: LoopbackSite, night: Night
) -> None:
    archive = TurnedByPlaces(site)
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    assert archive.turned == ["1", "2", "3"]
    assert night.frontier.outcomes() == {"fetched": PAGES * EACH}


class InSession(Archive):
    """A site whose forms answer only with the cookies of the page before."""

    moved = False

    def _answer(self, asked: Asked) -> Answer:
        cookies = asked.headers.get("cookie", "")
        if asked.posted is None and "seite=" not in cookies:
            return self._with_cookie(1)
        before = int(cookies.split("seite=")[1].split(";")[0])
        if asked.posted is None:
            return self._with_cookie(before + 1)
        if self.moved:
            return Answer(status=302, headers={"Location": "/news.aspx?shown"})
        return self._with_cookie(before + 1)

    def _with_cookie(self, number: int) -> Answer:
        page = self.page(number)
        cookie = f"seite={number}; Path=/news.aspx; HttpOnly"
        return Answer(page.body, headers={**page.headers, "Set-Cookie": cookie})


@pytest.mark.parametrize("moved", [False, True])
def test_forms_have_the_cookies_of_their_list_and_nothing_else_has(
    site: LoopbackSite, night: Night, *, moved: bool
) -> None:
    archive = InSession(site)
    archive.moved = moved
    site.answer("/news.aspx?shown", archive._answer)
    night.run(source(site, listings=(Listing(site.url + "/news.aspx"),)))
    assert archive.turned == ["2", "3", "4"]
    assert night.frontier.outcomes() == {"fetched": PAGES * EACH}
    with_cookies = {asked.path for asked in site.asked if "cookie" in asked.headers}
    assert with_cookies == {"/news.aspx", "/news.aspx?shown"} - (
        set() if moved else {"/news.aspx?shown"}
    )
    first = next(asked for asked in site.asked if asked.path == "/news.aspx")
    assert "cookie" not in first.headers


def test_a_backfill_whose_form_never_answers_comes_to_its_end(
    archive: Archive, site: LoopbackSite, tmp_path: Path
) -> None:
    partner = source_of(site, listings=(Listing(site.url + "/news.aspx"),))
    archive.status = 500
    frontier = None
    for expected in (["2"], ["2"], []):
        site.asked.clear()
        frontier = crawl_once(
            tmp_path,
            partner,
            backfill=Backfill(date(2020, 1, 1), depth=9),
            frontier=frontier,
        )
        assert archive.turned == expected
