"""Labelled pages as the models of events see them."""

from __future__ import annotations

from crawler.parsers.events.candidates.coreference import EventMentions
from radar.training.labelled_pages import LabelledPage, TrainingReader

TEXT = (
    "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt. Das Seminar war gut. Die Messe war"
    " groß. Der Ausflug war weit."
)


def labelled() -> LabelledPage:
    """A page with an event, an optional one, and mentions of neither."""
    words = (("3. Erzkonferenz", 0), ("Seminar", 0), ("Messe", 1))
    marks = [{"surface": surface, "event": event} for surface, event in words]
    record = {"id": "1", "url": "https://www.erz.example/1", "published": None, "lang": "de"}
    events = [{}, {"optional": True}]
    return TrainingReader().read({**record, "text": TEXT, "events": events, "_events": marks})


def test_each_labelled_event_is_that_of_one_group() -> None:
    page = labelled()
    assert page.host == "erz.example"
    groups = [EventMentions([candidate]) for candidate in page.candidates]
    of = {group.best.word: event for group, event in page.events_of_groups(groups)}
    assert of["erzkonferenz"] == 0
    assert of["seminar"] is None
    assert "messe" not in of
