from __future__ import annotations

from typing import Any

import pytest

from benchmarks.labelled_themes import count_themes, find_themes
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue
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


@pytest.mark.parametrize(
    ("event", "read", "wanted"),
    [
        ({"theme": "alten Halden"}, "alte Halden", (1, 1, 1)),
        ({"theme": "alten Halden"}, "Sorgen", (0, 1, 1)),
        ({"theme": "alten Halden"}, None, (0, 0, 1)),
        ({"theme": None}, "Sorgen", (0, 1, 0)),
        ({"theme": None, "theme_alt": ["Sorgen"]}, "Sorgen", (0, 0, 0)),
    ],
)
def test_themes_of_events_are_counted(
    event: dict[str, Any], read: str | None, wanted: tuple[int, int, int]
) -> None:
    labelled = _labelled(event)
    mentions = EventMentions([labelled.candidates[0]])
    found = FoundValue(read, "text", 0, len(read), "themes.cue") if read else None
    counted = count_themes(labelled, [(mentions, found)])
    assert (counted.right, counted.found, counted.labelled) == wanted
