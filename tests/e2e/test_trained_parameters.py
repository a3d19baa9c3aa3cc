"""Parameters trained on labelled pages: made, taken over, read with, and taken back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from crawler.parsers.events.trained.event_models import OF_GATE, OF_PAGE, PARAMETERS
from crawler.parsers.events.trained.own_parameters import TRAINED
from indexer.records.labels import Labels
from radar.commands import train as train_command
from radar.installation.own_parameters import OwnParameters
from radar.labelling.label_files import LabelFiles
from radar.training.marked_pages import read_folder
from tests.e2e.world import World, source
from tests.unit.radar.training.made_up_pages import write_pages
from tests.unit.radar.training.test_training import LABELLED

PAGE = """<html lang="de"><head><title>Preise</title>
<meta property="article:published_time" content="2031-05-03"></head><body><article><h1>Preise</h1>
<p>Der Preis von Kupfer ist gestiegen, teilt die Kammer für Bergbau mit. Die Kammer vermietet ihren
Saal in Bonn für Tagungen und Konferenzen, und die Nachfrage nach Kupfer steigt mit den Netzen.</p>
</article></body></html>"""
WATCH = {"id": "w", "name": "W", "query": "kupfer AND has:event", "channels": ["feed"]}


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.configure(
        [source("partner", "https://partner.example", enabled=False, reason="test")], [WATCH]
    )
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    assert world.radar("import", str(page), "--json").summary["outcomes"] == {"new": 1}
    return world


def events(world: World) -> list[dict[str, Any]]:
    (document,) = world.radar("show", "--all", "--json").lines
    found: list[dict[str, Any]] = document["events"]
    return found


def notes(world: World) -> str:
    ended = world.radar("run", "--json")
    assert ended.summary["matches"] == 0
    return json.dumps(ended.summary) + ended.err


def letting_everything_in(folder: Path, *, exist_ok: bool = False) -> Path:
    """The parameters of the program with a gate that lets every candidate in."""
    folder.mkdir(exist_ok=exist_ok)
    for shipped in TRAINED:
        content = json.loads(shipped.read_text("utf-8"))
        if shipped == PARAMETERS:
            for question in (OF_GATE, OF_PAGE):
                gate = content["questions"][question]
                numbers = {key: -50.0 for key, value in gate.items() if isinstance(value, float)}
                content["questions"][question] = {**gate, **numbers}
        (folder / shipped.name).write_text(json.dumps(content), "utf-8")
    return folder


def test_pages_are_read_again_with_new_parameters_and_no_watch_is_told(
    world: World, tmp_path: Path
) -> None:
    assert events(world) == []
    own = OwnParameters(world.home)
    own.accept(letting_everything_in(tmp_path / "open"), moment="2031-05-04T00:00:00Z", labelled=1)
    assert "1 page read again" in notes(world)
    assert [event["name"] for event in events(world)] == ["Tagungen und Konferenzen"]
    assert "read again" not in notes(world)

    about = own.about()
    assert about is not None
    damaged = own.files(about) / PARAMETERS.name
    damaged.write_bytes(damaged.read_bytes()[:100])
    checked = world.radar("check")
    assert "trained parameters: parameters.json is not the file that was trained" in checked.out
    assert "radar train --reset" in checked.out
    assert "1 page read again" in notes(world)
    assert events(world) == []
    assert world.radar("train", "--reset").code == 0
    assert "trained parameters: those of the program" in world.radar("check").out


def test_an_installation_is_trained_on_its_labels(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The training itself, which takes a while, is that of `test_training`."""
    refused = world.radar("train")
    assert (refused.code, "no page is labelled" in refused.err) == (2, True)
    with LabelFiles(world.home / "labels").writing("ann") as writer:
        writer.append(LABELLED)
    write_pages(tmp_path / "shipped")

    def train(labels: Sequence[Labels], into: Path) -> list[list[Any]]:
        letting_everything_in(into, exist_ok=True)
        return [read_folder(tmp_path / "shipped"), [one.to_record() for one in labels]]

    monkeypatch.setattr(train_command, "train", train)

    shown = world.radar("train", "--json")
    assert [line["part"] for line in shown.lines] == ["chosen-on", "blind"]
    assert shown.lines[1]["questions"]["events"]["labelled"] == 2
    assert "nothing is replaced" in shown.err
    assert OwnParameters(world.home).about() is None

    taken = world.radar("train", "--accept")
    assert taken.code == 0
    assert "precision / recall / F1" in taken.out
    assert "with 1 labelled page" in world.radar("check").out
    assert "1 page read again" in notes(world)
    assert events(world)
    assert "the parameters of the program are used again" in world.radar("train", "--reset").err
    assert "1 page read again" in notes(world)
