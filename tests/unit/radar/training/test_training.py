from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.events.trained.own_parameters import TRAINED
from indexer.records.labels import LabelledEvent, Labels, Mark
from indexer.records.reference import load_reference
from radar.training import confidence_training, event_training, role_training
from radar.training.shipped_pages import OWN
from radar.training.training import compare, newest_done, train
from tests.unit.radar.training.made_up_pages import write_pages

TEXT = "Das 4. Erzforum fand am 2. Mai 2031 in Jena statt."
LABELLED = Labels(
    "0a",
    TEXT,
    url="https://partner.example/1",
    lang="de",
    published="2031-05-03",
    events=(LabelledEvent("4. Erzforum", start="2031-05-02", city="Jena"),),
    marks=(Mark("event", 4, 15, 0),),
    done=True,
    saved="2031-05-04T00:00:00Z",
)


def test_pages_are_taken_once_when_they_are_done() -> None:
    later = replace(LABELLED, labeller="bob", saved="2031-06-01T00:00:00Z")
    begun = replace(LABELLED, id="0b", done=False)
    nameless = replace(LABELLED, id="0c", lang=None)
    assert newest_done([later, LABELLED, begun, nameless]) == [later]


@pytest.mark.slow
def test_parameters_are_made_from_both_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path / "shipped")
    few = tmp_path / "few.jsonl"
    few.write_text("".join(OWN.read_text("utf-8").splitlines(keepends=True)[:4]), "utf-8")
    for trainer in (event_training, role_training, confidence_training):
        monkeypatch.setattr(trainer, "OWN", few)
    into = tmp_path / "trained"
    into.mkdir()
    write_pages(tmp_path / "further")
    folders: list[Sequence[Path]] = []
    learn = role_training.main

    def learn_roles(of_roles: Sequence[Path], *given: Any, **turns: Any) -> None:
        folders.append(of_roles)
        learn(of_roles, *given, **turns)

    monkeypatch.setattr(role_training, "main", learn_roles)
    pages = train([LABELLED], into, [tmp_path / "shipped"], [tmp_path / "further"])
    assert [folder.name for folder in folders[0][:2]] == ["shipped", "further"]
    assert [len(folder) for folder in pages] == [24, 1]
    assert {file.name for file in into.iterdir()} == {shipped.name for shipped in TRAINED}
    for shipped, read in TRAINED.items():
        assert read(into / shipped.name)
    assert capsys.readouterr().out == ""

    total: list[int] = []
    read_so_far: list[int] = []
    compared = compare(
        pages, load_reference(), into, begin=total.append, progress=read_so_far.append
    )
    assert total == [len(read_so_far)] == [16]
    chosen, blind = compared
    assert (chosen.part, blind.part, chosen.pages, blind.pages) == ("chosen-on", "blind", 4, 4)
    for part in (chosen, blind):
        assert part.before["events"].labelled == part.after["events"].labelled == 2
        assert part.after["events"].right == 2
        assert part.after["organisers"].labelled == 2
