"""A page labelled in a real browser, by `radar label`, is what `radar train` learns from."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from subprocess import Popen

import pytest
from playwright.sync_api import Browser, Page, expect

from radar.commands import train as train_command
from radar.training import confidence_training, event_training, role_training
from radar.training.comparison import QUESTIONS
from radar.training.shipped_pages import OWN
from radar.training.training import train
from tests.e2e.world import SECONDS, World
from tests.loopback.free_port import free_port
from tests.unit.radar.training.made_up_pages import write_pages

PAGE = """<html lang="de"><head><title>Erzforum in Jena</title>
<meta property="article:published_time" content="2031-05-03"></head><body><article>
<h1>Erzforum in Jena</h1><p>Das 4. Erzforum hat am 2. Mai 2031 in Jena stattgefunden. Veranstalter
war der Verband der Erze. Anna Weber, Leiterin der Metall GmbH, sprach über Kupfer. Zum Forum kam
auch die Erz AG. Die Gäste fanden das Forum in diesem Jahr besonders gelungen.</p>
</article></body></html>"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World(tmp_path)
    world.configure([])
    return world


@pytest.fixture
def labelling(world: World, tmp_path: Path) -> Iterator[Popen[str]]:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    of_page = [str(file), "--url", "https://partner.example/1", "--as", "ann"]
    started = world.start("label", *of_page, "--no-browser", "--port", str(free_port()))
    yield started
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=SECONDS)
    assert (started.returncode, "Traceback" in err) == (130, False)


@pytest.fixture
def person(browser: Browser, labelling: Popen[str]) -> Iterator[Page]:
    assert labelling.stderr is not None
    told = re.search(r"label as ann: (\S+)", labelling.stderr.readline())
    assert told is not None
    page = browser.new_page()
    page.goto(told[1])
    page.get_by_role("link", name="Erzforum in Jena").click()
    yield page
    page.close()


def _shipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Sequence[Path]:
    """A few pages in place of those of the program, from which all would take some minutes."""
    few = folder / "few.jsonl"
    few.write_text("".join(OWN.read_text("utf-8").splitlines(keepends=True)[:4]), "utf-8")
    for trainer in (event_training, role_training, confidence_training):
        monkeypatch.setattr(trainer, "OWN", few)
    write_pages(folder / "shipped")
    return [folder / "shipped"]


@pytest.mark.slow
def test_a_page_labelled_in_the_browser_is_trained_on_and_the_change_is_shown(
    world: World, person: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = world.radar("train")
    assert (refused.code, "no page is labelled" in refused.err) == (2, True)
    person.get_by_role("button", name="done").click()
    expect(person.get_by_role("status")).to_contain_text("This page is done")

    (line,) = world.radar("label", "--json").lines
    assert (line["labeller"], line["done"], line["url"]) == (
        "ann",
        True,
        "https://partner.example/1",
    )
    assert [event["name"] for event in line["events"]] == ["4. Erzforum"]
    assert "Verband" in json.dumps(line["_orgs"], ensure_ascii=False)

    shipped = _shipped(tmp_path, monkeypatch)
    monkeypatch.setattr(train_command, "train", partial(train, shipped=shipped, open_pages=[]))
    shown = world.radar("train", "--json")
    assert shown.code == 0
    assert "nothing is replaced" in shown.err
    assert [part["part"] for part in shown.lines] == ["chosen-on", "blind"]
    for part in shown.lines:
        assert list(part["questions"]) == list(QUESTIONS)
        events = part["questions"]["events"]
        assert events["labelled"] == 2
        assert events["after"]["recall"] == 1
