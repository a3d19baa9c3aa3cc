"""Articles that pages carry as data for their scripts."""

from __future__ import annotations

import json
import random
from html import escape
from typing import Any

import pytest

from crawler.parsers import embedded_article
from crawler.parsers.embedded_article import (
    MOST_ATTRIBUTES,
    find_embedded_article,
    insert_article,
    nested,
    records,
)
from crawler.parsers.raw_page import RawPage
from crawler.parsers.script_values import LONGEST
from indexer.records.document import Page
from tests.e2e.newsroom import BODY
from tests.page_reader import packaged_reader

TEXT = BODY.format(subject="Kupfererz")
MARKUP = "".join(f"<p>{p}</p>" for p in TEXT.split("\n\n"))
URL = "https://portal.example/news/kupfer-im-norden"
TITLE = "Kupfer im Norden der Region"


def with_embedded_article(html: str, url: str) -> str | None:
    found = find_embedded_article(html, url)
    return insert_article(html, found) if found else None


def page(script: str, title: str = "Portal") -> str:
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body class="app"><div id="root"></div>{script}</body></html>'
    )


def data(value: Any, kind: str = "application/json", name: str = "x") -> str:
    written = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return f'<script id="{name}" type="{kind}">{written}</script>'


def nuxt(story: dict[str, str]) -> str:
    """The state as Nuxt 2 writes it: a function whose arguments are what it holds."""
    names = [f"a{n}" for n in range(len(story))]
    record = ",".join(f"{key}:{name}" for key, name in zip(story, names, strict=True))
    given = ",".join(json.dumps(v).replace("/", "\\u002F") for v in story.values())
    held = f'{{layout:"default",data:[{{post:{{{record},shown:!0}}}}],error:null}}'
    return (
        f"<script>window.__NUXT__=(function({','.join(names)}){{return {held}}}({given}));</script>"
    )


def angular(story: dict[str, str]) -> str:
    """The state as Angular writes it."""
    written = json.dumps({"news-detail": story}, ensure_ascii=False)
    for sign, name in zip("&\"'<>", "aqslg", strict=True):
        written = written.replace(sign, f"&{name};")
    return f'<script id="portal-state" type="application/json">{written}</script>'


def inertia(story: dict[str, str]) -> str:
    """The state in an attribute, longer than other attributes may be."""
    state = {"component": "News/Show", "props": {"post": story, "words": ["Kupfer"] * 3_000}}
    return f'<div id="app" data-page="{escape(json.dumps(state))}"></div>'


STORY = {"title": TITLE, "body": MARKUP, "publishedAt": "2026-05-03T08:00:00+02:00"}


@pytest.mark.parametrize(
    "script",
    [
        data(
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "articleBody": TEXT,
                "datePublished": "2026-05-03T08:00:00+02:00",
            },
            "application/ld+json",
        ),
        data({"props": {"pageProps": {"story": STORY}}}, name="__NEXT_DATA__"),
        data(
            [
                {"data": 1},
                {"story": 2},
                {"title": 3, "body": 4, "publishedAt": 5},
                TITLE,
                MARKUP,
                "2026-05-03T08:00:00+02:00",
            ],
            name="__NUXT_DATA__",
        ),
        nuxt(STORY),
        f"<script>window.__NUXT__={{data:[{json.dumps(STORY)}],routePath:'/'}};</script>",
        angular(STORY),
        inertia(STORY),
        f"<news-post :post='{json.dumps(STORY)}'></news-post>",
        f"<script>window.__INITIAL_STATE__ = {json.dumps({'news': [STORY]})};</script>",
        f"<script>window.__INITIAL_STATE__ = JSON.parse({json.dumps(json.dumps(STORY))});</script>",
        data(
            {
                "post": {
                    "title": {"rendered": TITLE},
                    "content": {"rendered": MARKUP},
                    "date": "2026-05-03",
                }
            }
        ),
    ],
    ids=[
        "JSON-LD",
        "Next",
        "Nuxt",
        "Nuxt 2",
        "Nuxt 2 without arguments",
        "Angular",
        "Inertia",
        "Vue",
        "state",
        "state as text",
        "WordPress",
    ],
)
def test_the_article_is_read_like_any_other(script: str) -> None:
    made = with_embedded_article(page(script), URL)
    assert made is not None
    read = packaged_reader().read(RawPage(html=made, url=URL))
    assert isinstance(read, Page)
    assert (read.title, read.kind, read.published) == (TITLE, "article", "2026-05-03")
    assert read.text.split() == TEXT.split()
    assert read.text.count("\n\n") == 2


FRAME = '<!doctype html><html lang="de"><title>Portal</title><body>{}<div id="root"></div>{}</body>'
MENU = "<nav><a href='/a'>Aktuelles</a></nav><p>Jeden Freitag kommt unser Brief zu Ihnen.</p>"
BLOCKS = [
    {"_type": "block", "style": "normal", "children": [{"text": p[:20]}, {"text": p[20:]}]}
    for p in TEXT.split("\n\n")
]


@pytest.mark.parametrize(
    "body", [MARKUP, BLOCKS, {"content": BLOCKS}], ids=["markup", "list", "doc"]
)
def test_the_frame_of_an_application_is_read_with_the_article_in_its_data(body: Any) -> None:
    story = {
        "headline": TITLE,
        "standfirst": "Im Norden der Region wird mehr gefördert.",
        "content": body,
        "author": [{"name": "Karla Brandt"}],
        "date": "2026-05-03",
    }
    html = FRAME.format(MENU, data({"props": {"story": story, "menu": [{"title": "A"}]}}))
    read = packaged_reader().read(RawPage(html=html, url=URL))
    assert (read.title, read.published, read.authors) == (TITLE, "2026-05-03", ("Karla Brandt",))
    whole = f"{read.teaser or ''} {read.text}".split()
    assert whole[-len(TEXT.split()) :] == TEXT.split()
    assert "mehr gefördert." in " ".join(whole)
    assert "Freitag" not in read.text


