"""The crawl with the ledger over several nights of loopback sites: what is asked for, and what is
not.

Pages are read by a stand-in (their whole HTML is their text), so that a night takes no second.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crawler.archive.warc import Archive
from crawler.crawl import CrawlControls, CrawlSettings, SourceResult, SourceTask, crawl
from crawler.discovery.listing_words import ListingWords
from indexer.database import engine as database
from indexer.database import tables
from indexer.frontier.fetches import pending_fetches
from indexer.frontier.recrawl.feed_polling import feeds_due
from indexer.frontier.recrawl.revisits import LONGEST
from indexer.frontier.recrawl.site_history import SiteHistories
from indexer.frontier.run_record import RunRecord
from indexer.records.document import Page
from indexer.records.outcome import Outcome
from indexer.records.reference import load_reference
from indexer.records.source import Api, Feed, Listing, Sitemap, Source
from indexer.records.window import Window
from indexer.revisions.revisions import Revisions
from radar.stages.crawl_frontier import CrawlFrontier
from tests.e2e.newsroom import article
from tests.loopback.site import Answer, Asked, LoopbackSite

BEGIN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


class Nights:
    """Runs the crawl and a stand-in for the reader as often as a test likes, at any time."""

    def __init__(self, folder: Path, connection: sa.Connection, words: ListingWords) -> None:
        self.folder = folder
        self.connection = connection
        self.words = words
        self.outcomes: dict[str, str] = {}

    def run(self, now: datetime, *tasks: SourceTask) -> Mapping[str, SourceResult]:
        """One run at this time; its page outcomes are in `outcomes`."""
        run = RunRecord.start(self.connection, now, {})
        frontier = CrawlFrontier(self.connection, run.id, lambda: now)
        archive = Archive(self.folder, committed_end=frontier.committed_end)
        try:
            settings = CrawlSettings(self.words, allow_networks=("127.0.0.0/8",), timeout=60.0)
            results = crawl(tasks, frontier, archive, settings, CrawlControls(now=lambda: now))
            self._read(archive, run.id, now)
        finally:
            archive.close()
        run.finish(now, {})
        visits = sa.select(tables.visit.c.url, tables.visit.c.outcome).where(
            tables.visit.c.run == run.id, tables.visit.c.kind == "page"
        )
        self.outcomes = dict(self.connection.execute(visits).all())
        return results

    def _read(self, archive: Archive, run: int, now: datetime) -> None:
        revisions = Revisions(self.connection, run, now, 1)
        for fetch in pending_fetches(self.connection, 1, 0, 1000):
            text = archive.read(fetch.position).body.decode()
            revisions.record_page(fetch, Page(url=fetch.final_url, text=text), fetch.final_url)
        self.connection.commit()

    def row(self, url: str) -> sa.Row[Any]:
        """The address."""
        return self.connection.execute(
            sa.select(tables.address).where(tables.address.c.url == url)
        ).one()

    def text(self, url: str) -> str:
        """The text that the record has of a page."""
        query = (
            sa.select(tables.revision.c.page)
            .join(tables.document, tables.document.c.id == tables.revision.c.document)
            .where(
                tables.document.c.url == url, tables.document.c.revision == tables.revision.c.number
            )
        )
        return str(self.connection.execute(query).scalar_one()["text"])


@pytest.fixture(scope="module")
def words() -> ListingWords:
    return ListingWords.from_languages(load_reference().languages)


@pytest.fixture
def nights(tmp_path: Path, words: ListingWords) -> Iterator[Nights]:
    engine = database.open_database(f"sqlite:///{tmp_path / 'radar.db'}")
    with engine.connect() as connection:
        yield Nights(tmp_path / "archive", connection, words)
    engine.dispose()


@pytest.fixture
def site() -> Iterator[LoopbackSite]:
    with LoopbackSite() as running:
        yield running


def mapped(site: LoopbackSite, lastmods: Mapping[str, datetime | None]) -> None:
    """The site's sitemap: paths, and when they changed last."""
    entries = "".join(
        f"<url><loc>{site.url}{path}</loc>"
        + (f"<lastmod>{lastmod.isoformat()}</lastmod></url>" if lastmod else "</url>")
        for path, lastmod in lastmods.items()
    )
    site.xml("/sitemap.xml", f"<urlset>{entries}</urlset>")


def task(site: LoopbackSite, *, name: str = "s", **more: object) -> SourceTask:
    """The source that stands on the site, with its sitemap."""
    given: dict[str, object] = {"sitemaps": (Sitemap(site.url + "/sitemap.xml"),), **more}
    source = Source(name, name, site.url + "/", "DE", ("de",), delay=0.0)
    return SourceTask(replace(source, **given))  # type: ignore[arg-type]  # fields of a source


