"""Labelling: who is let in, what is saved, and what bad input meets."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from indexer.records.reference import load_reference
from radar.installation.clock import real_clock
from radar.labelling.label_files import LabelFiles
from radar.labelling.page_labels import NamedPages, PageLabels, StoredPages
from search_api.label_app import create_label_app
from tests.e2e.world import Ended, run_radar
from tests.unit.radar.labelling.made_up_page import PAGE
from tests.web.sample_site import (
    SampleArchive,
    client,
    event_document,
    guarded_app,
    sample_app,
)

TOKEN = "a-token"
ID = "00000000000000aa"
KNOWN = re.compile(r'name="known" value="([0-9a-f]+)"')
FORM = re.compile(r'name="form" value="([0-9a-f]+)"')


@pytest.fixture
def files(tmp_path: Path) -> LabelFiles:
    return LabelFiles(tmp_path / "labels")


@pytest.fixture
def http(files: LabelFiles) -> Iterator[httpx.Client]:
    desk = PageLabels(NamedPages({ID: PAGE}), files, load_reference(), real_clock)
    with client(create_label_app(desk, TOKEN, "ann")) as made:
        yield made


@pytest.fixture
def let_in(http: httpx.Client) -> httpx.Client:
    assert http.get(f"/open/{TOKEN}").headers["location"] == "/label"
    return http


def seen(http: httpx.Client) -> dict[str, str]:
    """The hidden fields of the page's forms."""
    page = http.get(f"/label/{ID}").text
    known, form = KNOWN.search(page), FORM.search(page)
    assert known is not None
    assert form is not None
    return {"known": known[1], "form": form[1]}


@pytest.mark.parametrize("path", ["/label", f"/label/{ID}", "/static/label.js", "/open/wrong"])
def test_without_the_token_nothing_is_served(http: httpx.Client, path: str) -> None:
    answer = http.get(path)
    assert answer.status_code == 403
    assert "radar label" in answer.text


def test_the_name_of_the_program_and_mistyped_addresses_lead_to_the_pages(
    let_in: httpx.Client,
) -> None:
    page = BeautifulSoup(let_in.get(f"/label/{ID}").text, "lxml")
    assert [link["href"] for link in page.select("a.name")] == ["/label"]
    assert let_in.get("/").headers["location"] == "/label"
    for path in ("/search", "/label/unknown", "/static/unknown.css"):
        answer = let_in.get(path)
        assert (answer.status_code, answer.headers["content-type"][:9]) == (404, "text/html")
        links = BeautifulSoup(answer.text, "lxml").select("main a")
        assert [(link["href"], link.get_text()) for link in links] == [("/label", "Label pages")]


def test_the_pages_load_no_script_but_their_own(let_in: httpx.Client) -> None:
    policy = let_in.get(f"/label/{ID}").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("; script-src 'self'")


def test_another_site_changes_nothing(let_in: httpx.Client, files: LabelFiles) -> None:
    fields = {**seen(let_in), "action": "done"}
    for wrong in ({"form": "forged"}, {}):
        sent = {k: v for k, v in fields.items() if k != "form"} | wrong
        assert let_in.post(f"/label/{ID}", data=sent).status_code == 403
    other = {"Origin": "https://evil.example"}
    assert let_in.post(f"/label/{ID}", data=fields, headers=other).status_code == 403
    assert files.of("ann") == []


