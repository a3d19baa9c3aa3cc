"""Training which events stay once their values have been read."""

from __future__ import annotations

from typing import Any

from crawler.parsers.events.assembly.event_review import CHOSEN
from indexer.records.reference import load_reference
from radar.training.labelled_pages import DraftReader
from radar.training.review_training import review_samples

TEXT = (
    "The 5th Mining Forum took place in Berlin on 4 May 2031. The Zinc Conference will take place"
    " in Vienna on 7 June 2032."
)


def _answers(drafts: DraftReader, **labels: Any) -> list[tuple[bool, bool]]:
    record = {"id": "1", "url": "https://erz.example/1", "published": "2031-06-01", "text": TEXT}
    found = list(review_samples(drafts.events, drafts, {**record, **labels}, "train"))
    assert all(sample.measures[CHOSEN] for sample in found)
    return [(sample.answer, sample.asked) for sample in found]


def test_the_labels_say_which_events_are_some() -> None:
    drafts = DraftReader(load_reference())
    forum = {"surface": "5th Mining Forum", "event": 0}
    zinc = {"surface": "Zinc Conference", "event": 1}
    assert _answers(drafts, events=[{}], _events=[forum]) == [(True, True), (False, True)]
    optional = [{}, {"optional": True}]
    expected = [(True, True), (False, False)]
    assert _answers(drafts, events=optional, _events=[forum, zinc]) == expected
    twice = [forum, zinc | {"event": 0}]
    assert _answers(drafts, events=[{}], _events=twice) == [(True, True), (False, True)]
