"""What the table of watches knows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter, ValidationError

from indexer.alerts.watches import CHANGES, Watch, sync_watches, watches_behind
from tests.unit.indexer.alerts.test_matching import WATCH, match
from tests.unit.indexer.record import Record


def test_revisions_that_an_active_watch_has_not_seen_are_work_left(record: Record) -> None:
    """A run may end between the search index and the watches, on a full disk for one."""
    match(record, WATCH)
    assert not watches_behind(record.connection)
    record.fetch("/a")
    record.read("Ein Satz.")
    assert watches_behind(record.connection) == {WATCH.id}
    match(record, WATCH)
    assert not watches_behind(record.connection)
    record.fetch("/b")
    record.read("Noch ein Satz.")
    sync_watches(record.connection, [], record.now)
    assert not watches_behind(record.connection)


def read(**keys: object) -> Watch:
    given = {"id": "w", "name": "W", "channels": ["feed"], **keys}
    context = {"check_channel": lambda name: name}
    watch: Watch = TypeAdapter(Watch).validate_python(given, context=context)
    return watch


def test_filters_narrow_the_query_or_stand_for_it() -> None:
    assert read(query="Zinn OR Blei").whole_query == "Zinn OR Blei"
    assert read(query="Zinn OR Blei", languages=["de", "ru"], countries=["KZ"]).whole_query == (
        "(Zinn OR Blei) AND (lang:de OR lang:ru) AND (country:KZ)"
    )
    assert read(topics=["plans"], kinds=["event"]).whole_query == "(topic:plans) AND (kind:event)"
    with pytest.raises(ValidationError, match="query"):
        read(languages=[])


@pytest.mark.parametrize(
    "keys", [{"languages": ["german"]}, {"countries": ["Mars"]}, {"tell": ["all"]}, {"tell": []}]
)
def test_filters_and_what_is_told_are_checked(keys: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(query="Zinn", **keys)


def test_a_watch_that_was_kept_before_there_were_filters_has_none() -> None:
    kept = {"id": "w", "name": "W", "query": "Zinn", "channels": ["feed"]}
    watch = Watch.from_json(kept)
    assert (watch.whole_query, watch.tell) == ("Zinn", CHANGES)
    narrow = replace(watch, sources=("a", "b"), tell=("event-moved",))
    assert Watch.from_json(narrow.to_json()) == narrow


def test_a_watch_may_first_report_all_that_there_is(record: Record) -> None:
    record.fetch("/a")
    record.read("Ein Clusterplan.")
    assert match(record, replace(WATCH, report_days=999_999)) == 1
