"""Lines of JSON that hand in pages, as `radar parse` and `radar import` take them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.records.errors import ParseError
from indexer.records.half_characters import value_without_halves, without_halves

STRINGS = ("html", "text", "url", "lang", "published", "reference_date")
"""Keys that are read; each is a string, null or left out."""


@dataclass(frozen=True, slots=True)
class InputPage:
    """A page that a line hands in; exactly one of html and text is given."""

    html: str | None
    text: str | None
    url: str | None
    lang: str | None
    published: str | None
    """`published`, else `reference_date`, as written."""

    @property
    def body(self) -> str:
        """The page itself."""
        return self.html if self.html is not None else self.text or ""

    @property
    def given(self) -> dict[str, str | None]:
        """What is kept beside the archived body, so that it can be read again."""
        return {
            "form": "text" if self.html is None else "html",
            "url": self.url,
            "lang": self.lang,
            "published": self.published,
        }


def record_of(line: bytes) -> Mapping[str, Any]:
    """The object of a line; ParseError (`no-json`, `no-object`) if it holds none."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ParseError(f"the line is no JSON: {error}", reason="no-json") from error
    except RecursionError as error:
        raise ParseError("the line is nested too deeply", reason="no-json") from error
    if not isinstance(record, dict):
        raise ParseError("the line is no JSON object", reason="no-object")
    return record


def id_of(record: Mapping[str, Any]) -> object:
    """The `id` of a line's object as it is handed back: any JSON, half characters replaced."""
    identifier: object = record.get("id")
    return value_without_halves(identifier)


def page_of(record: Mapping[str, Any]) -> InputPage:
    """The page of a line's object; ParseError (`wrong-type`, `empty`) if it hands in none.

    Half characters (JSON can hold one surrogate of two) become U+FFFD. With html and text, the
    html is read.
    """
    given = {key: _string(key, record.get(key)) for key in STRINGS}
    html = given["html"]
    if html is None and given["text"] is None:
        raise ParseError("neither html nor text is given", reason="empty")
    return InputPage(
        html=html,
        text=given["text"] if html is None else None,
        url=given["url"],
        lang=given["lang"],
        published=given["published"] or given["reference_date"],
    )


def _string(key: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ParseError(f"{key} is no string", reason="wrong-type")
    return without_halves(value)
