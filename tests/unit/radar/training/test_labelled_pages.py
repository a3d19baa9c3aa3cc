"""Labelled pages as the models of events see them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.trained.event_models import PARAMETERS, VERSION
from crawler.parsers.page import PageReader
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.reference import load_reference
from radar.training.confidence_training import ValueReader
from radar.training.event_parts import FOLDS, folder_of_turn, turn_of
from radar.training.labelled_pages import DraftReader, LabelledPage, TrainingReader, group_of
from tests.unit.radar.training.training_reader import training_reader

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
    return training_reader().read({**record, "text": TEXT, "events": events, "_events": marks})


def test_pages_of_a_hand_are_judged_together_others_by_site() -> None:
    record = {"id": "1", "url": "https://www.erz.example/1", "hand": "open 12"}
    assert group_of(record) == "open 12"
    assert group_of({**record, "hand": None}) == "erz.example"
    assert group_of({"id": "1"}) == "1"
    assert labelled().group == "erz.example"


def test_each_labelled_event_is_that_of_one_group() -> None:
    page = labelled()
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


def test_events_are_found_by_a_gate_that_has_not_seen_the_host(tmp_path: Path) -> None:
    record = {"id": "1", "url": "https://erz.example/1", "published": None, "lang": "de"}
    text = "Ein Grubenabend in Bonn, das war schön."
    questions = {"event": {"weights": {"bias": 9.0}, "threshold": 0.0}}
    for turn in range(FOLDS + 1):
        folder = folder_of_turn(tmp_path, turn)
        folder.mkdir()
        lets_in = {} if turn == turn_of("train", "erz.example") else questions
        content = {"version": VERSION, "measures": [], "questions": lets_in}
        (folder / PARAMETERS.name).write_text(json.dumps(content), "utf-8")
    reader = TrainingReader(turns=tmp_path)
    page = reader.read({**record, "text": text, "events": []})
    assert reader.find_events(page, "train") == []
    assert len(reader.find_events(page, "chosen-on")) == 1
