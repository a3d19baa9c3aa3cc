"""The choice of the towns of events by a trained model."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.event_towns import choose_towns
from crawler.parsers.events.values.place_mentions import PlaceMentions
from crawler.parsers.events.values.town_measures import RuledTown, TownMeasures, find_towns
from indexer.records.reference import load_reference
from tests.event_texts import annotate, event_reader

TEXT = "Das Forum am 4. Mai in Jena ist vorbei. In Bonn freut man sich."


@pytest.mark.parametrize(
    ("weights", "threshold", "ruled_town", "chosen"),
    [
        ({"in.same": 3.0}, 0.0, None, ["Jena"]),
        ({"in.same": 3.0}, 4.0, None, []),
        ({"in.same": 3.0}, 0.0, "Bonn", ["Jena"]),
        ({"in.same": 0.5}, 0.0, "Bonn", []),
        ({"in.same": 3.0}, 0.0, "Jena", []),
    ],
)
def test_another_town_than_that_of_the_rules_must_be_surer(
    weights: dict[str, float], threshold: float, ruled_town: str | None, chosen: list[str]
) -> None:
    page = annotate(TEXT, "de", "2031-05-02")
    places = PlaceMentions(load_reference(), page)
    (event,) = (EventMentions([c]) for c in event_reader().candidates(page))
    told = next((t for t in find_towns(page, places) if t.town == ruled_town), None)
    measured = TownMeasures(page, places, [event], {event: RuledTown(told, None)})
    model = JointModel(LinearModel(weights, threshold))
    assert [town.town for town in choose_towns(measured, model).values()] == chosen