def test_a_page_that_shows_its_article_and_one_behind_a_wall_are_read_as_they_are() -> None:
    reader = packaged_reader()
    other = {"title": "Anderes", "body": "<p>Etwas ganz anderes steht hier. </p>" * 30}
    shown = FRAME.format(f"<article><h1>{TITLE}</h1>{MARKUP * 3}</article>", data(other))
    assert "Etwas ganz anderes" not in reader.read(RawPage(html=shown, url=URL)).text
    closed = {"headline": TITLE, "articleBody": TEXT, "isAccessibleForFree": False}
    assert find_embedded_article(page(data(closed, "application/ld+json")), URL) is None


def test_of_several_the_one_counts_that_the_page_names() -> None:
    others = [{"title": f"Meldung {n}", "body": MARKUP * 2, "slug": f"m-{n}"} for n in range(3)]
    stories = [*others, {"title": TITLE, "body": MARKUP, "slug": "kupfer-im-norden"}]
    by_address = with_embedded_article(page(data(stories)), URL)
    assert by_address is not None
    assert f"<h1>{TITLE}</h1>" in by_address
    by_title = with_embedded_article(page(data(stories), "Meldung 1 | Portal"), URL + "-x")
    assert by_title is not None
    assert "<h1>Meldung 1</h1>" in by_title
    assert with_embedded_article(page(data(stories)), "https://portal.example/aktuelles") is None


def test_a_note_of_two_sentences_counts_where_the_page_names_it_and_it_has_a_date() -> None:
    note = {"title": "Neues Feld", "body": "Das Feld hat 312 Bohrungen. Im Juni fließt die Lösung."}
    named, day = {"slug": "kupfer-im-norden"}, {"publishedAt": "2026-05-03"}
    assert find_embedded_article(page(data(note | named | day)), URL) is not None
    assert find_embedded_article(page(data(note | named)), URL) is None
    assert find_embedded_article(page(data(note | day)), URL) is None


@pytest.mark.parametrize(
    "script",
    [
        "",
        data({"title": TITLE, "body": "Kurz."}),
        data({"body": MARKUP}),
        data([[[[]]]]),
        '<script type="application/json">{"title": </script>',
        f'<script type="application/json">{"[" * 100_000}</script>',
        "<script>window.__STATE__ = load();</script>",
        "<script>window.__NUXT__=(function(a){load(a);return {}}(1));</script>",
        '<script type="application/json">{&q;title&q;: </script>',
        f'<div data-page="{{&quot;title&quot;: {"[" * 100_000}"></div>',
        data({"title": 7, "body": ["x"]}),
    ],
)
def test_pages_without_an_article_in_their_data(script: str) -> None:
    assert with_embedded_article(page(script), URL) is None


def test_of_many_attributes_the_longest_are_read() -> None:
    cards = "".join(
        f"<news-card :card='{json.dumps({'title': f'Meldung {n}', 'description': 'x' * 60})}'>"
        for n in range(MOST_ATTRIBUTES + 1)
    )
    post = f"<news-post :post='{json.dumps(STORY)}'></news-post>"
    found = find_embedded_article(page(cards + post), URL)
    assert found is not None
    assert found.title == TITLE


def test_what_a_button_shares_is_no_article_unless_it_has_a_day_or_the_page_names_it() -> None:
    shared = {"title": TITLE, "description": TEXT}
    html = "<share-button :share='{}'></share-button>"
    assert find_embedded_article(page(html.format(json.dumps(shared))), URL) is None
    dated = json.dumps({**shared, "date": "2026-05-03"})
    assert find_embedded_article(page(html.format(dated)), URL) is not None
    assert find_embedded_article(page(html.format(json.dumps(shared)), TITLE), URL) is not None


def test_of_what_is_not_read_a_page_has_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []

    def read(script: str, start: int) -> None:
        looked_at.append(len(script) - start)

    monkeypatch.setattr(embedded_article, "read_script_value", read)
    states = f"<script>{'__AAA__=[[function(){' * 10}{' ' * (LONGEST // 3)};</script>"
    assert find_embedded_article(page(states), URL) is None
    assert len(looked_at) == 2
    assert sum(looked_at) <= LONGEST


def test_titles_are_text_and_not_markup() -> None:
    made = with_embedded_article(page(data({**STORY, "title": "A & B <i>x</i>"})), URL)
    assert made is not None
    assert "<h1>A &amp; B x</h1>" in made


def test_broken_states_never_raise() -> None:
    chance = random.Random(7)
    whole = page(data({"props": [STORY, [STORY]]}))
    for _ in range(300):
        start = chance.randrange(len(whole))
        cut = whole[:start] + whole[start + chance.randrange(40) :]
        completed = with_embedded_article(cut, URL)
        assert completed is None or "<h1>" in completed


def test_lists_and_objects_of_a_value_come_in_their_order_and_not_from_its_depths() -> None:
    value = {"a": [{"n": 1}, 5, {"n": 2}], "b": {"n": 3}}
    assert list(nested(value)) == [value, value["a"], {"n": 1}, {"n": 2}, {"n": 3}]
    assert [record.get("n") for record in records(value)] == [None, 1, 2, 3]
    deep: Any = {"n": 1}
    for _ in range(60):
        deep = [deep]
    assert list(records(deep)) == []