def asked_pages(site: LoopbackSite) -> list[str]:
    """Paths of pages that were asked for since the last look."""
    paths = [path for path in site.paths() if path.startswith("/n/")]
    site.asked.clear()
    return paths


def test_an_honest_site_is_asked_for_its_changes_and_a_lying_one_by_experience(
    nights: Nights, site: LoopbackSite
) -> None:
    number, count = 30, 7
    with LoopbackSite() as liar:
        changed = {f"/n/{n}": BEGIN - (n + 1) * DAY for n in range(number)}
        asked: dict[str, int] = {"honest": 0, "lying": 0}
        for night in range(count):
            now = BEGIN + night * DAY
            edited = f"/n/{night}"
            if night:
                changed[edited] = now - HOUR
            for path, moment in changed.items():
                version = "berichtigt" if night and moment > BEGIN else "Kupfererz"
                for one in (site, liar):
                    one.page(path, article(f"Meldung {path}", version))
            mapped(site, changed)
            mapped(liar, dict.fromkeys(changed, now))
            nights.run(now, task(site), task(liar, name="l"))
            pages = asked_pages(site), asked_pages(liar)
            if night:
                assert edited in pages[0]
                assert "berichtigt" in nights.text(site.url + edited)
                asked["honest"] += len(pages[0])
                asked["lying"] += len(pages[1])
        liar_name = liar.url.partition("//")[2]
    assert asked["honest"] <= (count - 1) * 6  # the change and five audits
    assert asked["lying"] < (count - 1) * number / 2
    histories = SiteHistories(nights.connection)
    assert histories.of(site.url.partition("//")[2]).notes() == []
    [note] = histories.of(liar_name).notes()
    assert note.startswith("lastmod is not heeded")


@pytest.mark.parametrize("as_date", [False, True])
def test_a_site_that_asks_for_a_rest_gets_it_in_later_runs_too(
    nights: Nights, site: LoopbackSite, *, as_date: bool
) -> None:
    asks = format_datetime(BEGIN + 2 * HOUR, usegmt=True) if as_date else "7200"
    site.answer("/n/a", Answer(b"slow down", 429, {"Retry-After": asks}))
    mapped(site, {"/n/a": None})
    result = nights.run(BEGIN, task(site))
    assert result["s"].state == "blocked"
    site.page("/n/a", article("Erz"))
    site.asked.clear()
    resting = nights.run(BEGIN + 1.9 * HOUR, task(site))
    assert resting["s"].state == "blocked"
    assert resting["s"].reason is not None
    assert resting["s"].reason.startswith("rests until 2026-03-02 03:30 UTC: status 429")
    assert site.paths() == []
    assert nights.outcomes == {}
    healed = nights.run(BEGIN + DAY, task(site))
    assert healed["s"].state == "ok"
    assert nights.outcomes == {site.url + "/n/a": "new"}
    failures = nights.connection.execute(sa.select(tables.site.c.failures)).scalar_one()
    assert failures == 0


def test_failures_make_a_rest_longer_until_a_good_answer_heals(
    nights: Nights, site: LoopbackSite
) -> None:
    site.answer("/robots.txt", Answer(b"", 500))
    mapped(site, {"/n/a": None})

    def asked_at(moment: datetime) -> bool:
        site.asked.clear()
        nights.run(moment, task(site))
        return bool(site.paths())

    hours = (0, 0.1, 0.4, 0.7, 1.5, 1.8, 21)
    moments = [BEGIN + hour * HOUR for hour in hours]
    assert [asked_at(moment) for moment in moments] == [True, True, False, True, False, True, True]
    site.text("/robots.txt", "User-agent: *\n")
    assert asked_at(BEGIN + 3 * DAY)
    assert nights.connection.execute(sa.select(tables.site.c.failures)).scalar_one() == 0


def test_robots_txt_counts_for_a_day(nights: Nights, site: LoopbackSite) -> None:
    site.text("/robots.txt", "User-agent: *\nDisallow: /n/secret\n")
    mapped(site, {"/n/a": None, "/n/secret": None})
    site.page("/n/a", article("Erz"))
    asked = []
    for hours in (0, 1, 23, 25, 26):
        site.asked.clear()
        nights.run(BEGIN + hours * HOUR, task(site))
        asked.append("/robots.txt" in site.paths())
        assert "/n/secret" not in site.paths()
    assert asked == [True, False, False, True, False]


