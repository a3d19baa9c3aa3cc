"""One reading of JSON lines for `radar parse` and `radar import`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.records.errors import ParseError
from radar.page_input.importing import Importer, Item
from radar.page_input.json_lines import page_of, record_of
from radar.page_input.parsing import parse_lines

DEEP = b"[" * 100_000
WRONG: list[bytes] = [
    DEEP,
    b'{"text": ' + DEEP,
    b"{broken",
    b"[1, 2]",
    b"{}",
    b'{"html": null, "text": null}',
    b'{"html": 5, "text": "Kupfer"}',
    b'{"text": "Kupfer", "url": ["a"]}',
    b'{"text": "Kupfer", "lang": {}}',
    b'{"text": "Kupfer", "published": 2024}',
    b'{"text": "Kupfer", "reference_date": false}',
]


def imported(folder: Path, *lines: bytes) -> list[Item]:
    file = folder / "lines.jsonl"
    file.write_bytes(b"\n".join(lines))
    return list(Importer([file], None).items())


@pytest.mark.parametrize("line", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_the_same_for_import_and_parse(tmp_path: Path, line: bytes) -> None:
    [item] = imported(tmp_path, line)
    with pytest.raises(ParseError) as caught:
        page_of(record_of(line))
    assert item.error == caught.value.message
    assert caught.value.reason in ("no-json", "no-object", "empty", "wrong-type")


def test_parse_answers_every_wrong_line() -> None:
    answers = list(parse_lines(WRONG, None))
    assert [a["error"]["message"] for a in answers] == [_message(line) for line in WRONG]


def _message(line: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        page_of(record_of(line))
    return caught.value.message


def test_half_characters_of_an_id_do_not_stop_the_answers() -> None:
    lines = [b'{"id": {"\\ud800": ["\\udc00"]}}', '{"id": "Erz \u00e4\U0001faa8"}'.encode()]
    answers = list(parse_lines(lines, None))
    half = "\N{REPLACEMENT CHARACTER}"
    assert [a["id"] for a in answers] == [{half: [half]}, "Erz \u00e4\U0001faa8"]


@pytest.mark.parametrize(
    ("record", "body", "form"),
    [
        ({"html": None, "text": "Zinn"}, "Zinn", "text"),
        ({"html": "<p>Zinn", "text": None}, "<p>Zinn", "html"),
        ({"html": "<p>Zinn", "text": "Blei"}, "<p>Zinn", "html"),
        ({"text": "Zinn \ud83d!"}, "Zinn \N{REPLACEMENT CHARACTER}!", "text"),
    ],
)
def test_a_page_is_taken_as_given(
    tmp_path: Path, record: dict[str, Any], body: str, form: str
) -> None:
    [item] = imported(tmp_path, json.dumps(record).encode())
    assert (item.error, item.body.decode(), item.given["form"]) == (None, body, form)


def test_half_characters_of_what_is_given_are_replaced(tmp_path: Path) -> None:
    record = {
        "text": "Zinn",
        "url": "https://a.example/\udc00",
        "lang": "d\ud800",
        "published": "\ud800",
    }
    [item] = imported(tmp_path, json.dumps(record).encode())
    assert item.address.isascii()
    assert json.dumps(item.given, ensure_ascii=False).encode()


def test_files_of_one_name_in_two_paths_have_two_addresses(tmp_path: Path) -> None:
    for name in ("x/a", "b", "y/a"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "p.html").write_text(f"<p>{name}")
        (tmp_path / name / "l.jsonl").write_text('{"text": "Zinn"}')
    paths = [
        tmp_path / "x/a",
        tmp_path / "b",
        tmp_path / "y/a",
        tmp_path / "b",
        tmp_path / "b/p.html",
    ]
    items = list(Importer(paths, None).items())
    assert [item.address for item in items] == [
        "file:l.jsonl:1",
        "file:p.html",
        "file:b/l.jsonl:1",
        "file:b/p.html",
        "file:a/l.jsonl:1",
        "file:a/p.html",
    ]
    same = [tmp_path / "x/a/p.html", tmp_path / "y/a/p.html", tmp_path / "x"]
    (tmp_path / "x/p.html").write_text("<p>x")
    assert [item.address for item in Importer(same, None).items()] == [
        "file:p.html",
        "file:a/p.html",
        "file:a/l.jsonl:1",
        "file:x/p.html",
    ]
