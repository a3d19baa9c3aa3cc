"""The main job over two nights of the demo sites, and the options of `radar run`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from radar.demo import NIGHTS
from tests.e2e.counted_sites import CountedSites, counted_sites
from tests.e2e.world import Ended, World

HOUR = timedelta(hours=1)


@dataclass
class Nights:
    """The world after two nights, and what was done in between."""

    world: World
    sites: CountedSites
    first: Ended
    again: Ended
    limited: Ended
    second: Ended
    everything: Ended
    requests: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    world = World(tmp_path_factory.mktemp("nights"))
    requests: dict[str, int] = {}

    def run(name: str, *options: str) -> Ended:
        sites.watch(None)
        ended = world.radar("run", "--json", *options)
        requests[name] = sites.requests
        return ended

    with counted_sites() as sites:
        sites.sites.write_configuration(world.config)
        first = run("first", "--now", NIGHTS[1].isoformat())
        again = run("again", "--now", NIGHTS[1].isoformat())
        sites.sites.night(2)
        limited = run("limited", "--now", NIGHTS[2].isoformat(), "--limit", "2", "demo-press")
        second = run("second", "--now", NIGHTS[2].isoformat())
        later = (NIGHTS[2] + HOUR).isoformat()
        everything = run("everything", "--now", later, "--all", "demo-ministry")
        yield Nights(world, sites, first, again, limited, second, everything, requests)


def test_the_first_night_asks_for_every_page_once(nights: Nights) -> None:
    outcomes = nights.world.outcomes(1)
    kinds = dict(nights.sites.sites.kinds)
    later = {url for url in kinds if url.endswith("/1325/")}  # stands there from the second night
    assert set(outcomes) == set(kinds) - later
    assert nights.first.code == 0
    by_kind = {
        kind: {outcomes[url] for url, k in kinds.items() if k == kind and url in outcomes}
        for kind in set(kinds.values())
    }
    assert by_kind["article"] <= {"new", "duplicate"}
    assert by_kind["overview"] == {"new"}
    assert by_kind["missing"] == {"http-error"}
    assert by_kind["soft-404"] == {"soft-404"}
    assert by_kind["disallowed"] == {"robots"}
    assert by_kind["redirect"] | by_kind["duplicate"] <= {"new", "duplicate"}
    assert Counter(outcomes.values())["duplicate"] == 2


def test_discovery_is_counted_apart(nights: Nights) -> None:
    summary = nights.first.summary
    asked = nights.world.rows("select url from visit where run = 1 and kind = 'discovery'")
    assert sum(summary["discovery"].values()) == len(asked)
    pages = set(nights.sites.sites.kinds)
    assert not pages & {url for (url,) in asked}
    assert set(summary["sources"]) == {"demo-association", "demo-ministry", "demo-press"}
    assert {s["state"] for s in summary["sources"].values()} == {"ok"}


def test_every_document_is_indexed(nights: Nights) -> None:
    first = nights.first.summary
    assert first["indexed"] == first["revisions"] == first["outcomes"]["new"]
    hits = nights.world.radar("search", "*", "--limit", "0", "--json").lines
    shown = nights.world.radar("show", "--all", "--json").lines
    assert {h["id"] for h in hits} == {d["id"] for d in shown}


def test_a_second_run_at_once_asks_for_no_page(nights: Nights) -> None:
    assert nights.again.code == 0
    summary = nights.again.summary
    assert summary["outcomes"] == {}
    assert [summary[k] for k in ("revisions", "indexed", "matches", "sent")] == [0, 0, 0, 0]
    discovery = sum(summary["discovery"].values())
    assert nights.requests["again"] == discovery


def test_limit_and_a_named_source(nights: Nights) -> None:
    summary = nights.limited.summary
    assert set(summary["sources"]) == {"demo-press"}
    assert sum(summary["outcomes"].values()) == 2


def test_the_second_night_finds_what_is_new(nights: Nights) -> None:
    both = Counter(nights.limited.summary["outcomes"]) + Counter(nights.second.summary["outcomes"])
    assert both["new"] == 1
    assert both["changed"] == 2
    # All but what the ministry's sitemap says has not changed since: of that an audit is asked for.
    assert 20 <= both["not-modified"] + both["unchanged"] + both["duplicate"] < 34
    matches = nights.world.radar("watch", "matches", "cluster-strategies", "--json").lines
    fresh = [m for m in matches if not m["first_look"]]
    assert len(fresh) == 2
    assert {m["change"] for m in fresh} == {"new-document", "added-passage"}
    assert {m["state"] for m in matches} == {"sent"}


def test_all_asks_for_every_known_page(nights: Nights) -> None:
    outcomes = nights.everything.summary["sources"]["demo-ministry"]["outcomes"]
    ministry = [u for u in nights.sites.sites.kinds if "/ru/news/" in u]
    assert sum(outcomes.values()) == len(ministry)
    assert outcomes["not-modified"] >= len(ministry) - 4
    assert nights.everything.summary["revisions"] == 0


def test_matches_have_the_shape_of_the_contract(nights: Nights) -> None:
    matches = nights.world.radar("watch", "matches", "cluster-strategies", "--json").lines
    keys = {"watch", "run", "url", "story", "passages", "terms", "change", "state", "reason"}
    for match in matches:
        assert keys <= set(match)
        assert len(match["story"]) == 16
        assert match["terms"]
        for passage in match["passages"]:
            assert set(passage) == {"text", "marks"}
            for start, end in passage["marks"]:
                assert 0 <= start < end <= len(passage["text"])


def test_each_run_has_a_log(nights: Nights) -> None:
    logs = sorted((nights.world.home / "log").glob("run-*.log"))
    assert len(logs) == 5
    assert "run_finished" in logs[0].read_text(encoding="utf-8")


# -- one stage at a time


def test_stages_one_by_one_come_to_the_same(tmp_path: Path, nights: Nights) -> None:
    nights.sites.sites.night(1)
    world = World(tmp_path)
    nights.sites.sites.write_configuration(world.config)
    told = {}
    stages = ("deliver", "crawl", "extract", "index", "match", "deliver")
    # Minutes apart: what one stage has made is due for the next one, however long it took.
    for minutes, stage in enumerate(stages):
        now = (NIGHTS[1] + timedelta(minutes=minutes)).isoformat()
        ended = world.radar("run", "--only", stage, "--json", "--now", now)
        assert ended.code == 0, ended.err
        told[stage] = ended.summary
    assert told["crawl"]["outcomes"]["fetched"] == 39
    assert [told["crawl"][k] for k in ("revisions", "indexed", "matches", "sent")] == [0, 0, 0, 0]
    whole = nights.first.summary
    assert told["extract"]["revisions"] == whole["revisions"]
    assert told["extract"]["discovery"] == {}
    assert told["index"]["indexed"] == whole["indexed"]
    assert told["match"]["matches"] == whole["matches"]
    assert told["deliver"]["sent"] == whole["sent"]
    assert world.rows("select count(*) from visit where outcome = 'fetched' and kind = 'page'") == [
        (0,)
    ]