def test_a_shallow_feed_is_polled_alone_when_half_of_it_may_be_new(
    nights: Nights, site: LoopbackSite
) -> None:
    def feed(now: datetime, first: int) -> None:
        items = "".join(
            f"<item><title>M {n}</title><link>{site.page(f'/n/{n}', article(f'M {n}'))}</link>"
            f"<pubDate>{format_datetime(now - (n - first) * 1.1 * HOUR)}</pubDate></item>"
            for n in range(first, first + 10)
        )
        site.xml("/feed", f'<rss version="2.0"><channel><title>x</title>{items}</channel></rss>')

    def polled(now: datetime) -> dict[str, list[str]]:
        return feeds_due(nights.connection, now)

    feed(BEGIN, 100)
    whole = task(site, feeds=(Feed(site.url + "/feed"),))
    mapped(site, {"/n/of-the-sitemap": None})
    site.page("/n/of-the-sitemap", article("Alt"))
    nights.run(BEGIN, whole)
    assert len(nights.outcomes) == 11
    assert polled(BEGIN + 4 * HOUR) == {}
    later = BEGIN + 5 * HOUR
    assert polled(later) == {"s": [site.url + "/feed"]}
    feed(later, 96)
    site.asked.clear()
    nights.run(later, replace(whole, feeds=(site.url + "/feed",)))
    assert sorted(site.paths()) == ["/feed", *(f"/n/{n}" for n in range(96, 100))]
    assert set(nights.outcomes.values()) == {"new"}
    assert polled(later + HOUR) == {}


def test_what_a_complete_sitemap_leaves_out_twice_is_asked_for_once(
    nights: Nights, site: LoopbackSite
) -> None:
    paths = [f"/n/{n}" for n in range(12)]
    for path in paths:
        site.page(path, article(path))
    site.page("/", article("Start"))
    old = BEGIN - 40 * DAY
    mapped(site, dict.fromkeys(paths, old))
    nights.run(BEGIN, task(site))
    site.answers.pop("/n/0")
    site.redirect("/n/1", "/")
    mapped(site, dict.fromkeys(paths[3:], old))
    found: list[dict[str, str]] = []
    for night in range(1, 5):
        nights.run(BEGIN + night * DAY, task(site))
        left_out = (site.url + path for path in paths[:3])
        found.append({url[-1]: nights.outcomes[url] for url in left_out if url in nights.outcomes})
    # In the first night some are seen by an audit: one that is there must be missed twice again.
    assert (found[1]["0"], found[1]["1"]) == ("gone", "gone")
    assert {night["2"] for night in found if "2" in night} == {"unchanged"}
    assert not {*found[2], *found[3]} & {"0", "1"}
    gone, still = nights.row(site.url + "/n/0"), nights.row(site.url + "/n/2")
    assert gone.gone_since == BEGIN + 2 * DAY
    assert (still.gone_since, still.listing, still.misses) == (None, None, 0)


Publish = Callable[[LoopbackSite, Mapping[str, datetime]], None]


def as_listing(site: LoopbackSite, pages: Mapping[str, datetime]) -> None:
    """Listing pages of six entries, newest first, the last one without a way on."""
    newest = sorted(pages, key=pages.__getitem__, reverse=True)
    parts = [newest[start : start + 6] for start in range(0, len(newest), 6)]
    for number, part in enumerate(parts, 1):
        entries = "".join(
            f'<article><h3><a href="{path}">Eine Meldung der Behörde: {path}</a></h3>'
            f"<time datetime={pages[path]:%Y-%m-%d}>{pages[path]:%d.%m.%Y}</time></article>"
            for path in part
        )
        tag = hashlib.md5(entries.encode(), usedforsecurity=False).hexdigest()
        more = f'<a rel="next" href="/list?page={number + 1}">weiter</a>' * (number < len(parts))
        site.page(f"/list?page={number}", f"<main>{entries}</main>{more}", etag=f'"{tag}"')


