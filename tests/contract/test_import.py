"""`radar import`: files, folders and lines go the way of crawled pages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.e2e.newsroom import article
from tests.e2e.world import Ended, World, source

HOME = "https://bote.example"


def fill(folder: Path) -> None:
    """Saved pages of every kind, and files that can't be read."""
    (folder / "deep" / "er").mkdir(parents=True)
    own = article("Eigene Meldung", "Kupfer", canonical=HOME + "/n/1?utm_source=x")
    (folder / "own.html").write_text(own, encoding="utf-8")
    foreign = article("Fremde Meldung", "Zinn", canonical="https://anders.example/2")
    (folder / "deep" / "foreign.htm").write_text(foreign, encoding="utf-8")
    plain = article("Ohne Verweis", "Blei").encode()
    (folder / "deep" / "er" / "packed.html.gz").write_bytes(gzip.compress(plain, mtime=0))
    (folder / "broken.html.gz").write_bytes(gzip.compress(plain, mtime=0)[:200])
    (folder / "no.html.gz").write_bytes(b"no gzip at all")
    (folder / "empty.html").write_bytes(b"")
    (folder / "notes.txt").write_text("never looked at")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "loop").symlink_to(folder)
    lines = [
        {"id": 1, "url": HOME + "/n/7#part", "html": article("Aus einer Zeile", "Wolfram")},
        {"id": 2, "url": "https://anders.example/8", "text": "Graphit in Finnland.", "lang": "de"},
        {"id": 3, "text": "Nickel aus dem Norden.", "published": "2024-05"},
        {"id": 4},
        {"id": 5, "url": HOME + "/n/7", "text": "Dieselbe Adresse noch einmal."},
    ]
    text = "\n".join([*(json.dumps(line) for line in lines), "{no json", ""])
    (folder / "lines.jsonl").write_text(text, encoding="utf-8")


OUTCOMES = {
    HOME + "/n/1": "new",
    "file:deep/foreign.htm": "new",
    "file:deep/er/packed.html.gz": "new",
    "file:broken.html.gz": "quarantined",
    "file:no.html.gz": "quarantined",
    "file:empty.html": "quarantined",
    HOME + "/n/7": "new",
    "https://anders.example/8": "new",
    "file:lines.jsonl:3": "new",
    "file:lines.jsonl:4": "quarantined",
    "file:lines.jsonl:6": "quarantined",
}


class Imported:
    """The world after the same import twice, for one source and for none."""

    def __init__(self, folder: Path) -> None:
        self.pages = folder / "pages"
        self.pages.mkdir()
        fill(self.pages)
        self.world = World(folder)
        self.world.configure([source("bote", HOME + "/")])
        self.first = self.world.radar("import", str(self.pages), "--source", "bote", "--json")
        self.again = self.world.radar("import", str(self.pages), "--source", "bote", "--json")
        self.alone = self.world.radar("import", str(self.pages / "own.html"), "--json")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    return Imported(tmp_path_factory.mktemp("imported"))


def test_every_page_has_its_outcome(imported: Imported) -> None:
    assert imported.world.outcomes(1) == OUTCOMES
    summary = imported.first.summary
    assert summary["outcomes"] == {"new": 6, "quarantined": 5}
    told = {"state": "ok", "reason": None, "outcomes": summary["outcomes"]}
    assert summary["sources"] == {"bote": {**told, "seconds": None, "bytes": 0}}
    assert summary["discovery"] == {}
    assert imported.first.code == 0  # single pages don't count
    assert summary["revisions"] == summary["indexed"] == 6


def test_what_could_not_be_read_has_its_reason(imported: Imported) -> None:
    rows = imported.world.rows("select url, reason from visit where run = 1 and reason <> ''")
    assert {url for url, _ in rows} == {u for u, o in OUTCOMES.items() if o == "quarantined"}
    told = [line for line in imported.first.err.splitlines() if "note: not read: " in line]
    assert told == [f"  note: not read: {url}: {reason}" for url, reason in sorted(rows)]


def test_the_second_line_of_an_address_is_told_of(imported: Imported) -> None:
    [told] = [line for line in imported.first.err.splitlines() if "lines.jsonl:5" in line]
    assert f"{HOME}/n/7 came before" in told


def test_the_same_import_changes_nothing(imported: Imported) -> None:
    summary = imported.again.summary
    assert summary["outcomes"] == {"unchanged": 6, "quarantined": 5}
    assert [summary[key] for key in ("revisions", "indexed", "matches", "sent")] == [0, 0, 0, 0]


def test_without_a_source_a_file_goes_by_its_name(imported: Imported) -> None:
    assert imported.alone.code == 0
    assert imported.alone.summary["sources"].keys() == {"import"}
    assert imported.world.outcomes(3) == {"file:own.html": "new"}


def test_imported_pages_are_found(imported: Imported) -> None:
    found = imported.world.radar("search", "Nickel", "--json").lines
    assert [(h["url"], h["source"], h["published"]) for h in found] == [
        ("file:lines.jsonl:3", "bote", "2024-05")
    ]


def test_a_run_never_asks_for_imported_files(imported: Imported) -> None:
    rows = imported.world.rows("select count(*) from address where url like 'file:%'")
    assert rows[0][0] > 0
    source_of = "select distinct source from address"
    assert {s for (s,) in imported.world.rows(source_of)} == {"bote", "import"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["import", "/nowhere/at-all.html"],
        ["import", __file__, "--source", "botte"],
    ],
)
def test_mistaken_commands(imported: Imported, arguments: list[str]) -> None:
    ended: Ended = imported.world.radar(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.strip()


def test_an_unknown_source_is_guessed_at(imported: Imported) -> None:
    ended = imported.world.radar("import", __file__, "--source", "botte")
    assert "did you mean" in ended.err
    assert "bote" in ended.err
