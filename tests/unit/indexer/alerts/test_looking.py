"""What watches match is found before they are locked, and looked at again where they changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from indexer.alerts import matching
from indexer.alerts.looking import Looked
from indexer.alerts.matching import Matcher
from indexer.alerts.watches import Watch, sync_watches
from indexer.database import tables
from indexer.query import QueryCompiler
from indexer.records.reference import NO_REFERENCE
from tests.unit.indexer.record import Record

COMPILER = QueryCompiler(NO_REFERENCE, {})
TIN, LEAD = Watch("tin", "Tin", "Zinn", ("feed",)), Watch("lead", "Lead", "Blei", ("feed",))


@pytest.fixture
def matcher(record: Record) -> Matcher:
    """Two watches that have not seen two pages."""
    sync_watches(record.connection, [TIN, LEAD], record.now)
    for path, text in (("/a", "Zinn wird knapp."), ("/b", "Kupfer wird knapp.")):
        record.fetch(path)
        record.read(text)
    return Matcher(record.connection, record.run.id, record.now)


def look(matcher: Matcher) -> Looked:
    return matcher.look([TIN, LEAD], COMPILER, progress=lambda number: None)


def test_it_says_which_revisions_are_news_to_which_watch_and_writes_nothing(
    matcher: Matcher,
) -> None:
    looked = look(matcher)
    assert [list(found) for found in looked.explained.values()] == [["tin"]]
    assert not matcher.connection.execute(tables.match.select()).all()


@pytest.mark.parametrize(
    ("tin", "again", "matches"),
    [
        (TIN, 0, 1),
        (replace(TIN, name="Other", channels=()), 0, 1),
        (replace(TIN, query="knapp"), 1, 2),
        (replace(TIN, tell=("event-moved",)), 1, 0),
    ],
    ids=["same", "name and channels", "query", "changes told"],
)
def test_what_was_looked_at_is_looked_at_again_only_for_other_watches(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, tin: Watch, again: int, matches: int
) -> None:
    looked = look(matcher)
    looks: list[int] = []
    as_it_is = getattr(matching, "look")  # noqa: B009

    def counted(*given: Any) -> Any:
        looks.append(1)
        return as_it_is(*given)

    monkeypatch.setattr(matching, "look", counted)
    found = matcher.match([tin, LEAD], COMPILER, progress=lambda number: None, looked=looked)
    assert (len(looks), found) == (again, matches)
