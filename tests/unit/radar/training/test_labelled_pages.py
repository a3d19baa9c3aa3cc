"""Labelled pages as the models of events see them."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.reference import load_reference
from radar.training.confidence_training import ValueReader
from radar.training.labelled_pages import DraftReader, LabelledPage, TrainingReader

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


def test_what_stands_on_a_page_is_read_once_for_all_trainers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str | None] = []
    whole = PageReader.read_draft

    def counted(reader: PageReader, raw: RawPage) -> Page:
        read.append(raw.url)
        return whole(reader, raw)

    monkeypatch.setattr(PageReader, "read_draft", counted)
    drafts = DraftReader(load_reference())
    record = {"id": "1", "url": "https://erz.example/1", "lang": "de", "text": TEXT, "events": []}
    for _ in range(2):
        assert TrainingReader(drafts).read(record).candidates
    assert list(ValueReader(load_reference(), drafts).read(record, "plain", "train"))
    assert read == ["https://erz.example/1"]
    assert drafts.read({**record, "published": "2030-01-01"}).published == "2030-01-01"
    assert len(read) == 2
