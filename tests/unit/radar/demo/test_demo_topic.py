"""The shipped watch fires on the demo pages that it is meant for, and on no others."""

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import matches
from indexer.query.record import record_of
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from radar.configuration.settings import load_settings
from radar.demo.pages import DemoPage, load_site

EXPECTED = {
    ("association", 1): {"kasachstan-rohstoffcluster-strategie", "clusterfoerderung-studie"},
    ("association", 2): {"kasachstan-rohstoffcluster-strategie", "clusterfoerderung-studie"},
    ("ministry", 1): {"1305", "1261"},
    ("ministry", 2): {"1305", "1261", "1325"},
    ("press", 1): {"karaganda-national-cluster-strategy", "interview-leonora-whitcombe"},
    ("press", 2): {
        "karaganda-national-cluster-strategy",
        "interview-leonora-whitcombe",
        "tungsten-plant-financing-jezkazgan",
    },
}
LANGUAGES = {"association": "de", "ministry": "ru", "press": "en"}


@pytest.fixture(scope="module")
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), load_settings(None, {}).topics)


def _document(page: DemoPage, lang: str) -> StoredDocument:
    url = "https://demo.example" + page.path
    text = "\n\n".join(block.text for block in page.blocks)
    read = Page(url=url, lang=lang, title=page.title, teaser=page.teaser, text=text)
    return StoredDocument(document_id(url), url, "demo", 1, datetime(2026, 10, 5, tzinfo=UTC), read)


@pytest.mark.parametrize(("site", "night"), EXPECTED)
def test_the_watch_fires_where_it_should(compiler: QueryCompiler, site: str, night: int) -> None:
    (watch,) = load_settings(None, {}).watches
    query = compiler.compile(parse_query(watch.query))
    fired = {
        page.path.strip("/").rsplit("/", 1)[-1]
        for page in load_site(site, night).pages
        if page.kind == "article"
        and matches(query, PageView(record_of(_document(page, LANGUAGES[site])), compiler.analyzer))
    }
    assert fired == EXPECTED[site, night]
