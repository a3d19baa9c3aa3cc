"""The editions of a series, whatever language names it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from indexer.events.listing import ListedEvent
from indexer.query.naming import Naming
from search_api.names.series import SeriesReader


def test_an_edition_that_another_page_calls_otherwise_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = [
        ListedEvent("a", "VI", series="День меди", ordinal=6, further_series=("Kupfertag",)),
        ListedEvent("b", "VII", series="Kupfertag", ordinal=7),
        ListedEvent("c", "VIII", series="Zinntag", ordinal=8),
    ]
    monkeypatch.setattr("search_api.names.series.every_hit", lambda *_: [])
    archive: Any = SimpleNamespace(events_told_by=lambda _: events)
    naming: Any = SimpleNamespace(value=lambda _, name: name.lower(), in_full=lambda *_: {})
    reader = SeriesReader(search=archive, archive=archive, naming=naming)
    assert [edition.ordinal for edition in reader.editions("kupfertag")] == [6, 7]


def test_an_edition_of_the_series_in_short_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    full = "Mitgliederversammlung des Verbands"
    events = [
        ListedEvent("a", "Mitgliederversammlung", series=full, start="2031-05-03"),
        ListedEvent("b", "Nächste Mitgliederversammlung", series="Mitgliederversammlung"),
        ListedEvent("c", "Zinntag", series="Zinntag"),
    ]
    monkeypatch.setattr("search_api.names.series.every_hit", lambda *_: [])
    archive: Any = SimpleNamespace(events_told_by=lambda _: events)
    reader = SeriesReader(search=archive, archive=archive, naming=Naming())
    editions = reader.editions(Naming().value("series", full))
    assert [edition.event and edition.event.id for edition in editions] == ["a", "b"]
