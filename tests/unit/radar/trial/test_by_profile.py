"""What `radar try` says of the values that came by the profile of the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from rich.console import Console

from indexer.profiles.profile_records import ProfileRecord
from indexer.records.document import Commodity, Page
from radar.trial.by_profile import ProfileChange, ReadWith, changes_by_profile
from radar.trial.findings import TriedPage
from radar.trial.terminal import show
from radar.trial.web_page import render

PAGE = Page(
    url="https://erz.example.org/n/1",
    title="Grube <eröffnet>",
    text="Die Grube wurde eröffnet.",
    published="2026-02-27",
    authors=("Karla Brandt", "Ole Timm"),
)
WITHOUT = replace(
    PAGE,
    title="Verband Erz",
    text="Heute: 9 Grad.\n\nDie Grube wurde eröffnet.",
    published=None,
    commodities=(Commodity("lithium", "lithium", "Lithium"),),
)
RECORD = ProfileRecord(
    "erz", "erz.example.org", 1, "ab", {}, 30, datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
)


def test_the_values_that_differ_are_named() -> None:
    assert changes_by_profile(PAGE, WITHOUT) == (
        ProfileChange("title", "Grube <eröffnet>", "Verband Erz"),
        ProfileChange("published", "2026-02-27", ""),
        ProfileChange("text", "4 words", "7 words"),
        ProfileChange("commodities", "0", "1"),
    )
    assert changes_by_profile(PAGE, PAGE) == ()
    other = replace(PAGE, authors=("Ole Timm",))
    assert changes_by_profile(PAGE, other) == (
        ProfileChange("authors", "Karla Brandt; Ole Timm", "Ole Timm"),
    )


def test_both_views_and_the_record_tell_of_it() -> None:
    read_with = ReadWith(RECORD, changes_by_profile(PAGE, WITHOUT))
    console = Console(width=160, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        show(TriedPage(PAGE, read_with), console)
    summary = "read with the profile of erz.example.org, learnt from 30 pages on 2026-03-02"
    for told in (captured.get(), render(TriedPage(PAGE, read_with))):
        assert summary in told
        assert "Verband Erz" in told
    assert "Grube &lt;eröffnet&gt;" in render(TriedPage(PAGE, read_with))
    assert read_with.to_json()["changes"][1] == {  # type: ignore[index]  # a list
        "field": "published",
        "value": "2026-02-27",
        "without": None,
    }
    unchanged = ReadWith(RECORD, ())
    with console.capture() as captured:
        show(TriedPage(PAGE, unchanged), console)
    assert "changes no value" in captured.get()
    assert "changes no value" in render(TriedPage(PAGE, unchanged))
    assert "profile" not in render(TriedPage(PAGE)).partition("</style>")[2]
