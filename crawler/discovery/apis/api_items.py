"""Pages from items of a JSON API: assembled like the page that a reader of the site sees. Pure."""

from __future__ import annotations

from html import escape

from crawler.discovery.apis.json_answers import Json, markup_at, read_json, text_at, values_at
from crawler.discovery.apis.templates import fill, match_template
from crawler.parsers.raw_page import RawPage
from indexer.records.errors import ParseError
from indexer.records.source import Api, ApiPage
from indexer.records.urls import canonical


def page_of_item(body: bytes, url: str, content_type: str | None, api: Api) -> RawPage:
    """The page behind the JSON that `url` gave; its canonical address is its public one.

    Title, date and language are those that the API states. Raises ParseError (`not-json`,
    `too-large`, `empty`).
    """
    item = read_json(body, content_type)
    if isinstance(item, list):
        item = item[0] if item else None
    fields = api.page or ApiPage()
    markup = _markup(item, fields)
    if not markup.strip():
        raise ParseError("the API gives no text of the page", reason="empty")
    known = match_template(api.detail, url) if api.detail else None
    address = fill(api.url, item, known)
    public = canonical(address, url) if address else None
    title = _first(item, fields.title, api.title)
    return RawPage(
        html=_page(public, title, fields.lang, markup),
        url=public or url,
        lang=fields.lang,
        published=_first(item, fields.published, api.published),
        title=title,
    )


def _markup(item: Json, fields: ApiPage) -> str:
    if fields.html and (markup := markup_at(item, fields.html)):
        return markup
    texts = values_at(item, fields.text) if fields.text else []
    paragraphs = [p for text in texts if isinstance(text, str) for p in text.split("\n")]
    return "".join(f"<p>{escape(p)}</p>" for p in paragraphs if p.strip())


def _first(item: Json, *paths: str | None) -> str | None:
    found = (text_at(item, path) for path in paths if path)
    return next((text for text in found if text), None)


def _page(url: str | None, title: str | None, lang: str | None, markup: str) -> str:
    head = f"<title>{escape(title)}</title>" if title else ""
    if url:
        head += f'<link rel="canonical" href="{escape(url)}">'
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    language = f' lang="{escape(lang)}"' if lang else ""
    return (
        f"<!DOCTYPE html><html{language}><head>{head}</head>"
        f"<body><main><article>{heading}{markup}</article></main></body></html>"
    )
