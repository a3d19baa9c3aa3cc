from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from indexer.alerts.account import Account, account_for
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.documents.queries import find_document
from indexer.query import QueryCompiler
from indexer.query.near_miss import Lack
from indexer.records.document import Page
from indexer.records.reference import load_reference
from tests.unit.indexer.record import HOME, Record

WATCH = Watch("clusters", "Clusters", "Cluster* AND Bergbau", ("feed",))


@cache
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), {})


def match(record: Record) -> None:
    sync_watches(record.connection, [WATCH], record.now)
    matcher = Matcher(record.connection, record.run.id, record.now)
    matcher.match([WATCH], compiler(), progress=lambda number: None)


def night(record: Record, text: str | Page, *, watched: bool = True) -> None:
    record.fetch("/a")
    record.read(text)
    if watched:
        match(record)
    record.next_night()


def account(record: Record, watch: Watch = WATCH) -> Account:
    document = find_document(record.connection, tables.document.c.url == f"{HOME}/a")
    assert document is not None
    return account_for(record.connection, watch, document, compiler())


@pytest.fixture
def watching(record: Record) -> Record:
    match(record)
    record.next_night()
    return record


def verdicts(record: Record) -> list[str]:
    return [revision.verdict for revision in account(record).revisions]


def test_a_match_is_shown_with_its_passages_and_what_became_of_it(watching: Record) -> None:
    night(watching, "Ein Clusterplan.\n\nDer Bergbau.")
    found = account(watching)
    assert found.matches
    assert found.nearest is None
    assert [p.text for p in found.passages] == ["Ein Clusterplan.", "Der Bergbau."]
    assert {(t.term, t.found) for t in found.terms} == {("Cluster*", True), ("Bergbau", True)}
    assert [(r.number, r.run) for r in found.revisions] == [(1, 2)]
    assert verdicts(watching) == ["new-document, pending"]


def test_of_no_match_it_says_what_is_lacking(watching: Record) -> None:
    night(watching, "Ein Clusterplan.")
    found = account(watching)
    assert not found.matches
    assert found.nearest is not None
    assert found.nearest.lacks == (Lack("absent", ("Bergbau",)),)
    assert verdicts(watching) == ["the page does not match"]


def test_a_page_that_matches_as_a_whole_is_not_told_for_what_was_added(watching: Record) -> None:
    night(watching, "Ein Clusterplan.")
    night(watching, "Ein Clusterplan.\n\nDer Bergbau.")
    assert account(watching).matches
    assert verdicts(watching) == ["the page does not match", "what was added does not match"]


def test_what_came_before_the_watch_or_has_not_been_looked_at(record: Record) -> None:
    night(record, "Cluster und Bergbau.", watched=False)
    assert verdicts(record) == ["no run has seen the watch yet"]
    match(record)
    assert verdicts(record) == ["it came before the watch"]
    night(record, "Cluster und Bergbau.\n\nMehr Cluster im Bergbau.", watched=False)
    assert verdicts(record) == ["it came before the watch", "not looked at yet: the next run does"]


def test_a_listing_tells_no_news(watching: Record) -> None:
    night(watching, Page(url=None, kind="listing", text="Cluster und Bergbau."))
    assert verdicts(watching) == ["a page of the kind listing tells no news"]


def test_what_was_told_and_came_back_is_no_news(watching: Record) -> None:
    told = "Cluster und Bergbau."
    for text in (told, "Wetter.", f"Wetter.\n\n{told}"):
        night(watching, text)
    assert verdicts(watching) == ["new-document, pending", "what was added does not match"]


def test_the_json_form_has_every_key(watching: Record) -> None:
    night(watching, "Ein Clusterplan.")
    record = account(watching).to_json()
    assert record["nearest_miss"] == {
        "passage": None,
        "lacks": [{"kind": "absent", "terms": ["Bergbau"]}],
    }
    assert record["terms"][0] == {"term": "Cluster*", "excluded": False, "found": True}
    assert set(record["revisions"][0]) == {"revision", "created", "run", "verdict"}


def test_a_change_that_the_watch_does_not_tell_of_is_said_to_be_one(watching: Record) -> None:
    moved = replace(WATCH, tell=("event-moved",))
    watching.fetch("/a")
    watching.read("Ein Clusterplan.\n\nDer Bergbau.")
    sync_watches(watching.connection, [moved], watching.now)
    matcher = Matcher(watching.connection, watching.run.id, watching.now)
    assert matcher.match([moved], compiler(), progress=lambda number: None) == 0
    [revision] = account(watching, moved).revisions
    assert revision.verdict == "the watch does not tell of this: new-document"
    [revision] = account(watching, WATCH).revisions  # Since then it asks for more.
    assert revision.verdict.startswith("its passages were told before, or the watch did not")
