"""`radar parse`: one line out for every line in, in the shape that other programs read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.newsroom import article
from tests.e2e.world import Ended, run_radar

KEYS = [
    "id",
    "url",
    "lang",
    "published",
    "title",
    "teaser",
    "text",
    "authors",
    "kind",
    "events",
    "countries",
    "commodities",
    "strategies",
    "programmes",
    "contacts",
    "published_at",
    "parts",
    "dates",
    "mentions",
]
EVENT_KEYS = {
    "name",
    "role",
    "series",
    "ordinal",
    "start",
    "end",
    "place",
    "theme",
    "organisers",
    "participants",
    "persons",
}
KINDS = {
    "article",
    "event",
    "listing",
    "not-an-article",
    "paywalled",
    "consent-wall",
    "soft-404",
}
TEXT = (
    "  Am 8. und 9. Juni 2015 fand in Astana die 5. Sitzung der Arbeitsgruppe Rohstoffe "
    "statt.\u00a0 \n\n\n"
    "Rund 45 Teilnehmer aus Kasachstan und Deutschland sprachen über Kupfer und Seltene "
    "Erden. 🪨 Ä\u0308rger.\r\n"
    "Kontakt: Erika Beispiel, Referentin, Tel. +49 30 1234567, beispiel@verband.example\n "
)
RUSSIAN = "12 марта 2024 года в Бишкеке прошёл форум. Участники обсудили добычу лития и сурьмы.\n\n"
HTML = article(
    "Kupfer aus dem Norden", more=["Das Treffen findet am 4. Mai 2026 in Freiberg statt."]
)
LINES: list[Any] = [
    {
        "id": "text",
        "text": TEXT,
        "lang": "de",
        "url": "https://a.example/1",
        "published": "2015-06",
    },
    {"id": 7, "text": RUSSIAN, "reference_date": "2024-03-20", "secret_label": "never copied"},
    {
        "id": "html",
        "html": HTML.replace("utf-8", "koi8-r"),
        "url": "https://a.example/n",
        "events": 5,
    },
    {"id": "nulls", "text": "Kupfer.", "url": None, "lang": None, "published": None},
    {"id": "both", "html": None, "text": "Zinn in Bolivien."},
    "{broken",
    [1, 2],
    {"id": "nothing"},
    {"id": "wrong", "text": 5},
    {"id": "list-url", "text": "x", "url": ["a"]},
    {"id": "no-words", "text": ""},
    {"id": "empty-html", "html": "  "},
    {"text": "ohne Kennung"},
    {"id": {"deep": [1]}, "text": "Kennung mit Tiefe"},
    {"id": "same", "text": "eins"},
    {"id": "same", "text": "zwei"},
]


def _line(record: Any) -> str:
    return record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)


@pytest.fixture(scope="module")
def answered() -> Ended:
    """All lines at once; the last one has no newline."""
    return run_radar("parse", given="\n".join(_line(line) for line in LINES))


@pytest.fixture(scope="module")
def records(answered: Ended) -> list[dict[str, Any]]:
    return answered.lines


def test_every_line_is_answered_in_order(answered: Ended, records: list[dict[str, Any]]) -> None:
    assert answered.code == 0
    assert answered.err == ""
    expected = [line.get("id") if isinstance(line, dict) else None for line in LINES]
    assert [record["id"] for record in records] == expected


def test_errors_have_code_and_message(records: list[dict[str, Any]]) -> None:
    failed = {n: r["error"] for n, r in enumerate(records) if "error" in r}
    assert {5, 6, 7, 8, 9, 11} <= failed.keys() <= {5, 6, 7, 8, 9, 10, 11}
    for number, error in failed.items():
        assert set(records[number]) == {"id", "error"}
        assert set(error) == {"code", "message"}
        assert error["code"]
        assert error["message"]
        assert "\n" not in error["message"]


def _good(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record for record in records if "error" not in record]


def test_records_have_all_keys(records: list[dict[str, Any]]) -> None:
    assert len(_good(records)) >= 9
    for record in _good(records):
        assert set(KEYS) <= set(record)
        assert record["kind"] in KINDS
        assert set(record["parts"]) == {"byline", "contact", "markup", "url", "given"}
        assert all(value is None or value for value in record["parts"].values())
        for name in ("url", "lang", "published", "title", "teaser", "published_at"):
            assert record[name] is None or record[name] != ""
        for event in record["events"]:
            assert set(event) >= EVENT_KEYS
            assert {"venue", "city", "country"} <= set(event["place"])
            assert {"count", "countries", "organisations"} <= set(event["participants"])
            for person in event["persons"]:
                assert {"name", "role", "organisation"} <= set(person)
        for contact in record["contacts"]:
            assert set(contact) == {"name", "role", "phone", "fax", "email"}
        for commodity in record["commodities"]:
            assert set(commodity) >= {"name", "surface"}
        for date in record["dates"]:
            assert set(date) >= {"start", "end", "from", "to", "kind"}


def test_a_blank_line_is_answered_too() -> None:
    """One line out for every line in, so that inputs and answers can be laid side by side."""
    given = '{"id": 1, "text": "Zinn."}\n\n{"id": 2, "text": "Blei."}\n'
    answers = run_radar("parse", given=given, cold=True)
    assert [a["id"] for a in answers.lines] == [1, None, 2]
    assert set(answers.lines[1]) == {"id", "error"}


def test_nothing_is_copied_out(answered: Ended) -> None:
    for word in ("never copied", "secret_label", "_alt", "_optional", "name_surface"):
        assert word not in answered.out
    assert "\\u" not in answered.out  # UTF-8, not escapes


def test_text_is_taken_as_it_stands(records: list[dict[str, Any]]) -> None:
    for line, record in zip(LINES, records, strict=True):
        if isinstance(line, dict) and isinstance(line.get("text"), str) and "error" not in record:
            assert record["text"] == line["text"]


def test_every_mention_is_where_it_says(records: list[dict[str, Any]]) -> None:
    seen = 0
    for record in _good(records):
        texts = {part: record[part] for part in ("title", "teaser", "text")} | record["parts"]
        for mention in record["mentions"]:
            assert set(mention) >= {"field", "part", "start", "end", "surface", "value"}
            whole = texts[mention["part"]]
            assert whole[mention["start"] : mention["end"]] == mention["surface"] != ""
            seen += 1
        for date in record["dates"]:
            assert 0 <= date["start"] < date["end"] <= len(record["text"])
    assert seen > 20


def test_what_is_given_is_trusted(records: list[dict[str, Any]]) -> None:
    assert records[0]["url"] == "https://a.example/1"
    assert records[0]["lang"] == "de"
    assert records[0]["published"] == "2015-06"
    assert records[1]["published"] == "2024-03-20"
    assert records[1]["lang"] == "ru"
    assert records[3]["published"] is None


def test_declared_charsets_are_ignored_and_paragraphs_parted(records: list[dict[str, Any]]) -> None:
    page = records[2]
    assert page["title"] == "Kupfer aus dem Norden"
    assert "fördert" in page["text"]
    assert "\n\n" in page["text"]
    assert "\n\n\n" not in page["text"]
    assert page["text"] == page["text"].strip()


def test_values_of_the_record(records: list[dict[str, Any]]) -> None:
    first = records[0]
    assert set(first["countries"]) == {"KZ", "DE"}
    assert {"copper"} <= {c["name"] for c in first["commodities"]}
    assert [event["start"] for event in first["events"]] == ["2015-06-08"]
    assert first["events"][0]["place"]["city"] == "Astana"
    assert [c["email"] for c in first["contacts"]] == ["beispiel@verband.example"]
    assert {"lithium", "antimony"} == {c["name"] for c in records[1]["commodities"]}


def test_the_same_from_a_file_and_again(tmp_path: Any, answered: Ended) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(_line(line) for line in LINES), encoding="utf-8")
    assert run_radar("parse", str(path)).out == answered.out


def test_a_missing_file_is_a_mistake(tmp_path: Any) -> None:
    ended = run_radar("parse", str(tmp_path / "none.jsonl"))
    assert ended.code == 2
    assert "none.jsonl" in ended.err