def as_api(site: LoopbackSite, pages: Mapping[str, datetime]) -> None:
    """Answers of a JSON API with six items each; beyond the last one an empty one."""
    newest = sorted(pages, key=pages.__getitem__, reverse=True)
    for number in range(1, len(newest) // 6 + 3):
        part = newest[6 * number - 6 : 6 * number]
        items = [{"path": path, "day": f"{pages[path]:%Y-%m-%d}"} for path in part]
        site.put(f"/list?page={number}", json.dumps(items).encode(), "application/json")


def of_list(site: LoopbackSite, publish: Publish, *, depth: int = 20) -> SourceTask:
    """The source whose only entry is the list."""
    if publish is as_listing:
        return task(site, sitemaps=(), listings=(Listing(site.url + "/list?page=1"),))
    api = Api(
        site.url + "/list?page={page}", "*", site.url + "{path}", published="day", depth=depth
    )
    return task(site, sitemaps=(), apis=(api,))


def rest_long(nights: Nights) -> None:
    """No page is due by the clock for a long time."""
    nights.connection.execute(
        sa.update(tables.address)
        .where(tables.address.c.kind == "page")
        .values(next_due=BEGIN + LONGEST)
    )
    nights.connection.commit()


@pytest.mark.parametrize("publish", [as_listing, as_api])
def test_what_a_list_read_to_its_end_leaves_out_twice_is_asked_for_once(
    nights: Nights, site: LoopbackSite, publish: Publish
) -> None:
    pages = {f"/n/{n}": BEGIN - (n + 1) * DAY for n in range(15)}
    for path in pages:
        site.page(path, article(path))
    publish(site, pages)
    nights.run(BEGIN, of_list(site, publish))
    rest_long(nights)
    site.answers.pop("/n/9")  # of the second page of the list
    for path in ("/n/9", "/n/4", "/n/14"):  # the last one was the oldest: it may have fallen off
        pages.pop(path)
    publish(site, pages)
    asked: list[list[str]] = []
    turned: list[int] = []
    for night in range(1, 11):
        site.asked.clear()
        pages[f"/n/new-{night}"] = BEGIN + (night - 0.5) * DAY
        site.page(f"/n/new-{night}", article(f"Neu {night}"))
        publish(site, pages)
        nights.run(BEGIN + night * DAY, of_list(site, publish))
        turned.append(sum(path.startswith("/list") for path in site.paths()))
        asked.append(
            [path for path in site.paths() if path.startswith("/n/") and "new" not in path]
        )
    # For news two pages are enough; each week all are turned, and again when something is missing.
    assert [night for night, number in enumerate(turned, 1) if number > 2] == [7, 8]
    assert asked == [*[[]] * 7, ["/n/4", "/n/9"], [], []]
    gone, still = nights.row(site.url + "/n/9"), nights.row(site.url + "/n/4")
    assert (gone.last_outcome, gone.gone_since) == ("gone", BEGIN + 8 * DAY)
    assert (still.last_outcome, still.gone_since, still.listing) == ("unchanged", None, None)
    assert nights.row(site.url + "/n/14").listing is None
    # What a list lets go of says nothing of the site's sitemaps.
    name = site.url.partition("//")[2]
    assert SiteHistories(nights.connection).of(name).listings.claims == 0


def test_a_list_that_has_grown_long_is_turned_to_its_end_no_more(
    nights: Nights, site: LoopbackSite
) -> None:
    pages = {f"/n/{n}": BEGIN - (n + 1) * DAY for n in range(12)}
    turned: list[int] = []
    for night in (0, 1, 8, 9, 16):
        if night == 1:
            pages |= {f"/n/{n}": BEGIN - (n + 1) * DAY for n in range(12, 80)}
        for path in pages:
            site.page(path, article(path))
        as_api(site, pages)
        site.asked.clear()
        nights.run(BEGIN + night * DAY, of_list(site, as_api))
        turned.append(sum(path.startswith("/list") for path in site.paths()))
        rest_long(nights)
    # 14 answers hold all of it: too many to compare, but the last ones held news, too.
    assert turned == [3, 1, 15, 1, 1]
    assert all(nights.row(site.url + path).listing is None for path in list(pages)[12:])


@pytest.mark.parametrize("trouble", ["a page fails", "too deep", "half of it", "cut off"])
def test_what_a_list_that_was_not_read_to_its_end_leaves_out_is_not_missed(
    nights: Nights, site: LoopbackSite, trouble: str
) -> None:
    pages = {f"/n/{n}": BEGIN - (n + 1) * DAY for n in range(15)}
    for path in pages:
        site.page(path, article(path))
    as_api(site, pages)
    nights.run(BEGIN, of_list(site, as_api))
    rest_long(nights)
    lost = [f"/n/{n}" for n in (range(8) if trouble == "half of it" else (2, 9))]
    as_api(site, {path: day for path, day in pages.items() if path not in lost})
    if trouble == "a page fails":
        site.answer("/list?page=3", Answer(b"", 500))
    if trouble == "cut off":
        part = json.dumps([{"path": "/n/14", "day": "2026-02-15"}]).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(part) + 9)}
        site.answer("/list?page=3", Answer(part, headers=headers))
    site.asked.clear()
    for week in (1, 2, 3):
        depth = 2 if trouble == "too deep" else 20
        nights.run(BEGIN + week * 8 * DAY, of_list(site, as_api, depth=depth))
    assert asked_pages(site) == []
    misses = sa.select(sa.func.max(tables.address.c.misses))
    assert nights.connection.execute(misses).scalar_one() == 0


