"""Responses of a configured JSON API (`apis` of a source) to links and the next address. Pure."""

from __future__ import annotations

from crawler.discovery.apis.json_answers import Json, read_json, text_at, values_at
from crawler.discovery.apis.templates import fill, match_template, placeholders
from crawler.discovery.feed_dates import parse_date, parse_instant
from crawler.discovery.list_page import ListPage
from indexer.frontier.port import Link
from indexer.records.errors import ParseError
from indexer.records.source import Api, EntryPoint, Source
from indexer.records.urls import canonical

MOST_ITEMS = 2_000
"""Items that are read of one answer."""


def first_address(api: Api) -> str | None:
    """Canonical address of the first answer."""
    known = {"page": str(api.first), "offset": str(api.first), "cursor": ""}
    address = fill(api.address, None, known)
    return canonical(address) if address is not None else None


def entry_address(entry: EntryPoint) -> str:
    """The first address of an entry point to request."""
    return first_address(entry) or entry.address if isinstance(entry, Api) else entry.url


def read_api(body: bytes, url: str, content_type: str | None, api: Api) -> ListPage:
    """Read an answer that the canonical address `url` gave.

    The links lead to pages, or to their JSON if the API returns pages itself (`detail`).
    Items without an address are left out. Raises ParseError (`not-json`, `too-large`, and
    `no-items` where the path to the items leads nowhere).
    """
    answer = read_json(body, content_type)
    items = values_at(answer, api.items)
    if len(items) == 1 and isinstance(items[0], list):
        items = items[0]
    elif not items and not _is_empty(answer, api.items):
        raise ParseError(f"the answer has nothing at {api.items}", reason="no-items")
    links: dict[str, Link] = {}
    for item in items[:MOST_ITEMS]:
        link = _link(item, api)
        if link is not None:
            links.setdefault(link.url, link)
    following = _next(answer, len(items), url, api)
    return ListPage(tuple(links.values()), following, cut=len(items) > MOST_ITEMS)


def api_of_item(source: Source, url: str) -> Api | None:
    """The API of the source that returns the page at this address as JSON."""
    return next((api for api in source.apis if api.detail and _is_item(api, url)), None)


def item_of_page(source: Source, url: str) -> str | None:
    """Address at which the source's API returns this page as JSON; None: there is none."""
    for api in source.apis:
        if api.detail and api.enabled:
            values = match_template(api.url, url)
            address = fill(api.detail, None, values) if values else None
            if address is not None:
                return canonical(address)
    return None


def _is_item(api: Api, url: str) -> bool:
    return api.detail is not None and match_template(api.detail, url) is not None


def _link(item: Json, api: Api) -> Link | None:
    address = fill(api.detail or api.url, item)
    url = canonical(address, api.address) if address else None
    if url is None:
        return None
    published = text_at(item, api.published) if api.published else None
    changed = text_at(item, api.lastmod) if api.lastmod else None
    return Link(
        url,
        text_at(item, api.title) if api.title else None,
        parse_date(published),
        parse_instant(changed),
    )


def _next(answer: Json, items: int, url: str, api: Api) -> str | None:
    if not items or (api.size is not None and items < api.size):
        return None
    names = placeholders(api.address)
    if api.next:
        following = text_at(answer, api.next)
        if following is None:
            return None
        if "cursor" not in names:
            return canonical(following, url)
        filled = fill(api.address, None, {"cursor": following})
        return canonical(filled) if filled else None
    step = 1 if "page" in names else (api.size or items)
    name = next((n for n in ("page", "offset") if n in names), None)
    values = match_template(api.address, url) if name is not None else None
    if name is None or values is None or not values[name].isdecimal():
        return None
    filled = fill(api.address, None, {name: str(int(values[name][:9]) + step)})
    return canonical(filled) if filled else None


def _is_empty(answer: Json, path: str) -> bool:
    """Whether the response says that there are no items: it has an empty list in their place."""
    if path == "*":
        return answer in ([], {})
    parent, _, last = path.rpartition(".")
    held = values_at(answer, parent) if last == "*" else [answer]
    whole = held if last == "*" else _at(answer, path)
    return any(value in ([], {}, None) for value in whole) or (last == "*" and not held)


def _at(answer: Json, path: str) -> list[Json]:
    value = answer
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            return []
        value = value[key]
    return [value]
