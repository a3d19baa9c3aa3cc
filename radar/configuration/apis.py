"""`apis` of a source: an entry and the preset that it names, put together and checked."""

from __future__ import annotations

from collections.abc import Mapping

from crawler.templates import placeholders, preset
from indexer.source import Api, ApiPage
from radar.configuration.models import ApiEntry, ApiKeys, ApiPageEntry, ApiPreset
from radar.configuration.values import is_language, suggestion

PAGING = ("page", "offset", "cursor")
"""Placeholders of `list` that the crawl fills."""

_URL = "{url}"
_DEFAULTS = Api("", "", "")


class ApiMistake(ValueError):
    """What is wrong with an entry, and under which key."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key
        self.message = message


def api_of(entry: ApiEntry, presets: Mapping[str, ApiPreset]) -> Api:
    """The API as it is asked; raises ApiMistake."""
    keys = _merged(entry, presets)
    values = keys.with_ or {}
    if keys.list is None or keys.items is None:
        missing = "list" if keys.list is None else "items"
        raise ApiMistake(missing, f'key "{missing}" is missing')
    _check_page(keys)
    _check_values(entry, keys)
    headers = (keys.headers or {}).items()
    return Api(
        address=_list_address(keys.list, values),
        items=keys.items,
        url=preset(keys.url or _URL, values),
        title=keys.title,
        published=keys.published,
        lastmod=keys.lastmod,
        next=keys.next,
        first=_DEFAULTS.first if keys.first is None else keys.first,
        size=keys.size,
        depth=keys.depth or _DEFAULTS.depth,
        headers=tuple((name, _filled("headers", text, values)) for name, text in headers),
        detail=preset(keys.detail, values) if keys.detail else None,
        page=_page(keys.page, values) if keys.page else None,
        enabled=entry.enabled,
        reason=entry.reason,
    )


def _merged(entry: ApiEntry, presets: Mapping[str, ApiPreset]) -> ApiKeys:
    """The keys of the entry over those of its preset; `with` and `headers` value by value."""
    if entry.preset is None:
        return entry
    found = presets.get(entry.preset)
    if found is None:
        near = suggestion(entry.preset, presets)
        raise ApiMistake("preset", f'there is no preset "{entry.preset}"{near}')
    keys = {
        name: getattr(found, name) if getattr(entry, name) is None else getattr(entry, name)
        for name in ApiKeys.model_fields
    }
    keys["with_"] = {**(found.with_ or {}), **(entry.with_ or {})}
    keys["headers"] = {**(found.headers or {}), **(entry.headers or {})}
    return ApiKeys.model_construct(**keys)


def _list_address(template: str, values: Mapping[str, str]) -> str:
    address = preset(template, values)
    names = placeholders(address)
    unknown = [name for name in names if name not in PAGING]
    if unknown:
        raise ApiMistake("list", f"needs a value for {{{unknown[0]}}} in `with`")
    if len(set(names)) > 1:
        raise ApiMistake("list", f"takes one of {', '.join(f'{{{name}}}' for name in PAGING)}")
    return address


def _check_page(keys: ApiKeys) -> None:
    if keys.page is not None and keys.detail is None:
        raise ApiMistake("page", "needs detail: the address that gives an item as JSON")
    if keys.detail is not None and not (keys.page and (keys.page.html or keys.page.text)):
        raise ApiMistake("detail", "needs page with html or text: where the article stands in it")


def _check_values(entry: ApiEntry, keys: ApiKeys) -> None:
    """A value that stands nowhere is a misspelt one: its preset's default would be taken."""
    texts = [keys.list, keys.url, keys.detail, *(keys.headers or {}).values()]
    texts.append(keys.page.lang if keys.page else None)
    names = {name for text in texts if text for name in placeholders(text)}
    for name in entry.with_ or {}:
        if name not in names:
            near = suggestion(name, sorted(names))
            raise ApiMistake(f"with.{name}", f"fills no placeholder{near}")


def _page(entry: ApiPageEntry, values: Mapping[str, str]) -> ApiPage:
    lang = _filled("page.lang", entry.lang, values) if entry.lang else None
    if lang is not None and not is_language(lang):
        raise ApiMistake("page.lang", f'"{lang}" is no language code (ISO 639-1 such as de)')
    return ApiPage(entry.html, entry.text, entry.title, entry.published, lang)


def _filled(key: str, text: str, values: Mapping[str, str]) -> str:
    """A value that is no address: parameters stand in it as they are."""
    for name in placeholders(text):
        if name not in values:
            raise ApiMistake(key, f"needs a value for {{{name}}} in `with`")
        text = text.replace(f"{{{name}}}", values[name])
    return text
