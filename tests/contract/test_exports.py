"""Searches as files and feeds: over HTTP, by suffix and by Accept, and on the command line."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from zipfile import ZipFile

import feedparser
import httpx
import pytest

from indexer.records.document import Page, StoredDocument, document_id
from indexer.stores.base import SORTS
from indexer.stores.embedded import EmbeddedStore
from search_api.app import create_app
from search_api.exports.formats import FORMAT
from tests.e2e.world import World, source
from tests.web.sample_site import SEEN, SampleArchive, SampleStore, client, embedded_samples

PATHS = {
    "csv": "/search.csv",
    "xlsx": "/search.xlsx",
    "ndjson": "/search.ndjson",
    "atom": "/search.atom",
    "feed": "/search.feed.json",
    "ics": "/search.ics",
}
MANY = 320
"""More pages than are read at once."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with embedded_samples(tmp_path_factory.mktemp("index")) as filled:
        filled.write([page(number) for number in range(MANY)])
        yield filled


@pytest.fixture(scope="module")
def http(store: EmbeddedStore) -> Iterator[httpx.Client]:
    with client(create_app(store, SampleArchive())) as opened:
        yield opened


def page(number: int) -> StoredDocument:
    url = f"https://many.example/{number}"
    text = f'=HYPERLINK("x") Zinnstein Nummer {number}'
    return StoredDocument(
        document_id(url), url, "many", 1, SEEN, Page(url=url, title=text, text=text, lang="de")
    )


def test_the_formats_are_those_of_the_contract() -> None:
    assert {name: known.path for name, known in FORMAT.items()} == PATHS


@pytest.mark.parametrize("sort", SORTS)
def test_files_are_complete_and_in_order(http: httpx.Client, sort: str) -> None:
    asked = {"q": "Zinnstein", "sort": sort}
    answer = http.get("/search.ndjson", params=asked)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    hits = [json.loads(line) for line in answer.text.splitlines()]
    assert len({hit["id"] for hit in hits}) == len(hits) == MANY
    first = http.get("/api/search", params={**asked, "limit": 100}).json()["hits"]
    assert hits[:100] == first
    lines = list(csv.DictReader(io.StringIO(http.get("/search.csv", params=asked).text)))
    assert [line["id"] for line in lines] == [hit["id"] for hit in hits]
    assert all(line["title"].startswith("'=HYPERLINK") for line in lines)
    workbook = ZipFile(io.BytesIO(http.get("/search.xlsx", params=asked).content))
    sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row>") == MANY + 1
    assert [sheet.find(hit["id"]) for hit in hits] == sorted(sheet.find(h["id"]) for h in hits)


def test_an_export_says_which_sources_it_rests_on(http: httpx.Client) -> None:
    answer = http.get("/search.csv", params={"q": "Zinnstein"})
    assert answer.headers["rohstoffradar-coverage"] == "3 sources, 2 not reached since 2026-03-02"


def test_a_limit_counts_where_it_is_given(http: httpx.Client) -> None:
    answer = http.get("/search.ndjson", params={"q": "Zinnstein", "limit": 7})
    assert len(answer.text.splitlines()) == 7


def test_filters_and_dates_narrow_an_export(http: httpx.Client) -> None:
    lines = http.get("/search.ndjson?q=lithium&lang=de&from=2024-05&to=2024").text.splitlines()
    assert [json.loads(line)["source"] for line in lines] == ["erzkunde"]


def test_a_feed_names_the_next_stretch_until_all_was_told(http: httpx.Client) -> None:
    address, seen, stretches = "/search.feed.json?q=Zinnstein&limit=100", [], 0
    while address:
        answer = http.get(address)
        assert answer.headers["content-type"] == "application/feed+json"
        feed = answer.json()
        seen += [item["id"] for item in feed["items"]]
        address, stretches = feed.get("next_url"), stretches + 1
    assert len(set(seen)) == len(seen) == MANY
    assert stretches == 4
    atom = feedparser.parse(http.get("/search.atom?q=Zinnstein").content)
    links = {link.rel: link.href for link in atom.feed.links}
    following = feedparser.parse(http.get(links["next"]).content)
    assert not {e.id for e in atom.entries} & {e.id for e in following.entries}


@pytest.mark.parametrize("name", PATHS)
def test_accept_gives_the_same_as_the_suffix(http: httpx.Client, name: str) -> None:
    known = FORMAT[name]
    asked = {"q": "lithium", "lang": "de"}
    by_suffix = http.get(known.path, params=asked)
    by_header = http.get("/api/search", params=asked, headers={"Accept": known.media_type})
    assert by_header.content == by_suffix.content
    assert by_header.headers["content-type"] == by_suffix.headers["content-type"]
    assert "accept" in by_header.headers["vary"].lower()


