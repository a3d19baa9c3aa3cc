"""JSON APIs by description: answers to links, the next answer, and an item read as its page."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.apis.api_items import page_of_item
from crawler.discovery.apis.api_lists import api_of_item, first_address, item_of_page, read_api
from crawler.discovery.apis.templates import fill, match_template, template_error
from indexer.records.errors import ParseError
from indexer.records.source import Api, ApiPage, Source
from radar.configuration.apis import api_of
from radar.configuration.folder import read_presets
from radar.configuration.models import ApiEntry

SITE = "https://www.example.org"


def encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def packaged(name: str, **values: str) -> Api:
    problems: list[str] = []
    api = api_of(ApiEntry(preset=name, with_=values), read_presets(None, {}, problems))
    assert problems == []
    return api


def source(*apis: Api) -> Source:
    return Source("s", "S", SITE, "KZ", ("ru",), apis=apis)


def test_the_kazakh_portal() -> None:
    api = packaged("gov-kz", project="mfa")
    start = first_address(api)
    assert start is not None
    assert start.endswith("news?sort-by=created_date:DESC&projects=eq:mfa&page=1&size=20")
    assert dict(api.headers) == {"Accept": "application/json", "Accept-Language": "ru"}
    items = [
        {
            "id": n,
            "title": f"Новость {n}",
            "created_date": "2026-05-04T10:00:00",
            "body": "<p>x</p>",
        }
        for n in range(101, 121)
    ]
    content = read_api(encoded(items), start, "application/json", api)
    assert content.next == start.replace("page=1", "page=2")
    first = content.links[0]
    item = "https://www.gov.kz/api/v1/public/content-manager/news/101?lang=ru"
    assert (first.url, first.title) == (item, "Новость 101")
    assert first.published == "2026-05-04T10:00:00"
    assert len(content.links) == 20
    assert read_api(encoded(items[:3]), start, None, api).next is None
    assert read_api(b"[]", start, None, api) == read_api(
        b"[]", start, None, replace(api, size=None)
    )
    page = page_of_item(encoded(items[0]), item, None, api)
    public = "https://www.gov.kz/memleket/entities/mfa/press/news/details/101?lang=ru"
    assert (page.url, page.lang, page.title) == (public, "ru", "Новость 101")
    assert f'<link rel="canonical" href="{public}">' in (page.html or "")
    # However the page is found, it is asked for where its text stands.
    assert item_of_page(source(api), public) == item
    assert api_of_item(source(api), item) == api
    assert api_of_item(source(api), public) is None


def test_the_press_corner() -> None:
    api = packaged("eu-presscorner", text="raw materials & more")
    start = first_address(api)
    assert start is not None
    assert "text=raw%20materials%20%26%20more&pagesize=20&pagenumber=1" in start
    answer = {
        "docuLanguageListResources": [
            {"refCode": "IP/26/12", "title": "Partnership signed", "eventDate": "2026-05-04"},
            {"title": "without reference"},
        ]
    }
    content = read_api(encoded(answer), start, None, replace(api, size=None))
    item = (
        "https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/12&language=en"
    )
    assert [link.url for link in content.links] == [item]
    assert content.next == start.replace("pagenumber=1", "pagenumber=2")
    document = {
        "eventDate": "2026-05-04",
        "docuLanguageResource": {
            "title": "Partnership signed",
            "htmlContent": "<p>The two sides.</p>",
        },
    }
    page = page_of_item(encoded(document), item, "application/json", api)
    # The reference is not in the document: it is taken from the address.
    assert page.url == "https://ec.europa.eu/commission/presscorner/detail/en/ip_26_12"
    assert "<p>The two sides.</p>" in (page.html or "")
    assert page.published == "2026-05-04"
    assert read_api(encoded({"docuLanguageListResources": []}), start, None, api).links == ()


def test_the_world_bank() -> None:
    api = packaged("worldbank")
    start = first_address(api)
    assert start is not None
    assert start.endswith("&os=0")
    documents: dict[str, object] = {
        f"D{n}": {
            "url": f"http://www.worldbank.org/en/news/press-release/2026/05/04/story-{n}",
            "title": {"cdata!": f"Story {n}"},
            "lnchdt": "2026-05-04T13:00:00Z",
        }
        for n in range(30)
    }
    content = read_api(
        encoded({"total": 90, "documents": {**documents, "facets": {}}}), start, None, api
    )
    assert len(content.links) == 30
    assert content.links[0].title == "Story 0"
    assert content.next == start.replace("os=0", "os=30")
    assert read_api(encoded({"documents": {}}), start, None, api).links == ()


def test_cursors_and_addresses_of_the_next_answer() -> None:
    api = Api(f"{SITE}/api?after={{cursor}}", "d", "{url}", next="meta.cursor")
    assert first_address(api) == f"{SITE}/api?after="
    answer = {"d": [{"url": f"{SITE}/a"}], "meta": {"cursor": "x=/?"}}
    assert (
        read_api(encoded(answer), f"{SITE}/api?after=", None, api).next
        == f"{SITE}/api?after=x%3D/%3F"
    )
    linked = Api(f"{SITE}/api", "d", "{url}", next="next")
    answer = {"d": [{"url": f"{SITE}/a"}], "next": "?p=2"}
    assert read_api(encoded(answer), f"{SITE}/api", None, linked).next == f"{SITE}/api?p=2"
    assert read_api(encoded({"d": [1]}), f"{SITE}/api", None, linked).next is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[" * 50_000,
        b'{"other": []}',
        b'"text"',
        b"5",
        b'{"d": 5}',
        b"\xff\xfe\x00",
    ],
)
def test_answers_that_are_none(body: bytes) -> None:
    api = Api(f"{SITE}/api?page={{page}}", "d.items", "{url}")
    with pytest.raises(ParseError):
        read_api(body, f"{SITE}/api?page=1", None, api)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"{}", b"[]", b'{"body": null}', b'{"body": "  "}', b'{"body": [1]}']
)
def test_items_without_text(body: bytes) -> None:
    api = Api(f"{SITE}/api", "d", "{url}", detail=f"{SITE}/api/{{id}}", page=ApiPage(html="body"))
    with pytest.raises(ParseError):
        page_of_item(body, f"{SITE}/api/1", None, api)


def test_plain_text_becomes_paragraphs() -> None:
    api = Api(
        f"{SITE}/api",
        "d",
        f"{SITE}/n/{{id}}",
        detail=f"{SITE}/api/{{id}}",
        page=ApiPage(text="t", title="h"),
    )
    page = page_of_item(
        b'{"id": 7, "t": "a < b\\n\\nc", "h": "T\\ud800"}', f"{SITE}/api/7", None, api
    )
    assert "<p>a &lt; b</p><p>c</p>" in (page.html or "")
    assert page.title == "T?"
    assert page.url == f"{SITE}/n/7"


values = (
    st.text(max_size=30) | st.integers() | st.none() | st.lists(st.text(max_size=5), max_size=2)
)


@given(st.dictionaries(st.sampled_from(["id", "url", "title", "date", "body"]), values, max_size=5))
@settings(max_examples=80, deadline=None)
def test_any_item_gives_an_address_of_its_own_kind_or_none(item: dict[str, object]) -> None:
    api = Api(
        f"{SITE}/api",
        "d",
        "{url}",
        "title",
        "date",
        detail=f"{SITE}/api/{{id}}?x=1",
        page=ApiPage(html="body"),
    )
    for link in read_api(json.dumps({"d": [item]}).encode(), f"{SITE}/api", None, api).links:
        assert link.url.startswith(f"{SITE}/")
        with suppress(ParseError):
            page_of_item(json.dumps(item).encode(), link.url, None, api)


@given(
    st.text(alphabet="abcXYZ019-_./ äж", min_size=1, max_size=12).filter(
        lambda t: t.strip(" ./") == t and ".." not in t and "//" not in t and "/./" not in t
    )
)
@settings(max_examples=80, deadline=None)
def test_what_a_template_made_it_recognises(value: str) -> None:
    template = f"{SITE}/n?id={{id}}&lang=de"
    filled = fill(template, {"id": value})
    assert filled is not None
    assert match_template(template, filled) == {"id": " ".join(value.split())}


def test_mistakes_in_templates() -> None:
    assert template_error("{id!lower}/{a.b[0]}") is None
    for template in ("{", "}", "{}", "{a b{c}}", "{a!shout}", "{a..b}"):
        assert template_error(template) is not None, template


def test_presets_of_the_operator_win(tmp_path: Path) -> None:
    (tmp_path / "apis.yaml").write_text(
        "- {id: worldbank, name: Own, list: 'https://own.example/{page}', items: d}\n",
        encoding="utf-8",
    )
    presets = read_presets(tmp_path, {}, [])
    assert presets["worldbank"].name == "Own"
    assert "gov-kz" in presets