def test_a_part_that_fails_for_ten_nights_is_read_when_it_answers_again(
    nights: Nights, site: LoopbackSite
) -> None:
    def entries(*paths: str) -> str:
        return "".join(f'<h3><a href="{path}">Meldung {path}</a></h3>' for path in paths)

    years = "".join(f'<a href="/n/archiv?jahr={year}">{year}</a>' for year in (2026, 2025, 2024))
    failing = "/n/archiv?jahr=2025"
    news = [f"/n/{100 + night}" for night in range(20)]
    for path in (*news, "/n/1", "/n/2", "/n/3", "/n/4"):
        site.page(path, article(f"Meldung {path}", f"Kupfererz {path}"))
    site.page("/n/archiv?jahr=2026", f"<main>{entries('/n/3', '/n/4')}</main>")
    site.page("/n/archiv?jahr=2024", f"<main>{entries('/n/1')}</main>")
    listed = task(site, sitemaps=(), listings=(Listing(site.url + "/n/"),))
    tried, read = [], set[str]()
    for night, newest in enumerate(news):
        front = f"<main>{entries(newest, '/n/3')}{years}</main>"
        site.page("/n/", front)
        if night < 10:
            site.answer(failing, Answer(b"", 500))
        else:
            site.page(failing, f"<main>{entries('/n/2')}</main>")
        site.asked.clear()
        nights.run(BEGIN + night * DAY, listed)
        asked = set(site.paths())
        read |= asked
        assert newest in asked
        if failing in asked:
            tried.append(night)
        assert ("/n/archiv?jahr=2024" in asked) == (night in (0, 15))
    # Twenty hours after the first failure, then 40, 80, 160; then the list once as a whole.
    assert tried == [0, 1, 3, 7, 14, 15]
    assert {"/n/1", "/n/2", "/n/3", "/n/4"} <= read


def test_a_list_of_the_newest_pages_leaves_out_the_older_ones_for_good(
    nights: Nights, site: LoopbackSite
) -> None:
    pages: dict[str, datetime] = {}
    for night in range(9):
        for n in (2 * night, 2 * night + 1):
            pages[f"/n/{n}"] = BEGIN + (night - 1) * DAY + n * HOUR
            site.page(f"/n/{n}", article(f"Meldung {n}"))
        as_listing(site, dict([*pages.items()][-6:]))
        site.asked.clear()
        nights.run(BEGIN + night * DAY, of_list(site, as_listing))
        assert asked_pages(site) == [f"/n/{n}" for n in (2 * night + 1, 2 * night)]
        rest_long(nights)
    held = sa.select(sa.func.count()).where(tables.address.c.listing.is_not(None))
    assert nights.connection.execute(held).scalar_one() == 6


def test_outside_of_its_window_a_source_is_not_asked_for_anything(
    nights: Nights, site: LoopbackSite
) -> None:
    mapped(site, {"/n/a": None})
    closed = replace(task(site), window=Window.parse("22:00-06:00", "Asia/Almaty"))
    assert nights.run(BEGIN, closed)["s"] == SourceResult(
        "not-due", "outside of its window 22:00-06:00 (Asia/Almaty)"
    )
    assert site.paths() == []


def test_a_crawl_ends_when_its_window_closes_and_the_rest_stays_due(
    nights: Nights, site: LoopbackSite
) -> None:
    slow: Callable[[Asked], Answer] = lambda asked: Answer(  # noqa: E731  # with its type
        article(asked.path).encode(), headers={"Content-Type": "text/html"}, delay=0.3
    )
    paths = [f"/n/{n}" for n in range(30)]
    for path in paths:
        site.answer(path, slow)
    mapped(site, dict.fromkeys(paths))
    window = Window.parse("22:00-06:00", "UTC")
    end = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
    result = nights.run(end - timedelta(seconds=4), replace(task(site), window=window))
    assert result["s"].state == "ok"
    asked = len(asked_pages(site))
    assert 1 <= asked < len(paths)
    site.asked.clear()
    for path in paths:
        site.page(path, article(path))
    nights.run(end + 17 * HOUR, task(site))
    assert list(nights.outcomes.values()) == [Outcome.NEW] * (len(paths) - asked)
