"""The stage learn: what it learns from, what it has read again, and what becomes of failures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crawler.parsers.pool import PagePool
from crawler.parsers.raw_page import RawPage
from crawler.profiles import SiteProfile
from crawler.profiles.learning import SamplePage, learn
from indexer.documents.queries import outdated_documents
from indexer.frontier.fetches import Fetch
from indexer.frontier.port import Link
from indexer.health.judgement import Redesign
from indexer.health.statistics import source_statistics
from indexer.profiles.profile_records import ProfileRecord, SiteKey, empty_profiles, find_profile
from indexer.records.errors import ParseError
from radar.stages.learn import BYTES, Learning
from radar.stages.site_profiles import Learnt, SiteProfiles
from tests.unit.crawler.profiles.made_up_site import page
from tests.unit.indexer.conftest import NIGHT
from tests.unit.indexer.record import HOME, Record
from tests.unit.radar.stages.hostile_learner import end_the_worker

READER = "tests.unit.crawler.parsers.hostile_reader:HostileReader"
KEY = SiteKey("partner", "partner.example")
NAMES = [("kopf", "top"), ("leiste", "side"), ("mitte", "main"), ("wann", "at"), ("fuss", "end")]
"""Classes of the site, and what they are called after a redesign."""


@dataclass
class Nights:
    """Nights of one site."""

    record: Record
    pool: PagePool[Hashable]
    number: int = 0
    redesigned: bool = False
    archive: Callable[[str], RawPage] | None = None
    """In place of the archive's answers: address → page."""

    def fetch(self, pages: int) -> None:
        """So many new pages are fetched."""
        for _ in range(pages):
            self.record.fetch(f"/news/{self.number}-title")
            self.number += 1

    def raw_page(self, fetch: Fetch) -> RawPage:
        if self.archive is not None:
            return self.archive(fetch.final_url)
        number = int(fetch.final_url.rpartition("/")[2].partition("-")[0])
        html = (page(number).raw.body or b"").decode()
        for old, new in NAMES if number >= 100 else ():
            html = html.replace(f'class="{old}"', f'class="{new}"')
        return RawPage(body=html.encode(), url=fetch.final_url)

    def learn(self, profiles: SiteProfiles | None = None) -> list[str]:
        """The stage."""
        known = profiles or SiteProfiles(self.record.connection)
        stage = Learning(self.record.connection, self.pool, known, self.raw_page, self.record.now)
        return stage.learn()

    def read(self) -> None:
        """The stage extract, and the night is over."""
        waiting = self.record.connection.exec_driver_sql(
            "select count(*) from fetch where state = 'pending'"
        ).scalar_one()
        self.record.read(*(f"Text {n} of the night {self.record.now}." for n in range(waiting)))
        self.record.next_night()

    def kept(self) -> ProfileRecord:
        found = find_profile(self.record.connection, KEY)
        assert found is not None
        return found

    def again(self) -> int:
        """Documents that are to be extracted again."""
        return len(outdated_documents(self.record.connection, 1, "", 1_000))


@pytest.fixture
def nights(connection: sa.Connection) -> Iterator[Nights]:
    with PagePool[Hashable](config=None, workers=1, seconds=20, reader=READER) as pool:
        yield Nights(Record(connection, NIGHT), pool)


def test_a_site_is_learnt_as_it_grows_and_read_again_only_then(nights: Nights) -> None:
    found = []
    for pages in (2, 1, 1, 9, 40, 5):
        nights.fetch(pages)
        nights.learn()
        record = find_profile(nights.record.connection, KEY)
        found.append((record.pages if record else None, nights.again()))
        nights.record.connection.exec_driver_sql("update revision set extractor = 1")
        nights.read()
    # from 3 (2 of them read already), not from 4, from 13, from 30 of 53
    assert found[0] == (None, 0)
    assert found[1] == (3, 2)
    assert found[2] == (3, 0)
    assert found[3] == (13, 4)
    assert found[4][0] == 30
    assert found[5] == (30, 0)


