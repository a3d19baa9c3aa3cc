"""Reads untrusted JSON within limits, and selects values by paths. Pure.

A path consists of keys and positions, separated by dots: `data.items`, `refs[0].code`. `*` stands
for all values of a list or mapping. `a|b` is the first of several paths that leads to something.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TypeAlias

from crawler.parsers.characters import clean_characters
from crawler.parsers.charset import decode
from indexer.records.errors import ParseError

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

LONGEST = 8 * 1024 * 1024
"""Bytes of an answer."""

_STEP = re.compile(r"\*|[^.\[\]|{}\s]+(?:\s[^.\[\]|{}\s]+)*|\[\d{1,6}\]")


def read_json(body: bytes, content_type: str | None = None) -> Json:
    """The answer's value; raises ParseError with reason `not-json` or `too-large`."""
    if len(body) > LONGEST:
        raise ParseError(f"JSON of {len(body)} bytes", reason="too-large")
    try:
        value: Json = json.loads(decode(body, content_type).text.lstrip("\ufeff"))
    except RecursionError as error:
        raise ParseError("JSON nested too deeply", reason="not-json") from error
    except ValueError as error:
        raise ParseError("the answer is no JSON", reason="not-json") from error
    return value


def values_at(value: Json, path: str) -> list[Json]:
    """All that a path leads to; of several paths those of the first that leads anywhere."""
    for part in path.split("|"):
        found: list[Json] = [v for v in _follow(value, _STEP.findall(part)) if v not in (None, "")]
        if found:
            return found
    return []


def text_at(value: Json, path: str) -> str | None:
    """The first text or number that a path leads to, on one line of clean characters."""
    for found in values_at(value, path):
        if isinstance(found, str | int | float) and not isinstance(found, bool):
            text = " ".join(clean_characters(str(found)).split())
            if text:
                return text
    return None


def markup_at(value: Json, path: str) -> str:
    """All texts that a path leads to, their lines kept."""
    texts = [clean_characters(v) for v in values_at(value, path) if isinstance(v, str)]
    return "\n".join(texts)


def _follow(value: Json, steps: list[str]) -> Iterator[Json]:
    if not steps:
        yield value
        return
    step, rest = steps[0], steps[1:]
    for inner in _inner(value, step):
        yield from _follow(inner, rest)


def _inner(value: Json, step: str) -> list[Json]:
    if step == "*":
        return list(value.values()) if isinstance(value, dict) else _listed(value)
    if step.startswith("["):
        position = int(step[1:-1])
        listed = _listed(value)
        return [listed[position]] if position < len(listed) else []
    return [value[step]] if isinstance(value, dict) and step in value else []


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
