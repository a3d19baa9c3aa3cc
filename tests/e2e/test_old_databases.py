"""An installation of each earlier schema is taken over, and lives on as if it had always been one
of this version.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from indexer.database.engine import newest_schema
from tests.e2e.world import World
from tests.loopback.smtp_sink import said, smtp_sink
from tests.old_databases.installation import KEPT, OldInstallation
from tests.old_databases.site import ADDRESS, HOME, PAST, Site, serve

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1", ADDRESS[0]])]

FILES = sorted(KEPT.glob("*.tar.xz"))
IN_EVERY_RUN = {*FILES[:1], *FILES[1:-1:4], *FILES[-2:]}
"""The first one goes through all migrations; the last ones are those of installations that are kept
up to date. All of them are taken over in `make endurance`.
"""
QUERIES = ("Kupfer", "commodity:nickel", "has:event", "фабрика", "*")


@dataclass
class Lived:
    """An installation after the night that follows the past ones, and that night's messages."""

    world: World
    told: Counter[str]
    found: dict[str, dict[str, object]]
    """Query → address → title and passages of the hit."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Iterator[Lived]:
    """One that this version has made."""
    with smtp_sink() as sink:
        made = OldInstallation(tmp_path_factory.mktemp("fresh"), sink)
        for night in range(1, PAST + 1):
            made.live(night, site)
        yield live_on(made, site)


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(
            file,
            id=file.name.split(".")[0],
            marks=() if file in IN_EVERY_RUN else pytest.mark.endurance,
        )
        for file in FILES
    ],
)
def taken_over(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, site: Site
) -> Iterator[Lived]:
    """One that an earlier version has made."""
    with smtp_sink() as sink:
        old = OldInstallation(tmp_path_factory.mktemp("old"), sink)
        old.take_over(request.param)
        yield live_on(old, site)


def live_on(installation: OldInstallation, site: Site) -> Lived:
    told = installation.live(PAST + 1, site)
    world = installation.world
    return Lived(
        world,
        Counter(said(message) for message in told),
        {query: hits(world, query) for query in QUERIES},
    )


def hits(world: World, query: str) -> dict[str, object]:
    searched = world.radar("search", query, "--limit", "0", "--json")
    return {hit["url"]: (hit["title"], hit["passages"]) for hit in searched.lines}


def documents(lived: Lived) -> dict[str, dict[str, Any]]:
    """Address → what is known of the page as it is now.

    Versions that knew of no moves have followed this one a night later: how it was last requested
    differs for what has moved.
    """
    rows = lived.world.rows(
        "select d.url, d.source, d.moved_to, iif(d.moved_to is null, d.last_outcome, 'moved'), "
        "iif(d.moved_to is null, d.indexed = d.revision, 0), d.text_hash, r.page "
        "from document d join revision r on r.document = d.id and r.number = d.revision"
    )
    return {
        url: {"source": source, "moved": moved, "outcome": outcome, "indexed": indexed}
        | {"words": words, **json.loads(page)}
        for url, source, moved, outcome, indexed, words, page in rows
    }


def test_there_is_one_of_each_schema() -> None:
    """`python -m tests.old_databases` makes the one of a new migration."""
    assert newest_schema() in {file.name.removesuffix(".tar.xz") for file in FILES}


def test_documents_and_their_texts_are_the_same(fresh: Lived, taken_over: Lived) -> None:
    expected, found = documents(fresh), documents(taken_over)
    assert len(expected) == 11
    assert found.keys() == expected.keys()
    for url, document in expected.items():
        assert found[url] == document, url


def test_addresses_are_the_same(fresh: Lived, taken_over: Lived) -> None:
    query = "select url, kind, last_outcome, status, document, gone_since is null from address"
    assert set(taken_over.world.rows(query)) == set(fresh.world.rows(query))


def test_every_match_is_there_once(fresh: Lived, taken_over: Lived) -> None:
    query = (
        "select m.watch, d.url, m.change, m.state, m.first_look, m.passages, m.terms "
        "from match m join document d on d.id = m.document"
    )
    expected = Counter(fresh.world.rows(query))
    assert {change for _, _, change, *_ in expected} == {
        "new-document",
        "added-passage",
        "event-moved",
    }
    assert Counter(taken_over.world.rows(query)) == expected


def test_messages_are_the_same(fresh: Lived, taken_over: Lived) -> None:
    """Also the one that the earlier version could not deliver."""
    for page in ("dritte-nacht", "vierte-nacht", "waechst", "forum"):
        assert f"{HOME}/n/{page}" in "".join(fresh.told)
    assert taken_over.told == fresh.told


def test_events_are_the_same(fresh: Lived, taken_over: Lived) -> None:
    linked = (
        "select d.url, e.number, e.series, e.ordinal, e.first_day, e.last_day, e.facts "
        "from event_document e join document d on d.id = e.document"
    )
    changes = (
        "select change, what, name, old, new, document, evidence, first_look from event_change"
    )
    for query in (linked, changes):
        expected = fresh.world.rows(query)
        assert expected
        assert Counter(taken_over.world.rows(query)) == Counter(expected)


@pytest.mark.parametrize("query", QUERIES)
def test_searches_find_the_same(fresh: Lived, taken_over: Lived, query: str) -> None:
    assert fresh.found[query]
    assert taken_over.found[query] == fresh.found[query]


def test_it_is_in_order(taken_over: Lived) -> None:
    checked = taken_over.world.radar("check")
    assert checked.code == 0, checked.out