def test_a_change_is_saved_at_once(let_in: httpx.Client, files: LabelFiles) -> None:
    answer = let_in.post(f"/label/{ID}", data={**seen(let_in), "action": "done", "place": "text"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/label/{ID}#text")
    (labels,) = files.of("ann")
    assert labels.done
    assert labels.saved is not None
    assert "This page is done" in let_in.get(f"/label/{ID}").text


def test_of_two_tabs_the_second_overwrites_nothing(let_in: httpx.Client, files: LabelFiles) -> None:
    both = seen(let_in)
    strike = {"action": "strike", "mark": "0"}
    assert let_in.post(f"/label/{ID}", data={**both, **strike}).status_code == 303
    late = let_in.post(f"/label/{ID}", data={**both, **strike})
    assert late.status_code == 409
    assert "changed meanwhile" in late.text
    assert "Saved." not in late.text
    assert len((files.folder / "ann.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_mistake_is_told_and_changes_nothing(let_in: httpx.Client, files: LabelFiles) -> None:
    wrong = {**seen(let_in), "action": "mark", "words": "<b>nowhere</b>", "as": "person"}
    answer = let_in.post(f"/label/{ID}", data=wrong)
    assert answer.status_code == 422
    assert "&lt;b&gt;nowhere&lt;/b&gt;” does not stand in the text" in answer.text
    assert files.of("ann") == []


def test_what_was_typed_into_a_form_with_a_mistake_stays(let_in: httpx.Client) -> None:
    typed = {
        "action": "set-event",
        "place": "event-0",
        "event": "0",
        "role": "mentioned",
        "name": "Tag der Erze",
        "start": "soon",
        "venue": "",
        "theme": "Zinn <und> mehr",
    }
    answer = let_in.post(f"/label/{ID}", data={**seen(let_in), **typed})
    assert answer.status_code == 422
    form = BeautifulSoup(answer.text, "lxml").select_one("#event-0")
    assert form is not None
    shown = {str(field["name"]): field["value"] for field in form.select("input[size]")}
    assert {name: shown[name] for name in ("name", "start", "venue", "theme")} == {
        name: typed[name] for name in ("name", "start", "venue", "theme")
    }
    assert [str(option["value"]) for option in form.select("option[selected]")] == ["mentioned"]
    assert 'href="#event-0"' in answer.text


def test_words_stay_in_their_form_also_after_another_tab_was_first(let_in: httpx.Client) -> None:
    both = seen(let_in)
    let_in.post(f"/label/{ID}", data={**both, "action": "strike", "mark": "0"})
    words = {"words": "eine Abordnung", "as": "theme", "event": "new", "note": "n", "start": "9"}
    late = let_in.post(f"/label/{ID}", data={**both, "action": "mark", "place": "text", **words})
    assert late.status_code == 409
    form = BeautifulSoup(late.text, "lxml").select_one("#marking")
    assert form is not None
    assert {name: form.select(f"input[name={name}]")[0]["value"] for name in ("words", "note")} == {
        "words": "eine Abordnung",
        "note": "n",
    }
    assert [str(o["value"]) for o in form.select("option[selected]")] == ["theme", "new"]
    of_first = {**words, "event": "0"}  # which may be another event by now
    again = let_in.post(
        f"/label/{ID}", data={**both, "action": "mark", "place": "text", **of_first}
    )
    chosen = BeautifulSoup(again.text, "lxml").select_one("#marking select[name=event]")
    assert chosen is not None
    assert [str(o["value"]) for o in chosen.select("option[selected]")] == []
    event = {"action": "set-event", "place": "event-0", "event": "0", "name": "late"}
    other = let_in.post(f"/label/{ID}", data={**both, **event})
    assert 'value="late"' not in other.text


def test_all_that_is_confirmed_is_shown(let_in: httpx.Client, files: LabelFiles) -> None:
    page = let_in.get(f"/label/{ID}").text
    values = {
        str(field["name"]): str(field["value"])
        for field in BeautifulSoup(page, "lxml").select("#event-0 input[size]")
    }
    assert (values["count_surface"], values["countries"]) == ("zwölf", "KZ Kasachstan; DE Land")
    let_in.post(f"/label/{ID}", data={**seen(let_in), "action": "confirm-event", "event": "0"})
    (event,) = files.of("ann")[0].events
    unseen = {"read", "role", "name"} | set(values)
    assert {field.name for field in dataclasses.fields(event)} <= unseen


def test_a_full_disk_is_told(let_in: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    fields = {**seen(let_in), "action": "done"}
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        answer = let_in.post(f"/label/{ID}", data=fields)
    assert answer.status_code == 507
    assert "No space left on device" in answer.text
    assert "nothing is saved yet" in answer.text
    assert let_in.post(f"/label/{ID}", data=fields).status_code == 303


def test_a_page_that_is_not_there_is_not_found(let_in: httpx.Client) -> None:
    assert let_in.get("/label/00").status_code == 404
    form = {**seen(let_in), "action": "done"}
    assert let_in.post("/label/00", data=form).status_code == 404


@pytest.mark.parametrize(("scope", "may"), [("read", False), ("write", True)])
def test_who_may_write_labels_documents_of_an_installation(
    tmp_path: Path, files: LabelFiles, scope: str, may: bool
) -> None:
    desk = PageLabels(StoredPages(SampleArchive()), files, load_reference(), real_clock)
    guarded = guarded_app(tmp_path / "guarded", labels=desk)
    key = {"Authorization": f"Bearer {guarded.keys[scope]}"}
    document = event_document()
    with client(guarded.app) as http:
        shown = http.get(f"/documents/{document}", headers=key).text
        assert (f'href="/label/{document}"' in shown) is may
        page = http.get(f"/label/{document}", headers=key)
        assert page.status_code == (200 if may else 403)
        known = KNOWN.search(page.text)
        fields = {"action": "no-event", "known": known[1] if known else ""}
        sent = http.post(f"/label/{document}", data=fields, headers=key)
        assert sent.status_code == (303 if may else 403)
        assert http.get(f"/label/{document}").status_code in (303, 401)
    assert [(one.id, one.done) for one in files.of(scope)] == ([(document, True)] if may else [])


def test_without_labelling_there_is_no_link_and_no_page(tmp_path: Path) -> None:
    with client(sample_app()) as http:
        assert "/label/" not in http.get(f"/documents/{event_document()}").text
        assert http.get(f"/label/{event_document()}").status_code == 404


def radar(home: Path, *arguments: str) -> Ended:
    return run_radar("label", *arguments, "--home", str(home))


def test_labels_are_listed_for_people_and_programs(tmp_path: Path, let_in: httpx.Client) -> None:
    let_in.post(f"/label/{ID}", data={**seen(let_in), "action": "done"})
    listed = radar(tmp_path, "--list")
    assert listed.out == f"ann: {PAGE.url}: done, 1 event, 5 marks\n"
    record = json.loads(radar(tmp_path, "--json").out)
    assert record["events"][0]["organisers"] == ["Verbands der Erzkunde"]
    assert len(record["_orgs"]) == 3


def test_pages_that_cannot_be_read_are_told_before_anything_opens(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    failed = radar(tmp_path, str(tmp_path / "empty.html"), "--no-browser", "--port", "18931")
    assert failed.code == 1
    assert "empty.html" in failed.err
    assert radar(tmp_path, "no-such-file.html").code == 2
    assert radar(tmp_path, "--as", "../me", "--no-browser").code == 2
    assert not (tmp_path / "labels").exists()
