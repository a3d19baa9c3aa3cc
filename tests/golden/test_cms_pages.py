"""The same kind of article in ten content management systems and three languages: one test a field.

The articles are own labelled texts (tests/quality/events_own.jsonl), the furniture around them stands in
`templates`: one file for each system, and the words of the pages in `furniture.yaml`.
"""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import pytest
import yaml

from crawler.parsers.page import PageReader, RawPage
from indexer.document import Event, Page
from indexer.reference import load_reference
from tests.quality.event_scores import rows, same

TEMPLATES = Path(__file__).with_name("templates")
ARTICLES = {
    "wordpress": ("de-02", "en-01", "ru-01"),
    "typo3": ("de-03", "en-06", "ru-10"),
    "drupal": ("de-06", "en-08", "ru-15"),
    "bitrix": ("de-13", "en-16", "ru-17"),
    "joomla": ("de-17", "en-24", "ru-18"),
    "contao": ("de-18", "en-25", "ru-23"),
    "government-portal": ("de-19", "en-28", "ru-25"),
    "plone": ("de-26", "en-39", "ru-31"),
    "tables-2004": ("de-30", "en-44", "ru-39"),
    "plain-release": ("de-41", "en-46", "ru-42"),
}
AUTHORS = {"de": "Ida Musterfrau", "en": "Mary Sample", "ru": "Иван Примеров"}
_SHORT_END = "a last paragraph of one short sentence is lost"
_CELL = "lines around the text in the cell of a layout table stay"
WEAK = {
    ("bitrix", "ru-17", "text"): _SHORT_END,
    ("contao", "de-18", "text"): _SHORT_END,
    ("tables-2004", "de-30", "text"): _CELL,
    ("tables-2004", "en-44", "text"): _CELL,
    ("tables-2004", "ru-39", "text"): _CELL,
    ("tables-2004", "de-30", "furniture"): _CELL,
    ("tables-2004", "ru-39", "furniture"): _CELL,
}
"""Known weak spots: style, article and what is looked at → reason."""
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


@cache
def reader() -> PageReader:
    return PageReader(load_reference())


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
    words = yaml.safe_load((TEMPLATES / "furniture.yaml").read_text("utf-8"))[lang]
    escaped = [html.escape(p, quote=False) for p in body]
    wrapped = (
        "<BR><BR>".join(escaped)
        if style == "tables-2004"
        else "".join(f"<p>{p}</p>\n" for p in escaped)
    )
    year, month, day = row["published"].split("-")
    return Template((TEMPLATES / f"{style}.html").read_text("utf-8")).substitute(
        words, lang=lang, title=html.escape(title, quote=False), author=AUTHORS[lang], iso=row["published"],
        shown=shown(row["published"], lang), numeric=f"{day}.{month}.{year}", paragraphs=wrapped,
    )  # fmt: skip


@cache
def read(style: str, row_id: str) -> Page:
    return reader().read(
        RawPage(
            body=page_html(style, row_id).encode(),
            url=f"https://{style}.example/news/{row_id}",
            content_type="text/html; charset=utf-8",
        )
    )


def wanted(row: dict[str, Any], field: str) -> object:
    title, body = paragraphs(row)
    values = {
        "kind": "article", "lang": row["lang"], "title": title, "published": row["published"],
        "authors": (AUTHORS[row["lang"]],), "text": "\n\n".join(body),
    }  # fmt: skip
    return values[field]


def facts(event: Event) -> tuple[object, ...]:
    return (event.start, event.end, event.place.country, event.ordinal, event.participants.count)


def cases(*fields: str) -> list[Any]:
    """Style, article and field of each test; the weak spots are expected to fail."""
    return [
        pytest.param(
            *case, field,
            marks=[pytest.mark.xfail(strict=True, reason=WEAK[*case, field])] if (*case, field) in WEAK else [],
        )
        for case in CASES
        for field in fields
    ]  # fmt: skip


@pytest.mark.parametrize(("style", "row_id", "field"), cases(*FIELDS))
def test_field(style: str, row_id: str, field: str) -> None:
    assert getattr(read(style, row_id), field) == wanted(labelled()[row_id], field)


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_days_countries_numbers_and_sizes_of_its_events(style: str, row_id: str) -> None:
    found = [facts(event) for event in read(style, row_id).events]
    assert found == [
        (e["start"], e["end"], e["place"]["country"], e["ordinal"], e["participants"]["count"])
        for e in labelled()[row_id]["events"]
    ]


@pytest.mark.parametrize(("style", "row_id"), CASES)
def test_names_of_its_events(style: str, row_id: str) -> None:
    labels = labelled()[row_id]["events"]
    for event, label in zip(read(style, row_id).events, labels, strict=True):
        assert any(same(n, event.name) for n in (label["name"], *label.get("name_alt", [])))


@pytest.mark.parametrize(("style", "row_id", "looked_at"), cases("furniture"))
def test_nothing_of_the_furniture_is_told(style: str, row_id: str, looked_at: str) -> None:
    row = labelled()[row_id]
    words = yaml.safe_load((TEMPLATES / "furniture.yaml").read_text("utf-8"))[row["lang"]]
    page = read(style, row_id)
    told = f"{page.title}\n{page.teaser}\n{page.text}"
    lines = {w for w in words.values() if " " in w and w not in row["text"]}
    assert [w for w in sorted(lines) if w in told] == [], looked_at
