"""Five partner sites over six nights, with a referee of what is fetched and how politely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.e2e.newsroom import NIGHTS
from tests.e2e.world import World, source
from tests.loopback.partners import CONTACT, KINDS, STOCK, Partner, partner_sites
from tests.loopback.referee import Promise, offences
from tests.loopback.site import Answer, Asked, LoopbackSite

pytestmark = pytest.mark.slow

BUSY, UNSURE = 3, 4
"""Night on which the press is overloaded, and on which the association's robots.txt is broken."""


@dataclass
class Nights:
    """What happened, night by night (the first is number 1)."""

    world: World
    partners: dict[str, Partner]
    summaries: list[dict[str, Any]] = field(default_factory=list)
    offences: list[dict[str, list[str]]] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    """Paths in order, by site."""

    def run(self, *options: str) -> None:
        """One more night."""
        number = len(self.summaries)
        for partner in self.partners.values():
            partner.night(number, NIGHTS[number])
        if number + 1 == BUSY:
            self._overload(self.partners["press"])
        if number + 1 == UNSURE:
            self.partners["association"].site.answer("/robots.txt", Answer(b"", 503))
        ended = self.world.radar("run", "--json", "--now", NIGHTS[number].isoformat(), *options)
        self.summaries.append(ended.summary)
        self.offences.append(
            {name: offences(p.site, p.promise) for name, p in self.partners.items()}
        )
        self.asked.append({name: p.site.paths() for name, p in self.partners.items()})
        self.partners["association"].site.text("/robots.txt", "User-agent: *\n")

    def _overload(self, press: Partner) -> None:
        """Every page says that there have been too many requests."""
        slow_down = Answer(b"slow down", 429, {"Retry-After": "3600"})
        for story in press.stories:
            press.site.answer(story.path, slow_down)

    def outcomes(self, night: int, partner: str) -> dict[str, str]:
        """Path → outcome of a site's pages in a night."""
        url = self.partners[partner].url
        found = self.world.outcomes(night)
        return {u.removeprefix(url): o for u, o in found.items() if u.startswith(url + "/")}

    def state(self, night: int, partner: str) -> str:
        """How the crawl of the site went."""
        return str(self.summaries[night - 1]["sources"][partner]["state"])


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    with partner_sites() as partners:
        world = World(tmp_path_factory.mktemp("partners"))
        ways = {
            "ministry": {},  # found through its robots.txt
            "press": {"feeds": [{"url": partners["press"].url + "/feed"}]},
            "association": {"listings": [{"url": partners["association"].url + "/presse"}]},
            "agency": {"sitemaps": [{"url": partners["agency"].url + "/sitemap.xml"}]},
            "survey": {"feeds": [{"url": partners["survey"].url + "/feed"}]},
        }
        world.configure(
            [source(name, partners[name].url + "/", delay=0.1, **ways[name]) for name in KINDS],
            crawler={"contact": CONTACT},
        )
        done = Nights(world, partners)
        for _ in range(5):
            done.run()
        done.run("--all")
        yield done


def test_nobody_was_troubled(nights: Nights) -> None:
    broken = {
        (number, name): told
        for number, by_site in enumerate(nights.offences, start=1)
        for name, told in by_site.items()
        if told
    }
    assert broken == {}


@pytest.mark.parametrize("name", KINDS)
def test_the_first_night_brings_all_stories(nights: Nights, name: str) -> None:
    found = nights.outcomes(1, name)
    assert {f"/m/{n}" for n in range(STOCK)} <= found.keys()
    assert Counter(found[f"/m/{n}"] for n in range(STOCK)) == {"new": STOCK}


@pytest.mark.parametrize("name", KINDS)
def test_the_second_night_brings_what_is_new_and_what_changed(nights: Nights, name: str) -> None:
    found = nights.outcomes(2, name)
    told = {o: {p for p, one in found.items() if one == o} for o in ("new", "changed")}
    assert told == {"new": {f"/m/{STOCK}"}, "changed": {f"/m/{STOCK - 1}"}}


@pytest.mark.parametrize("name", KINDS)
def test_no_revision_without_a_change_of_the_text(nights: Nights, name: str) -> None:
    """Counters, tokens and dates of sitemaps are no news."""
    partner = nights.partners[name]
    rows = nights.world.rows("select url, revision from document where source = ?", name)
    revisions = {url.removeprefix(partner.url): number for url, number in rows}
    for story in partner.stories:
        assert revisions.get(story.path, 1) <= 1 + len(story.added), story.path


def test_where_the_site_says_what_changed_nothing_is_stale(nights: Nights) -> None:
    partner = nights.partners["ministry"]
    shown = nights.world.radar("show", "--all", "--json").lines
    text = {d["url"]: d["text"] for d in shown}
    for story in partner.stories:
        for paragraph in story.added:
            assert paragraph in text[partner.url + story.path]


def test_and_little_is_asked_for(nights: Nights) -> None:
    """New and changed pages, and fewer and fewer to see whether the sitemap can be believed."""
    asked = [
        len([p for p in night["ministry"] if p.startswith("/m/")]) for night in nights.asked[1:5]
    ]
    known = [STOCK + night for night in range(1, 5)]
    assert sum(asked) <= 0.6 * sum(known)


def test_too_many_requests_end_the_night_of_the_site(nights: Nights) -> None:
    assert nights.state(BUSY, "press") == "blocked"
    pages = [p for p in nights.asked[BUSY - 1]["press"] if p.startswith("/m/")]
    assert len(pages) == 1
    assert nights.state(BUSY + 1, "press") == "ok"


def test_without_rules_nothing_is_asked_for(nights: Nights) -> None:
    """robots.txt that can't be had means: don't; rules of the day before still hold."""
    asked = set(nights.asked[UNSURE - 1]["association"])
    known = nights.state(UNSURE, "association") == "ok"
    assert known or asked == {"/robots.txt"}
    assert nights.state(UNSURE + 1, "association") == "ok"


def test_a_page_that_moved_and_one_that_went(nights: Nights) -> None:
    outcomes = [nights.outcomes(night, "survey") for night in (3, 4, 5, 6)]
    moved = [o["/m/0"] for o in outcomes if "/m/0" in o]
    assert moved[0] == "moved"
    gone = [o["/m/1"] for o in outcomes if "/m/1" in o]
    assert gone[:2] == ["http-error", "gone"]


def test_the_referee_sees_offences() -> None:
    """Requests that break every rule."""
    polite = {"user-agent": f"bot (+{CONTACT})"}
    with LoopbackSite() as site:
        site.asked += [
            Asked("/a", {"user-agent": "x"}, 1.0),
            Asked("/robots.txt", polite, 1.05),
            Asked("/intern/b", polite, 1.5),
        ]
        site.most_in_flight = 2
        told = offences(site, Promise(0.1, ("/intern/",), CONTACT))
    assert told == [
        "2 requests at once",
        "/robots.txt came 0.050 s after /a",
        "/intern/b is disallowed",
        "/a was asked for by 'x'",
        "/a was asked for before robots.txt",
    ]