@pytest.mark.parametrize("path", PATHS.values())
def test_mistakes_are_problems_before_anything_is_sent(http: httpx.Client, path: str) -> None:
    answer = http.get(path, params={"q": "zinc (copper"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unbalanced-bracket")
    assert answer.headers["content-type"] == "application/problem+json"
    assert http.get(path, params={"limit": "many"}).status_code == 422


def test_a_search_without_hits_is_an_empty_file(http: httpx.Client) -> None:
    for path in PATHS.values():
        assert http.get(path, params={"q": "nowhere-at-all"}).status_code == 200
    assert http.get("/search.ndjson?q=nowhere-at-all").content == b""


def test_markup_of_pages_stays_text(http: httpx.Client) -> None:
    table = http.get("/search.csv?q=lithium&kind=not-an-article").text
    assert "<script>alert(1)</script>" in table
    feed = http.get("/search.feed.json?q=lithium&kind=not-an-article").text
    assert "<script>" not in feed


def test_the_page_of_a_search_leads_to_its_files() -> None:
    with client(create_app(SampleStore(), SampleArchive())) as http:
        shown = http.get("/?q=lithium&lang=de&limit=2").text
    for path in ("/search.csv", "/search.xlsx", "/search.ndjson", "/search.feed.json"):
        assert f'href="{path}?q=lithium&amp;lang=de"' in shown


LINES = [{"id": n, "text": f"Zinn und Kupfer {n}.", "lang": "de"} for n in range(3)]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("exported")
    made = World(folder)
    made.configure([source("bote", "https://bote.example/")], [])
    lines = folder / "lines.jsonl"
    lines.write_text("\n".join(json.dumps(line) for line in LINES))
    assert made.radar("import", str(lines), "--source", "bote").code == 0
    return made


def test_the_command_line_writes_the_same(world: World) -> None:
    table = world.radar("export", "Kupfer", "--format", "csv")
    assert (table.code, len(table.out.splitlines())) == (0, 4)
    hits = world.radar("export", "Kupfer", "--format", "ndjson").lines
    assert hits == world.radar("search", "Kupfer", "--json").lines
    assert len(world.radar("export", "Kupfer", "--format", "ndjson", "--limit", "2").lines) == 2


def test_a_file_has_as_many_hits_as_are_asked_for_and_a_feed_a_hundred(world: World) -> None:
    for name in ("csv", "ndjson"):
        every = world.radar("export", "Kupfer", "--format", name)
        bounded = world.radar("export", "Kupfer", "--format", name, "--limit", "500")
        assert (bounded.code, bounded.out) == (0, every.out)
    refused = world.radar("export", "Kupfer", "--format", "atom", "--limit", "101")
    assert refused.code == 2
    assert "a feed has 100 entries at most" in refused.err
    assert world.radar("export", "Kupfer", "--format", "atom", "--limit", "100").code == 0


def test_a_file_is_written_whole_or_not_at_all(world: World) -> None:
    target = world.home.parent / "found.xlsx"
    assert world.radar("export", "Kupfer", "--format", "xlsx", "--output", str(target)).code == 0
    assert ZipFile(target).testzip() is None
    missing = world.home.parent / "missing.csv"
    ended = world.radar("export", "Kupfer (", "--format", "csv", "--output", str(missing))
    assert ended.code == 2
    assert "^" in ended.err
    assert not missing.exists()


def test_a_file_that_can_not_be_written_is_named_as_it_was_asked_for(world: World) -> None:
    target = world.home.parent / "nowhere" / "found.csv"
    ended = world.radar("export", "Kupfer", "--format", "csv", "--output", str(target))
    assert ended.code == 3
    assert ended.err.strip().endswith(str(target))


def test_what_another_export_writes_meanwhile_is_left_alone(world: World) -> None:
    target = world.home.parent / "both.csv"
    other = target.with_name("both.csv.part")
    other.write_text("half")
    assert world.radar("export", "Kupfer", "--format", "csv", "--output", str(target)).code == 0
    assert target.read_text("utf-8").startswith("id,")
    assert sorted(target.parent.glob("both.csv*")) == [target, other]
    assert other.read_text() == "half"


def test_a_file_takes_the_place_of_files_alone(world: World) -> None:
    file, link, pipe = (world.home.parent / name for name in ("old.csv", "link.csv", "pipe"))
    file.write_text("old")
    link.symlink_to(file)
    os.mkfifo(pipe)
    assert world.radar("export", "Kupfer", "--format", "csv", "--output", str(link)).code == 0
    assert link.is_symlink()
    assert file.read_text("utf-8").startswith("id,")
    refused = world.radar("export", "Kupfer", "--format", "csv", "--output", str(pipe))
    assert refused.code == 2
    assert f"{pipe} is no file" in refused.err
    assert pipe.is_fifo()
