"""Fifteen nights of recrawling: requests and stale pages of our ledger beside the usual policies.

Five sites with 400 articles each, and 20 more each night. An article is edited on its n-th day with
a chance of 0.19 / n: many corrections in the first days, ever fewer later. Nothing is fetched: the
real ledger, with what it learns from the real revisions, drives simulated sites on a simulated
clock. Night 0, on which everybody fetches all there is, is not counted, nor are the sitemaps.

The other policies: fetch all again, ask for all conditionally, and ask half as often after each
visit without a change (2^unchanged nights), conditionally.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from benchmarks.measuring.table import Section, Table
from indexer.database import tables
from indexer.frontier.fetches import pending_fetches
from indexer.frontier.ledger import Ledger
from indexer.frontier.port import ArchivePosition, KnownAddress, Link, Response
from indexer.frontier.run_record import RunRecord
from indexer.records.document import Page
from indexer.records.outcome import Outcome
from indexer.revisions.revisions import Revisions

SITES = 5
ARTICLES = 400
DAILY = 20
NIGHTS = 15
EDITS = 0.19
"""Chance of an edit on the first day; gives as many changes a night as the simulation that the
other policies were first measured in."""
BYTES = 13_100
"""Of an article as it is sent, gzipped: the mean of that simulation."""
BEGIN = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
NOTE = (
    "Our ledger, its due logic and what it learns from our revisions, on a simulated clock; no "
    "HTTP. Sitemaps are not counted on either side."
)


@dataclass(frozen=True, slots=True)
class SiteBehaviour:
    """How a site speaks of changes."""

    lastmod: Callable[[Article, datetime], datetime | None]
    validators: bool


@dataclass(frozen=True, slots=True)
class Article:
    """A page of a simulated site."""

    url: str
    born: datetime
    edits: tuple[datetime, ...]

    def changed(self, now: datetime) -> datetime:
        """When its text changed last."""
        return max((edit for edit in self.edits if edit <= now), default=self.born)

    def version(self, now: datetime) -> int:
        """Number of edits so far."""
        return sum(edit <= now for edit in self.edits)


def _honest(article: Article, now: datetime) -> datetime:
    return article.changed(now)


def _always_now(article: Article, now: datetime) -> datetime:
    del article
    return now


def _never_now(article: Article, now: datetime) -> datetime:
    del now
    return article.born


HONEST = SiteBehaviour(_honest, validators=True)
LYING = SiteBehaviour(_always_now, validators=False)
FROZEN = SiteBehaviour(_never_now, validators=False)
SILENT = SiteBehaviour(lambda *_: None, validators=False)


@dataclass(slots=True)
class Tally:
    """What a policy came to."""

    requests: int = 0
    not_modified: int = 0
    stale: int = 0
    pages: int = 0

    def count(self, *, full: bool) -> None:
        """Count a request."""
        self.requests += 1
        self.not_modified += not full


def world(*, sites: int, articles: int, nights: int) -> list[list[Article]]:
    """The articles of each site, over all nights; the same ones each time."""
    chance = random.Random(20260302)  # noqa: S311  # no secret
    return [
        [
            _article(f"https://s{number}.example/{index}", night, nights, chance)
            for index, night in enumerate(_births(articles, nights))
        ]
        for number in range(sites)
    ]


def _births(articles: int, nights: int) -> Iterator[int]:
    """Nights before which articles appear, the old ones before night 0."""
    yield from (-(index // DAILY) for index in range(articles))
    yield from (night for night in range(1, nights + 1) for _ in range(DAILY))


def _article(url: str, night: int, nights: int, chance: random.Random) -> Article:
    born = BEGIN + (night - chance.random()) * DAY
    edits = [
        born + (day - chance.random()) * DAY
        for day in range(1, nights - night + 1)
        if chance.random() < EDITS / day
    ]
    return Article(url, born, tuple(edits))


# -- the other policies


def fetch_all(articles: list[list[Article]], nights: int, *, conditional: bool) -> Tally:
    """Every page every night."""
    return _peer(articles, nights, lambda _: 1, conditional=conditional)


def double_interval(articles: list[list[Article]], nights: int) -> Tally:
    """Each visit without a change doubles the interval, up to 32 nights."""
    return _peer(articles, nights, lambda unchanged: 1 << min(unchanged, 5), conditional=True)


def _peer(
    articles: list[list[Article]], nights: int, wait: Callable[[int], int], *, conditional: bool
) -> Tally:
    tally = Tally()
    pages = [article for site in articles for article in site]
    versions: dict[str, int] = {}
    due: dict[str, int] = {}
    unchanged: dict[str, int] = {}
    for night in range(nights + 1):
        now = BEGIN + night * DAY
        for page in pages:
            if page.born > now or due.get(page.url, night) > night:
                continue
            same = versions.get(page.url) == page.version(now)
            unchanged[page.url] = unchanged.get(page.url, 0) + 1 if same else 0
            if night:
                tally.count(full=not (same and conditional))
            versions[page.url] = page.version(now)
            due[page.url] = night + wait(unchanged[page.url])
    end = BEGIN + nights * DAY
    tally.pages = len(versions)
    tally.stale = sum(p.version(end) != versions[p.url] for p in pages if p.url in versions)
    return tally


# -- ours


@dataclass(slots=True)
class Simulation:
    """Our ledger over simulated sites."""

    articles: list[list[Article]]
    behaviour: SiteBehaviour
    connection: sa.Connection
    tally: Tally = field(default_factory=Tally)
    versions: dict[str, int] = field(default_factory=dict)
    """Version of each article that our record holds."""

    def night(self, number: int) -> None:
        """Discovery, the pages that are due, and their reading."""
        now = BEGIN + number * DAY
        run = RunRecord.start(self.connection, now, {})
        ledger = Ledger(self.connection, run.id, lambda: now)
        for index, articles in enumerate(self.articles):
            source = f"s{index}"
            there = {article.url: article for article in articles if article.born <= now}
            for article in there.values():
                lastmod = self.behaviour.lastmod(article, now)
                ledger.add(source, Link(article.url, lastmod=lastmod))
            for known in list(ledger.iter_due(source)):
                full = self._ask(ledger, source, there[known.url], known, now)
                if number:
                    self.tally.count(full=full)
        ledger.commit()
        self._read(run.id, now)
        run.finish(now, {})

    def _ask(
        self,
        ledger: Ledger,
        source: str,
        article: Article,
        known: KnownAddress,
        now: datetime,
    ) -> bool:
        """Ask for one page; whether it was sent."""
        version = article.version(now)
        etag = f'"{version}"'
        if self.behaviour.validators and known.etag == etag:
            ledger.record_outcome(source, article.url, Outcome.NOT_MODIFIED, status=304)
            return False
        headers = {"etag": etag} if self.behaviour.validators else {}
        body = f"{article.url} {version}".encode()
        response = Response(article.url, article.url, 200, headers, now, body)
        ledger.record_fetch(source, response, ArchivePosition("simulated", 0, 0))
        self.versions[article.url] = version
        return True

    def _read(self, run: int, now: datetime) -> None:
        revisions = Revisions(self.connection, run, now, 1)
        born = {article.url: article.born for site in self.articles for article in site}
        for fetch in pending_fetches(self.connection, 1, 0, 1 << 20):
            text = f"As it stands after {self.versions[fetch.url]} edits."
            published = born[fetch.url].date().isoformat()
            page = Page(url=fetch.url, text=text, published=published)
            revisions.record_page(fetch, page, fetch.url)
        self.connection.commit()


def run_ours(articles: list[list[Article]], behaviour: SiteBehaviour, nights: int) -> Tally:
    """All nights with our ledger, in a database in memory."""
    engine = sa.create_engine("sqlite://")
    tables.metadata.create_all(engine)
    with engine.connect() as connection:
        simulation = Simulation(articles, behaviour, connection)
        for number in range(nights + 1):
            simulation.night(number)
    engine.dispose()
    end = BEGIN + nights * DAY
    pages = [article for site in articles for article in site if article.url in simulation.versions]
    simulation.tally.pages = len(pages)
    simulation.tally.stale = sum(p.version(end) != simulation.versions[p.url] for p in pages)
    return simulation.tally


def benchmark(*, quick: bool) -> Section:
    """The table."""
    nights = 3 if quick else NIGHTS
    articles = world(sites=1 if quick else SITES, articles=40 if quick else ARTICLES, nights=nights)
    everything = fetch_all(articles, nights, conditional=False)
    tallies = {
        "fetch all": everything,
        "conditional GET on all": fetch_all(articles, nights, conditional=True),
        "2^unchanged nights, conditional": double_interval(articles, nights),
        "ours: honest lastmod, validators": run_ours(articles, HONEST, nights),
        "ours: lastmod always now, no validators": run_ours(articles, LYING, nights),
        "ours: lastmod never moves, no validators": run_ours(articles, FROZEN, nights),
        "ours: no lastmod, no validators": run_ours(articles, SILENT, nights),
    }
    rows = tuple(_row(name, tally, everything, nights) for name, tally in tallies.items())
    columns = ("policy", "requests", "of these 304", "full", "MB", "fewer", "stale", "% of pages")
    return Section(
        "nights",
        f"Recrawling: {len(articles)} sites, {nights} nights (mean a night; stale at the end)",
        [Table(columns, rows)],
        [NOTE],
    )


def _row(name: str, tally: Tally, everything: Tally, nights: int) -> tuple[str, ...]:
    full = tally.requests - tally.not_modified
    return (
        name,
        f"{tally.requests / nights:.0f}",
        f"{tally.not_modified / nights:.0f}",
        f"{full / nights:.0f}",
        f"{full / nights * BYTES / 1e6:.1f}",
        f"{everything.requests / tally.requests:.1f}x",
        f"{tally.stale}",
        f"{100 * tally.stale / tally.pages:.1f}",
    )
