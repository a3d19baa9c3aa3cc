"""A change of a topic shows what it would have told and untold."""

from __future__ import annotations

from indexer.alerts.effect import effect
from indexer.alerts.watches import Watch
from indexer.query import QueryCompiler
from indexer.query.topics import Topic
from indexer.records.reference import load_reference
from tests.unit.indexer.record import Record

WATCH = Watch("w", "W", "topic:metals", ("feed",))


def compiler(*terms: str) -> QueryCompiler:
    topic = Topic("metals", "Metals", {"de": terms}, {"de": ("Zinnober",)})
    return QueryCompiler(load_reference(), {"metals": topic})


def test_what_is_told_besides_and_what_no_more(record: Record) -> None:
    for path, text in (("/a", "Zinn wird knapp."), ("/b", "Blei auch."), ("/c", "Erz und Zinn.")):
        record.fetch(path)
        record.read(text)
    record.run.finish(record.now, {})
    found = effect(
        record.connection, WATCH, compiler("Zinn"), compiler("Blei", "Erz"), 90, source_names={}
    )
    assert [alert.url[-2:] for alert in found.added] == ["/b"]
    assert [alert.url[-2:] for alert in found.removed] == ["/a"]
    assert found.to_json()["before"] == found.to_json()["after"] == 2


def test_no_change_has_no_effect(record: Record) -> None:
    record.fetch("/a")
    record.read("Zinn wird knapp.")
    found = effect(
        record.connection, WATCH, compiler("Zinn"), compiler("Zinn"), 90, source_names={}
    )
    assert (found.added, found.removed) == ([], [])