def test_it_knows_what_discovery_says_of_the_date(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[SamplePage] = []
    nights.record.ledger.add("partner", Link(f"{HOME}/news/1-title", published="2026-02-27"))
    nights.fetch(3)

    def learn_nothing(function: object, lesson: Any) -> Any:
        given.extend(lesson.pages)
        return _none()

    monkeypatch.setattr(nights.pool, "call", learn_nothing)
    nights.learn()
    assert {p.raw.url: p.published for p in given} == {
        f"{HOME}/news/0-title": None,
        f"{HOME}/news/1-title": "2026-02-27",
        f"{HOME}/news/2-title": None,
    }
    assert {p.fetched for p in given} == {NIGHT.date()}


def _none() -> Future[None]:
    answered: Future[None] = Future()
    answered.set_result(None)
    return answered


def test_answers_that_the_archive_does_not_give_are_left_out(nights: Nights) -> None:
    def archive(url: str) -> RawPage:
        number = int(url.rpartition("/")[2].partition("-")[0])
        if number == 0:
            raise ParseError("damaged", reason="damaged")
        if number == 1:
            return RawPage(body=b" " * (BYTES + 1), url=url)
        if number == 2:
            return RawPage(text="Only text.", url=url)
        return page(number).raw

    nights.archive = archive
    nights.fetch(6)
    nights.learn()
    assert nights.kept().pages == 3


def test_a_failure_costs_no_page_and_keeps_what_was_known(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights.fetch(5)
    nights.learn()
    nights.read()
    before = nights.kept()
    monkeypatch.setattr("radar.stages.learn.study", end_the_worker)
    nights.fetch(10)
    nights.learn()
    after = nights.kept()
    assert (after.content, after.digest) == (before.content, before.digest)
    assert after.pages == 15
    assert (after.reason or "").startswith("crashed: ")
    assert nights.again() == 0
    profiles = SiteProfiles(nights.record.connection)
    assert profiles.of("partner", HOME) is not None


def test_a_site_that_can_not_be_learnt_is_read_without(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("radar.stages.learn.study", end_the_worker)
    nights.fetch(5)
    profiles = SiteProfiles(nights.record.connection)
    assert nights.learn(profiles) == []
    assert nights.kept().content is None
    assert (nights.kept().reason or "").startswith("crashed: ")
    assert profiles.of("partner", HOME) is None


def test_another_layout_is_noticed_and_learnt_from_its_own_pages(nights: Nights) -> None:
    nights.fetch(40)
    nights.learn()
    nights.read()
    old = nights.kept()
    nights.number = 100
    nights.fetch(7)
    profiles = SiteProfiles(nights.record.connection)
    nights.learn(profiles)
    new = nights.kept()
    assert (new.pages, new.redesigned) == (7, nights.record.now)
    assert new.digest != old.digest
    assert nights.again() == 0  # what was read before is of the old layout
    later, earlier = nights.record.now, NIGHT
    assert profiles.of("partner", HOME, later) == SiteProfile.from_json(new.content or {})
    assert profiles.of("partner", HOME, earlier) is None
    nights.read()
    nights.fetch(7)
    nights.learn()
    assert (nights.kept().pages, nights.again()) == (14, 7)


def test_a_new_layout_that_a_clock_ahead_has_noticed_is_that_of_the_nights_after(
    nights: Nights,
) -> None:
    nights.fetch(40)
    nights.learn()
    nights.read()
    right = nights.record.now
    nights.record.next_night(days=3650)
    nights.number = 100
    nights.fetch(7)
    nights.learn()
    assert nights.kept().redesigned == nights.record.now
    nights.read()
    nights.record.now = right
    nights.record.begin()
    nights.fetch(7)
    profiles = SiteProfiles(nights.record.connection, right)
    nights.learn(profiles)
    learnt = nights.kept()
    assert (learnt.pages, nights.again()) == (14, 7)
    assert profiles.of("partner", HOME, right) == SiteProfile.from_json(learnt.content or {})
    assert profiles.of("partner", HOME, NIGHT) is None
    told = source_statistics_of_layout(nights, right)
    assert [each.day for each in told] == [right.date()]
    assert source_statistics_of_layout(nights, right + timedelta(days=8)) == []


def source_statistics_of_layout(nights: Nights, moment: datetime) -> Sequence[Redesign]:
    nights.record.run.record_source("partner", "ok", None, moment)
    return source_statistics(nights.record.connection, "partner").redesigns


def test_a_new_layout_of_which_pages_come_one_by_one(nights: Nights) -> None:
    nights.fetch(40)
    nights.learn()
    nights.read()
    nights.number = 100
    began = nights.record.now
    states = []
    for _ in range(5):
        nights.fetch(1)
        nights.learn()
        states.append(nights.kept().redesigned)
        nights.read()
    assert states == [None, None, None, began, began]


def test_what_was_learnt_in_the_crawl_is_kept(nights: Nights) -> None:
    nights.fetch(40)
    profile = learn([page(n) for n in range(30)])
    profiles = SiteProfiles(nights.record.connection)
    profiles.unsaved[KEY] = Learnt(profile, 30)
    nights.learn(profiles)
    assert profile is not None
    assert (nights.kept().pages, nights.kept().content) == (30, profile.to_json())
    assert profiles.unsaved == {}
    assert profiles.of("partner", HOME, nights.record.now) == profile


def test_what_is_forgotten_is_learnt_again_from_what_is_left(nights: Nights) -> None:
    nights.fetch(40)
    nights.learn()
    nights.read()
    before = nights.kept()
    empty_profiles(nights.record.connection, [f"{HOME}/news/3-title"])
    nights.fetch(1)
    nights.learn()
    assert nights.kept().content is not None
    assert nights.again() == (0 if nights.kept().digest == before.digest else 40)


def test_a_profile_that_this_version_can_not_use_is_told_and_replaced(nights: Nights) -> None:
    nights.fetch(5)
    nights.learn()
    nights.read()
    for content in ("'{}'", "json_set(content, '$.version', 99)", "'[1, 2]'"):
        nights.record.connection.exec_driver_sql(f"update site_profile set content = {content}")  # noqa: S608
        nights.fetch(1)
        [told] = nights.learn()
        assert told.startswith("partner.example (partner): ")
        assert "site profile" in told
        assert isinstance(SiteProfile.from_json(nights.kept().content or {}), SiteProfile)
        nights.read()
