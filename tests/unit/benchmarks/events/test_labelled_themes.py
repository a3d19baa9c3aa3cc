from __future__ import annotations

from typing import Any

from benchmarks.events.labelled_themes import find_themes
from radar.training.labelled_pages import LabelledPage
from tests.event_texts import annotate, event_reader

TEXT = "Die Zinntagung am 5. Mai 2031 galt alten Halden. Alte Sorgen um Halden bleiben."


def _labelled(event: dict[str, Any]) -> LabelledPage:
    page = annotate(TEXT, "de", "2031-05-06")
    record = {
        "text": TEXT,
        "events": [event],
        "_events": [{"surface": "Zinntagung", "event": 0}],
    }
    return LabelledPage(page, event_reader().candidates(page), record)


def test_a_theme_stands_where_its_words_do() -> None:
    labelled = _labelled({"theme": "Halden"})
    first, second = (find_themes(labelled, s) for s in labelled.page.sentences)
    assert [TEXT[p.start : p.end] for p in (*first, *second)] == ["Halden", "Halden"]
