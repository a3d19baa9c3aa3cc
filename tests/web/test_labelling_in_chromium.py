"""Labelling a page as a person does it, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from indexer.records.reference import load_reference
from radar.installation.clock import real_clock
from radar.labelling.label_files import LabelFiles
from radar.labelling.page_labels import NamedPages, PageLabels
from search_api.label_app import create_label_app
from tests.unit.radar.labelling.made_up_page import PAGE
from tests.web.sample_site import served

TOKEN = "a-token"
ID = "00000000000000aa"
SELECT = """([words, nth]) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let at = node.data.indexOf(words);
    for (; at >= 0 && seen++ < nth; at = node.data.indexOf(words, at + 1));
    if (at < 0) continue;
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""
"""Selects words of the text where they stand for the nth time, as the mouse would."""


@pytest.fixture
def files(tmp_path: Path) -> LabelFiles:
    return LabelFiles(tmp_path / "labels")


@pytest.fixture
def address(files: LabelFiles) -> Iterator[str]:
    desk = PageLabels(NamedPages({ID: PAGE}), files, load_reference(), real_clock)
    with served(create_label_app(desk, TOKEN, "ann")) as made:
        yield made


@pytest.fixture
def person(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1100, "height": 800})
    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    opened.goto(f"{address}/open/{TOKEN}")
    opened.get_by_role("link", name="Rohstofftag in Jena").click()
    yield opened
    context.close()
    assert problems == []


def mark(person: Page, words: str, kind: str, event: str = "", nth: int = 0) -> None:
    person.evaluate(SELECT, [words, nth])
    form = person.locator("#marking")
    expect(form.get_by_label("Words of the text")).to_have_value(words)
    form.get_by_label("are").select_option(kind)
    form.get_by_label("of event").select_option(event)
    form.get_by_role("button", name="Mark").click()
    # The page that answers: what is selected in the one before it is lost.
    expect(form.get_by_label("Words of the text")).to_have_value("")
    expect(person.get_by_role("alert")).to_have_count(0)


def test_a_page_is_labelled_and_shows_its_labels_when_it_is_opened_again(
    person: Page, address: str, files: LabelFiles
) -> None:
    expect(person.get_by_role("status")).to_have_text(
        "This is what the program read; nothing is saved yet."
    )
    # Behind a letter of two UTF-16 units, and the second time that the words stand in the text.
    mark(person, "Anna Weber", "person", nth=1)
    mark(person, "Kammer für Handel", "none")
    mark(person, "Kammer für Bergbau", "participant", "0")
    mark(person, "Abordnung", "event", "new")
    mark(person, "4. und 5. Mai 2031", "date", "1")
    second = person.locator("#event-1")
    expect(second.get_by_label("first day")).to_have_value("2031-05-04")
    second.get_by_label("it is").select_option("mentioned")
    second.get_by_role("button", name="Save").click()
    item = person.locator("ol.marks li", has_text="Erzkunde AG")
    item.get_by_role("button", name="Strike out").click()
    person.get_by_role("button", name="done").click()
    expect(person.get_by_role("status")).to_contain_text("This page is done")

    person.goto(f"{address}/label")
    expect(person.locator("td")).to_have_text("done")
    person.get_by_role("link", name="Rohstofftag in Jena").click()
    expect(person.locator("#text mark.participant")).to_have_text("Kammer für Bergbau")
    expect(person.locator("mark.read")).to_have_count(0)

    (labels,) = files.of("ann")
    record = labels.to_record()
    assert record["done"]
    assert [(o["surface"], o["role"], o["event"]) for o in record["_orgs"]] == [
        ("Verbands der Erzkunde", "organiser", 0),
        ("Kammer für Bergbau", "participant", 0),
        ("Kammer für Handel", "none", None),
    ]
    assert record["_persons"][1]["start"] == labels.text.rindex("Anna Weber")
    assert [(e["name"], e["role"]) for e in record["events"]] == [
        ("zweite Rohstofftag", "upcoming"),
        ("Abordnung", "mentioned"),
    ]


def test_the_text_on_the_page_is_the_labelled_text(person: Page, files: LabelFiles) -> None:
    person.get_by_role("button", name="no event").click()
    expect(person.get_by_role("status")).to_contain_text("This page is done")
    assert person.locator("#text").evaluate("e => e.textContent") == files.of("ann")[0].text


def test_words_selected_before_the_script_has_come_are_taken_when_it_comes(person: Page) -> None:
    held: list[Route] = []
    # Playwright looks for the parameters of what it is given: a method of C has none to look for.
    person.route("**/static/label.js", lambda route: held.append(route))  # noqa: PLW0108
    with person.expect_request("**/static/label.js"):
        person.reload(wait_until="commit")
    expect(person.locator("footer")).to_be_attached()
    person.evaluate(SELECT, ["Kammer für Handel", 0])
    words = person.locator("#marking").get_by_label("Words of the text")
    expect(words).to_have_value("")
    assert person.evaluate("getSelection().toString()") == "Kammer für Handel"
    held[0].continue_()
    expect(words).to_have_value("Kammer für Handel")


def test_it_works_without_javascript(browser: Browser, address: str, files: LabelFiles) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/open/{TOKEN}")
    plain.get_by_role("link", name="Rohstofftag in Jena").click()
    form = plain.locator("#marking")
    form.get_by_label("Words of the text").fill("Kammer für Handel")
    form.get_by_label("are").select_option("none")
    form.get_by_role("button", name="Mark").click()
    expect(plain.locator("ol.marks li")).to_have_count(6)
    context.close()
    assert len(files.of("ann")[0].marks) == 6


def test_of_two_tabs_the_second_is_told(person: Page, files: LabelFiles) -> None:
    other = person.context.new_page()
    other.goto(person.url)
    person.get_by_role("button", name="no event").click()
    expect(person.get_by_role("status")).to_contain_text("This page is done")
    other.get_by_role("button", name="done").click()
    expect(other.get_by_role("alert")).to_contain_text("were changed meanwhile")
    assert files.of("ann")[0].events == ()
