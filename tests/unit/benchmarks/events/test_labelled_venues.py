from __future__ import annotations

from typing import Any

import pytest

from benchmarks.events.labelled_venues import count_venues, find_houses
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue
from radar.training.labelled_pages import LabelledPage
from tests.event_texts import annotate, event_reader

TEXT = (
    "Die Zinntagung am 5. Mai 2031 fand im Haus der Bergbaukammer in Jena statt."
    " Das Haus der Bergbaukammer ist alt."
)


def _labelled(place: dict[str, Any], *bodies: tuple[str, str]) -> LabelledPage:
    page = annotate(TEXT, "de", "2031-05-06")
    record = {
        "text": TEXT,
        "events": [{"place": place}],
        "_events": [{"surface": "Zinntagung", "event": 0}],
        "_orgs": [{"surface": surface, "role": role} for surface, role in bodies],
    }
    return LabelledPage(page, event_reader().candidates(page), record)


@pytest.mark.parametrize(
    ("place", "body", "wanted"),
    [
        (
            {"venue": "Haus der Bergbaukammer"},
            ("Bergbaukammer", "none"),
            ["Haus der Bergbaukammer"],
        ),
        (
            {"venue": "Haus der Bergbaukammer"},
            ("Bergbaukammer", "venue"),
            ["Haus der Bergbaukammer"],
        ),
        ({"venue": None}, ("Bergbaukammer", "venue"), ["Bergbaukammer"]),
        ({"venue": None}, ("Bergbaukammer", "organiser"), []),
    ],
)
def test_the_houses_of_a_sentence(
    place: dict[str, Any], body: tuple[str, str], wanted: list[str]
) -> None:
    labelled = _labelled(place, body)
    found = find_houses(labelled, labelled.page.sentences[0])
    assert [TEXT[p.start : p.end] for p in found] == wanted


@pytest.mark.parametrize(
    ("place", "house", "wanted"),
    [
        ({"venue": "Haus der Bergbaukammer"}, "Haus der Bergbaukammer", (1, 1, 1)),
        ({"venue": "Haus der Bergbaukammer"}, "Rathaus", (0, 1, 1)),
        ({"venue": "Haus der Bergbaukammer"}, None, (0, 0, 1)),
        ({"venue": None}, "Rathaus", (0, 1, 0)),
        ({"venue": None, "venue_alt": ["Rathaus"]}, "Rathaus", (0, 0, 0)),
        ({"venue": None}, None, (0, 0, 0)),
    ],
)
def test_houses_are_counted_by_event(
    place: dict[str, Any], house: str | None, wanted: tuple[int, int, int]
) -> None:
    labelled = _labelled(place)
    event = EventMentions(list(labelled.candidates[:1]))
    found = FoundValue(house, "text", 0, 1, "placing.venue") if house else None
    counted = count_venues(labelled, [(event, found)])
    assert (counted.right, counted.found, counted.labelled) == wanted
