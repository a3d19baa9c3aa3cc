"""The same kind of article in ten content management systems and three languages: one test a field.

The articles are own labelled texts (tests/quality/events_own.jsonl), the furniture around them
stands in
`templates`: one file for each system, and the words of the pages in `furniture.yaml`.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import pytest

from crawler.parsers.page import RawPage
from indexer.records.document import Event, Page
from radar.training.value_answers import same
from tests.page_reader import packaged_reader
from tests.quality.event_scores import rows
from tests.yaml_files import read_yaml

TEMPLATES = Path(__file__).with_name("templates")
ARTICLES = {
    "wordpress": ("de-02", "en-01", "ru-01"),
    "typo3": ("de-03", "en-06", "ru-10", "de-48"),
    "drupal": ("de-06", "en-08", "ru-15"),
    "bitrix": ("de-13", "en-16", "ru-17", "ru-43"),
    "joomla": ("de-17", "en-24", "ru-18"),
    "contao": ("de-18", "en-25", "ru-23"),
    "government-portal": ("de-19", "en-28", "ru-25", "ru-44"),
    "plone": ("de-26", "en-39", "ru-31", "en-40"),
    "tables-2004": ("de-30", "en-44", "ru-39", "en-48"),
    "plain-release": ("de-41", "en-46", "ru-42"),
}
AUTHORS = {"de": "Ida Musterfrau", "en": "Mary Sample", "ru": "Иван Примеров"}
CASES = [(style, row_id) for style, ids in ARTICLES.items() for row_id in ids]
FIELDS = ("kind", "lang", "title", "published", "authors", "text")
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}


@cache
def labelled() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows()}


def paragraphs(row: dict[str, Any]) -> tuple[str, list[str]]:
    """Headline and paragraphs of a labelled text."""
    title, *rest = row["text"].split("\n\n")
    return title, rest


def shown(day: str, lang: str) -> str:
    year, month, number = day.split("-")
    name = MONTHS[lang].split()[int(month) - 1]
    dot = "." if lang == "de" else ""
    return f"{int(number)}{dot} {name} {year}"


@cache
def page_html(style: str, row_id: str) -> str:
    row = labelled()[row_id]
    lang, (title, body) = row["lang"], paragraphs(row)
    words = read_yaml(TEMPLATES / "furniture.yaml")[lang]
    escaped = [html.escape(p, quote=False) for p in body]
    wrapped = (
        "<BR><BR>".join(escaped)
        if style == "tables-2004"
        else "".join(f"<p>{p}</p>\n" for p in escaped)
    )
    year, month, day = row["published"].split("-")
    return Template((TEMPLATES / f"{style}.html").read_text("utf-8")).substitute(
        words,
        lang=lang,
        title=html.escape(title, quote=False),
        author=AUTHORS[lang],
        iso=row["published"],
        shown=shown(row["published"], lang),
        numeric=f"{day}.{month}.{year}",
        paragraphs=wrapped,
    )


@cache
def read(style: str, row_id: str) -> Page:
    return packaged_reader().read(
        RawPage(
            body=page_html(style, row_id).encode(),
            url=f"https://{style}.example/news/{row_id}",
            content_type="text/html; charset=utf-8",
        )
    )


def wanted(row: dict[str, Any], field: str) -> object:
    title, body = paragraphs(row)
    values = {
        "kind": "article",
        "lang": row["lang"],
        "title": title,
        "published": row["published"],
        "authors": (AUTHORS[row["lang"]],),
        "text": "\n\n".join(body),
    }
    return values[field]


def facts(event: Event) -> tuple[object, ...]:
    return (event.start, event.end, event.ordinal, event.participants.count)


def differences(wanted: list[str], told: list[str]) -> tuple[list[str], list[str]]:
    """Names that are missed, and those that are told without a label."""
    missed = [w for w in wanted if not any(same(w, t) for t in told)]
    return missed, [t for t in told if not any(same(w, t) for w in wanted)]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_field(style: str, row_id: str, field: str) -> None:
    assert getattr(read(style, row_id), field) == wanted(labelled()[row_id], field)


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_days_numbers_and_sizes_of_its_events(style: str, row_id: str) -> None:
    events, labels = read(style, row_id).events, labelled()[row_id]["events"]
    ends = [
        event.end if event.end in label.get("end_alt", ()) else label["end"]
        for event, label in zip(events, labels, strict=True)
    ]
    assert [facts(event) for event in events] == [
        (e["start"], end, e["ordinal"], e["participants"]["count"])
        for e, end in zip(labels, ends, strict=True)
    ]


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_names_of_its_events(style: str, row_id: str) -> None:
    labels = labelled()[row_id]["events"]
    for event, label in zip(read(style, row_id).events, labels, strict=True):
        assert any(same(n, event.name) for n in (label["name"], *label.get("name_alt", [])))


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_cities_and_countries_of_its_events(style: str, row_id: str) -> None:
    labels = labelled()[row_id]["events"]
    for event, label in zip(read(style, row_id).events, labels, strict=True):
        place = label["place"]
        cities, countries = (
            (place[key], *place.get(f"{key}_alt", [])) for key in ("city", "country")
        )
        assert any(same(c, event.place.city) for c in cities)
        assert event.place.country in countries


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_persons_of_its_events(style: str, row_id: str) -> None:
    labels = labelled()[row_id]["events"]
    for event, label in zip(read(style, row_id).events, labels, strict=True):
        told = [person.name for person in event.persons]
        assert differences([p["name"] for p in label["persons"]], told) == ([], [])


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_organisers_of_its_events(style: str, row_id: str) -> None:
    labels = labelled()[row_id]["events"]
    for event, label in zip(read(style, row_id).events, labels, strict=True):
        free = label.get("organisers_optional", [])
        told = [name for name in event.organisers if not any(same(f, name) for f in free)]
        assert differences(label["organisers"], told) == ([], [])


@pytest.mark.parametrize(
    ("style", "row_id"), [case for case in CASES if "contacts" in labelled()[case[1]]]
)
def test_contacts_as_they_stand_on_the_page(style: str, row_id: str) -> None:
    keys = ("name", "phone", "fax", "email")
    shown = {
        m.field: m.surface for m in read(style, row_id).mentions if m.field.startswith("contacts")
    }
    assert shown == {
        f"contacts[{number}].{key}": contact[key]
        for number, contact in enumerate(labelled()[row_id]["contacts"])
        for key in keys
        if contact[key]
    }


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_nothing_of_the_furniture_is_told(style: str, row_id: str) -> None:
    row = labelled()[row_id]
    words = read_yaml(TEMPLATES / "furniture.yaml")[row["lang"]]
    page = read(style, row_id)
    told = f"{page.title}\n{page.teaser}\n{page.text}"
    lines = {w for w in words.values() if " " in w and w not in row["text"]}
    assert [w for w in sorted(lines) if w in told] == []
