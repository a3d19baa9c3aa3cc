"""Sites that are learnt while their pages come in."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from crawler.parsers.pool import PagePool
from crawler.profiles.learning import SamplePage, learn
from indexer.profiles.learning_due import MOST
from indexer.profiles.profile_records import ProfileRecord, SiteKey, save_profile
from radar.stages.learn_ahead import LearningAhead
from radar.stages.site_profiles import Learnt, SiteProfiles
from tests.unit.crawler.profiles.made_up_site import site
from tests.unit.indexer.conftest import NIGHT

READER = "tests.unit.crawler.parsers.hostile_reader:HostileReader"
KEY = SiteKey("verband", "erz.example.org")
PAGES = site(MOST + 5)


@dataclass
class Crawl:
    """A crawl that hands over pages."""

    connection: sa.Connection
    pool: PagePool[Hashable]
    profiles: SiteProfiles
    ahead: LearningAhead

    def takes(self, pages: list[SamplePage], key: SiteKey = KEY) -> list[bool]:
        """Of each page, whether it waits."""
        return [self.ahead.takes(key, page, NIGHT) for page in pages]


@pytest.fixture
def crawl(connection: sa.Connection, tmp_path: Path) -> Iterator[Crawl]:
    profiles = SiteProfiles(connection)
    with (
        PagePool[Hashable](config=None, workers=1, seconds=20, reader=READER) as pool,
        LearningAhead(pool, profiles, tmp_path) as ahead,
    ):
        yield Crawl(connection, pool, profiles, ahead)


def start_workers(crawl: Crawl) -> None:
    """As they are when the first pages have come in."""
    crawl.pool.call(learn, ()).result()


def test_a_new_site_is_learnt_from_its_first_pages(crawl: Crawl) -> None:
    start_workers(crawl)
    assert crawl.takes(PAGES[:MOST]) == [True] * MOST
    crawl.ahead.finish()
    assert crawl.profiles.unsaved == {KEY: Learnt(learn(PAGES[:MOST]), MOST)}
    assert crawl.takes(PAGES[MOST:]) == [False] * 5
    url = PAGES[0].raw.url or ""
    assert crawl.profiles.of("verband", url) == learn(PAGES[:MOST])
    assert crawl.profiles.of("another", url) is None


def test_too_few_pages_are_left(crawl: Crawl) -> None:
    start_workers(crawl)
    assert crawl.takes(PAGES[: MOST - 1]) == [True] * (MOST - 1)
    crawl.ahead.finish()
    assert crawl.profiles.unsaved == {}


def test_before_there_are_workers_nobody_waits_for_them(crawl: Crawl) -> None:
    assert crawl.takes(PAGES) == [True] * len(PAGES)
    assert crawl.profiles.unsaved == {}
    start_workers(crawl)
    crawl.takes(PAGES[:1])
    crawl.ahead.finish()
    assert crawl.profiles.unsaved.keys() == {KEY}


def test_however_workers_are_timed_the_same_is_learnt(crawl: Crawl) -> None:
    crawl.takes(PAGES)
    crawl.ahead.finish()
    assert crawl.profiles.unsaved == {KEY: Learnt(learn(PAGES[:MOST]), MOST)}


def test_pages_of_a_known_site_do_not_wait(crawl: Crawl) -> None:
    profile = learn(PAGES)
    assert profile is not None
    record = ProfileRecord(*KEY, 1, profile.digest, profile.to_json(), MOST, NIGHT)
    save_profile(crawl.connection, record)
    assert crawl.takes(PAGES[:3]) == [False] * 3
    assert crawl.takes(PAGES[:3], SiteKey("verband", "other.example.org")) == [True] * 3


def test_of_a_site_that_teaches_nothing_the_rest_does_not_wait(crawl: Crawl) -> None:
    start_workers(crawl)
    crawl.takes(PAGES[:1] * MOST)
    crawl.ahead.finish()
    assert crawl.profiles.unsaved == {KEY: Learnt(None, MOST)}
    assert crawl.takes(PAGES[:1]) == [False]
