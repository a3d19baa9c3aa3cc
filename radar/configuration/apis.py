"""`apis` of a source: an entry and the preset that it names, put together and checked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace

from crawler.discovery.apis.templates import fill_configured, placeholders
from indexer.records.source import Api, ApiPage
from indexer.records.values import is_language, suggestion
from radar.configuration.models import ApiEntry, ApiKeys, ApiPreset

PAGING = ("page", "offset", "cursor")
"""Placeholders of `list` that the crawl fills."""

_URL = "{url}"
_DEFAULTS = Api("", "", "")

Mistake = tuple[str, str]
"""Key of the entry (`page.lang`), and what is wrong with it."""


class ApiMistakes(ValueError):
    """All that is wrong with an entry."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("; ".join(f"{key}: {message}" for key, message in mistakes))
        self.mistakes = tuple(mistakes)


def api_of(entry: ApiEntry, presets: Mapping[str, ApiPreset]) -> Api:
    """The API as the crawler requests it; raises ApiMistakes."""
    named = entry.preset and mistaken_preset(entry.preset, presets)
    if named:
        raise ApiMistakes([named])
    keys = _merge_preset(entry, presets)
    values = keys.with_ or {}
    mistakes = list(_mistakes(entry, keys, values))
    if mistakes or keys.list is None or keys.items is None:
        raise ApiMistakes(mistakes)
    headers = (keys.headers or {}).items()
    return Api(
        address=fill_configured(keys.list, values),
        items=keys.items,
        url=fill_configured(keys.url or _URL, values),
        title=keys.title,
        published=keys.published,
        lastmod=keys.lastmod,
        next=keys.next,
        first=_DEFAULTS.first if keys.first is None else keys.first,
        size=keys.size,
        depth=keys.depth or _DEFAULTS.depth,
        headers=tuple((name, _fill(text, values)) for name, text in headers),
        detail=fill_configured(keys.detail, values) if keys.detail else None,
        page=_page(keys.page, values) if keys.page else None,
        enabled=entry.enabled,
        reason=entry.reason,
    )


def mistaken_preset(name: str, presets: Collection[str]) -> Mistake | None:
    """What is wrong with the name of a preset."""
    if name in presets:
        return None
    return "preset", f'there is no preset "{name}"{suggestion(name, presets)}'


def _merge_preset(entry: ApiEntry, presets: Mapping[str, ApiPreset]) -> ApiKeys:
    """The keys of the entry over those of its preset; `with` and `headers` value by value."""
    if entry.preset is None:
        return entry
    found = presets[entry.preset]
    own = {f.name: getattr(entry, f.name) for f in fields(ApiKeys)}
    default = {f.name: getattr(found, f.name) for f in fields(ApiKeys)}
    keys = {name: default[name] if value is None else value for name, value in own.items()}
    keys["with_"] = {**(found.with_ or {}), **(entry.with_ or {})}
    keys["headers"] = {**(found.headers or {}), **(entry.headers or {})}
    return ApiKeys(**keys)


def _mistakes(entry: ApiEntry, keys: ApiKeys, values: Mapping[str, str]) -> Iterator[Mistake]:
    for name, value in (("list", keys.list), ("items", keys.items)):
        if value is None:
            yield name, f'key "{name}" is missing'
    yield from _of_list(keys.list or "", values)
    if keys.page is not None and keys.detail is None:
        yield "page", "needs detail: the address that gives an item as JSON"
    if keys.detail is not None and not (keys.page and (keys.page.html or keys.page.text)):
        yield "detail", "needs page with html or text: where the article stands in it"
    yield from _of_values(entry, keys)
    for text in (keys.headers or {}).values():
        yield from _check_placeholders("headers", text, values)
    if keys.page is not None and keys.page.lang is not None:
        yield from _check_placeholders("page.lang", keys.page.lang, values)
        lang = _fill(keys.page.lang, values)
        if not is_language(lang) and not placeholders(lang):
            yield "page.lang", f'"{lang}" is not a language code (ISO 639-1 such as de)'


def _of_list(template: str, values: Mapping[str, str]) -> Iterator[Mistake]:
    names = set(placeholders(fill_configured(template, values)))
    for name in sorted(names.difference(PAGING)):
        yield "list", f"needs a value for {{{name}}} in `with`"
    if len(names.intersection(PAGING)) > 1:
        yield "list", f"takes one of {', '.join(f'{{{name}}}' for name in PAGING)}"


def _of_values(entry: ApiEntry, keys: ApiKeys) -> Iterator[Mistake]:
    """A value that no placeholder uses is misspelt: its preset's default would be used."""
    texts = [keys.list, keys.url, keys.detail, *(keys.headers or {}).values()]
    texts.append(keys.page.lang if keys.page else None)
    names = {name for text in texts if text for name in placeholders(text)}
    for name in entry.with_ or {}:
        if name not in names:
            near = suggestion(name, sorted(names))
            yield f"with.{name}", f"fills no placeholder{near}"


def _check_placeholders(key: str, text: str, values: Mapping[str, str]) -> Iterator[Mistake]:
    for name in placeholders(text):
        if name not in values:
            yield key, f"needs a value for {{{name}}} in `with`"


def _page(page: ApiPage, values: Mapping[str, str]) -> ApiPage:
    return replace(page, lang=_fill(page.lang, values)) if page.lang else page


def _fill(text: str, values: Mapping[str, str]) -> str:
    """A value that is not an address: parameters are inserted without quoting."""
    for name in placeholders(text):
        text = text.replace(f"{{{name}}}", values.get(name, f"{{{name}}}"))
    return text
