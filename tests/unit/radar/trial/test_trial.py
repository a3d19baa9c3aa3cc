"""The view of `radar try`: stretches, values with their places, terminal and HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.console import Console

from indexer.records.document import (
    Commodity,
    DateExpression,
    Event,
    Mention,
    Page,
    Participants,
    Place,
)
from radar.trial.families import FAMILIES, family_of
from radar.trial.findings import TriedPage
from radar.trial.terminal import show
from radar.trial.web_page import render

TEXT = "Das 5. Lithiumforum fand am 3. März 2026 in Freiberg statt.\n\nDie DERA lud <ein>."


def at(field: str, surface: str, value: str | int | None, rule: str, sure: float = 0.9) -> Mention:
    start = TEXT.index(surface)
    return Mention(field, "text", start, start + len(surface), surface, value, sure, rule)


PAGE = Page(
    url="https://forum.example.org/5",
    lang="de",
    title="Forum & Rohstoff",
    text=TEXT,
    published="2026-03-04",
    places=("freiberg",),
    commodities=(Commodity("lithium", "lithium", "Lithium"),),
    organisations=("DERA",),
    events=(
        Event(
            "5. Lithiumforum",
            start="2026-03-03",
            place=Place(city="Freiberg", country="DE", geonameid=1),
            organisers=("DERA",),
            participants=Participants(count=40, approximate=True),
        ),
    ),
    dates=(DateExpression(28, 40, "2026-03-03", "2026-03-03", "date"),),
    mentions=(
        at("events[0].name", "5. Lithiumforum", "5. Lithiumforum", "names.gathering"),
        at("events[0].start", "3. März 2026", "2026-03-03", "dating.ranked", 0.97),
        at("events[0].place.city", "Freiberg", "Freiberg", "placing.town"),
        replace(at("events[0].place.country", "Freiberg", "DE", "placing.country"), inferred=True),
        at("events[0].organisers", "DERA", "DERA", "organisers.cue"),
        at("places", "Freiberg", "freiberg", "table"),
        at("commodities", "Lithium", "lithium", "table"),
        at("organisations", "DERA", "dera", "table"),
        at("commodities", "März", "march", "guess", 0.2),
    ),
)


@pytest.fixture(scope="module")
def tried() -> TriedPage:
    return TriedPage(PAGE)


def test_stretches_give_the_text_back(tried: TriedPage) -> None:
    for part, stretches in tried.parts:
        assert "".join(s.text for s in stretches) == PAGE.part(part)


def test_findings_of_one_place_share_their_number(tried: TriedPage) -> None:
    freiberg = [f for f in tried.findings if f.surface == "Freiberg"]
    assert len(freiberg) == 3
    assert len({f.number for f in freiberg}) == 1
    assert [f.number for f in tried.findings] == sorted(f.number for f in tried.findings)


def test_a_mark_in_a_mark_is_shown_in_both(tried: TriedPage) -> None:
    stretches = dict(tried.parts)["text"]
    inner = next(s for s in stretches if s.text == "Lithium")
    assert {f.field for f in inner.findings} == {"events[0].name", "commodities"}
    assert inner.family is not None
    assert inner.family.id == "event"


def supported(tried: TriedPage) -> dict[str, set[str]]:
    return {v.path: {f.rule for f in v.findings} for v in tried.values}


def test_each_value_has_its_rule(tried: TriedPage) -> None:
    rules = supported(tried)
    assert rules["events[0].start"] == {"dating.ranked"}
    assert rules["events[0].organisers[0]"] == {"organisers.cue"}
    assert rules["commodities[0].id"] == {"table"}
    assert rules["organisations[0]"] == {"table"}, "listed as written, mentioned by id"
    assert rules["places[0]"] == {"table"}


def test_values_without_a_place_are_listed_too(tried: TriedPage) -> None:
    assert supported(tried)["events[0].participants.count"] == set()


def test_what_became_no_value_is_told(tried: TriedPage) -> None:
    assert {(f.field, f.rule) for f in tried.further} == {
        ("commodities", "guess"),
        ("dates", "dates.date"),
    }


@pytest.mark.parametrize(
    ("field", "family"),
    [
        ("events[0].name", "event"),
        ("events[2].end", "date"),
        ("published", "date"),
        ("events[0].place.venue", "place"),
        ("events[0].participants.countries", "place"),
        ("events[0].participants.count", "count"),
        ("events[0].persons[3].organisation", "person"),
        ("contacts[0].name", "contact"),
        ("organisations", "organisation"),
        ("programmes", "strategy"),
        ("title", "page"),
    ],
)
def test_families(field: str, family: str) -> None:
    assert family_of(field).id == family


def terminal(page: Page) -> str:
    console = Console(width=200, record=True, file=None, force_terminal=True, quiet=True)
    with console.capture() as captured:
        console.quiet = False
        show(TriedPage(page), console)
    return captured.get()


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def test_the_terminal_shows_text_values_and_rules() -> None:
    coloured = terminal(PAGE)
    assert "\x1b[" in coloured
    told = plain(coloured)
    assert re.search(r"in Freiberg[⁰¹²³⁴-⁹]+ statt", told)
    row = next(line for line in told.splitlines() if "events[0].start" in line)
    assert "2026-03-03" in row
    assert "dating.ranked" in row
    assert "0.97" in row
    assert "text 28–40" in row
    assert "no place of its own" in told


def test_a_page_cannot_steer_the_terminal() -> None:
    told = terminal(replace(PAGE, title="a\x1b]0;title\x07b", text="c\x1b[2Jd\x9b2Je"))
    assert "\x1b]0" not in told
    assert "\x1b[2J" not in told
    assert "\x9b" not in told
    assert "\x07" not in told


def test_markup_of_the_console_in_a_page_is_text() -> None:
    assert "[bold]x[/bold]" in plain(terminal(replace(PAGE, title="[bold]x[/bold]")))


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.targets += [given["href"] or ""] if "href" in given else []
        assert not any(name.startswith("on") or name == "src" for name in given)


def test_the_file_stands_alone_and_its_links_lead_somewhere(tried: TriedPage) -> None:
    written = render(tried)
    seen = Seen()
    seen.feed(written)
    assert not {"script", "link", "img", "iframe"} & set(seen.tags)
    assert len(seen.ids) == len(set(seen.ids))
    inner = {target for target in seen.targets if target.startswith("#")}
    assert inner <= {f"#{name}" for name in seen.ids}
    assert "&lt;ein&gt;" in written
    assert "Forum &amp; Rohstoff" in written
    for family in FAMILIES:
        assert f'<mark class="{family.id}">{family.name}' in written
    assert "about 40" in written
    assert "3 March 2026" in written


def test_an_address_that_runs_something_is_no_link() -> None:
    page = replace(PAGE, url="javascript:alert(1)")
    assert 'href="javascript' not in render(TriedPage(page))


def test_an_empty_page_can_be_shown() -> None:
    empty = Page(url=None)
    assert "None was found" in render(TriedPage(empty))
    assert "page without a title" in plain(terminal(empty))


def test_texts_of_the_marks_are_readable() -> None:
    """At least 6:1 on every background, in both schemes."""
    for family in FAMILIES:
        assert contrast("#1f2428", family.light) > 6
        assert contrast("#e4e6e8", family.dark) > 6


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
