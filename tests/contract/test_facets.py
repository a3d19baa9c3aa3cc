"""All values of a facet: over HTTP, from the embedded store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from indexer.query import QueryCompiler
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from indexer.stores.embedded import EmbeddedStore
from indexer.stores.facets import MOST_FACET_VALUES
from search_api.app import create_app
from tests.web.sample_site import SEEN, SampleArchive, client

LANGUAGES = ("de", "ru")
COUNT = MOST_FACET_VALUES + 200


def stored(number: int) -> StoredDocument:
    """A page that names a place of its own, and one that each tenth page names."""
    url = f"https://erzkunde.example/{number}"
    places = (f"Ort {number:04}", *(("karaganda",) if number % 10 == 0 else ()))
    page = Page(url, lang=LANGUAGES[number % 2], text="Erz am Berg", places=places)
    return StoredDocument(document_id(url), url, "erzkunde", 1, SEEN, page)


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    reference = load_reference()
    folder = tmp_path_factory.mktemp("facets")
    store = EmbeddedStore(folder, QueryCompiler(reference, {}), writable=True)
    store.write([stored(number) for number in range(COUNT)])
    with client(create_app(store, SampleArchive(), reference=reference)) as served:
        yield served
    store.close()


def values(http: httpx.Client, **parameters: object) -> list[tuple[str, int]]:
    """Label and count of all values, stretch by stretch."""
    found: list[tuple[str, int]] = []
    cursor: str | None = ""
    while cursor is not None:
        asked: dict[str, Any] = {**parameters, "cursor": cursor}
        answer = http.get("/api/facets/place", params=asked)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += [(item["label"], item["count"]) for item in body["items"]]
        cursor = body["next"]
    assert len(found) == body["total"]
    return found


def test_all_values_are_listed_also_those_that_no_search_counts(http: httpx.Client) -> None:
    found = values(http, limit=500)
    assert len(found) == len(dict(found)) == COUNT + 1
    assert found[0] == ("Karagandy", COUNT // 10)
    assert {count for _, count in found[1:]} == {1}
    searched = http.get("/api/search").json()["facets"]["place"]
    assert len(searched) <= MOST_FACET_VALUES


def test_they_are_counted_as_a_search_counts_them(http: httpx.Client) -> None:
    german = dict(values(http, lang="de", limit=1000))
    assert len(german) == COUNT // 2 + 1
    assert german["Karagandy"] == COUNT // 10
    # The field's own filter does not count: values are alternatives.
    chosen = {"place": "Ort 0001", "lang": "ru"}
    assert dict(values(http, **chosen, limit=1000))["Ort 0003"] == 1
    assert values(http, q="nowhere") == []


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ("ort 0123", ["Ort 0123"]),
        ("караган", ["Karagandy"]),
        ("karaganda", ["Karagandy"]),  # its id
        ("nothing", []),
        ("%%", []),
    ],
)
def test_letters_are_looked_for_in_any_script(
    http: httpx.Client, within: str, expected: list[str]
) -> None:
    assert [label for label, _ in values(http, within=within)] == expected


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/facets/planet", 404),
        ("/facets/place?cursor=x", 400),
        ("/facets/place?q=%28", 400),
        ("/facets/place?limit=0", 422),
        ("/facets/place?withni=a", 422),
    ],
)
def test_bad_input_is_told(http: httpx.Client, path: str, status: int) -> None:
    answer = http.get(f"/api{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (
        status,
        "application/problem+json",
    )
    page = http.get(path)
    assert (page.status_code, page.headers["content-type"][:9]) == (status, "text/html")


def test_the_page_has_links_that_narrow_the_search(http: httpx.Client) -> None:
    page = http.get("/facets/place?q=erz&lang=de&within=0124&place=Ort+0004").text
    assert 'href="/?q=erz&amp;lang=de&amp;place=Ort+0004&amp;place=Ort+0124"' in page
    assert 'href="/api/facets/place?q=erz&amp;lang=de' in page
    assert "1 value<" in page


def test_a_chosen_value_is_listed_also_where_no_page_has_it(http: httpx.Client) -> None:
    assert dict(values(http, place="Ort 9999", within="9999")) == {"Ort 9999": 0}
    assert values(http, q="nothing", place="Ort 9999") == [("Ort 9999", 0)]
    page = http.get("/facets/place?lang=de&place=Ort+9999&within=9999").text
    assert 'href="/?lang=de"' in page  # the link that takes it away


def test_the_page_says_what_it_lists_and_of_which_search(http: httpx.Client) -> None:
    assert "Pages of this search" in http.get("/facets/place?lang=de").text
    assert "All pages" in http.get("/facets/place").text
    assert "<h1>Place</h1>" in http.get("/facets/place?q=%28").text


def test_a_chosen_name_is_marked_in_whatever_spelling(http: httpx.Client) -> None:
    page = http.get("/facets/organisation?organisation=Erzkunde+AG&organisation=ERZKUNDE+AG").text
    listed = page.partition("filters values")[2]
    assert listed.count("<li") == 1
    assert 'href="/"' in listed  # the link that takes it away
