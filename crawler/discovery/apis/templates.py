"""Addresses with placeholders: filled from the items of a JSON API, and matched again. Pure.

`https://api.example/news/{id}?lang=de`: a placeholder is a path
(`crawler.discovery.apis.json_answers`), perhaps with filters: `{refCode!lower!underscores}` makes
`ip_26_12` of `IP/26/12`. Values are percent-encoded, slashes kept; a template that is one
placeholder takes the value as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import quote, unquote

from crawler.discovery.apis.json_answers import Json, text_at
from indexer.records.urls import canonical
from indexer.records.values import is_json_path

FILTERS: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "underscores": lambda value: value.replace("/", "_"),
}
"""What may be done to a value on its way into an address."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MARK = re.compile(r"Q(\d+)placeholderQ")


def placeholders(template: str) -> tuple[str, ...]:
    """The placeholders as they are written, without their braces."""
    return tuple(_PLACEHOLDER.findall(template))


def template_error(template: str) -> str | None:
    """What is wrong with a template; None if nothing is."""
    for placeholder in placeholders(template):
        path, *filters = placeholder.split("!")
        if not is_json_path(path):
            return f"{{{placeholder}}} is not a path such as {{id}} or {{refs[0].code}}"
        unknown = [name for name in filters if name not in FILTERS]
        if unknown:
            return f'unknown filter "{unknown[0]}" (there are {", ".join(FILTERS)})'
    bare = _PLACEHOLDER.sub("", template)
    return "has a brace that opens or closes nothing" if set("{}").intersection(bare) else None


def fill_configured(template: str, values: Mapping[str, str]) -> str:
    """The template with these placeholders filled by the configuration; the others stay."""
    return _PLACEHOLDER.sub(lambda m: quote(values[m[1]]) if m[1] in values else m[0], template)


def fill(template: str, item: Json, known: Mapping[str, str] | None = None) -> str | None:
    """The address, not yet canonical; None where the item lacks a value.

    `known`: values by placeholder, for what the item does not say.
    """
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        path, *filters = match[1].split("!")
        text = text_at(item, path) or (known or {}).get(path)
        if text is None:
            missing = True
            return ""
        for name in filters:
            text = FILTERS[name](text)
        return text if match[0] == template else quote(text)

    filled = _PLACEHOLDER.sub(value, template)
    return None if missing else filled


def match_template(template: str, url: str) -> dict[str, str] | None:
    """Values of the placeholders in a canonical address that the template made; None if it is none.

    Placeholders with filters are recognised, but their values are left out: they are not known.
    """
    found = _pattern(template)
    match = found.fullmatch(url) if found is not None else None
    if match is None:
        return None
    names = placeholders(template)
    return {
        name: unquote(value)
        for name, value in zip(names, match.groups(), strict=True)
        if "!" not in name
    }


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str] | None:
    count = iter(range(len(template)))
    marked = canonical(_PLACEHOLDER.sub(lambda _: f"Q{next(count)}placeholderQ", template))
    if marked is None:
        return None
    # One placeholder may be the whole address: that recognises nothing.
    pieces = _MARK.split(marked)[::2]
    return re.compile("([^&?#]+)".join(map(re.escape, pieces)))
