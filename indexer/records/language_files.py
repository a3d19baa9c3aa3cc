"""What can be wrong with a language file of one's own: kinds of values, regular expressions. Pure.

The expressions (`PATTERNS`) run on Python's `re`, because they need the letters of every script and
look at what stands around: on the line, sentence or text of a page, within the time limit of a
worker. What makes such a matcher try every way to cut a text is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from indexer.records.second_script import TABLE

Trail = tuple[str | int, ...]
Mistake = tuple[Trail, str]
"""Way to a value, and what is wrong with it."""

PATTERNS = (
    re.compile(r"cues\.ambiguous\.[^.]+\.(?:unless|only|but)_\w+"),
    re.compile(r"cues\.cluster_senses\.(?:economic|other)"),
    re.compile(r"cues\.title_patterns\.\d+"),
)
"""The places of regular expressions."""
MOST_REPEATED = 10
"""Times that a group may be repeated."""

_ESCAPED = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_REPEATED = re.compile(r"\)(?:[*+]|\{\d*,\}|\{(?:\d*,)?(\d+)\})")
_KINDS: Mapping[type, str] = {dict: "a mapping", list: "a list", str: "a word or text"}


def mistakes_in(content: object, packaged: object) -> Iterator[Mistake]:
    """All mistakes; `packaged` is the packaged file of that name, whose kinds of values hold."""
    yield from _wrong_kinds(content, packaged, ())
    if isinstance(content, dict) and TABLE in content:
        yield from _wrong_letters(content[TABLE])
    for trail, text in _texts(content, ()):
        if any(place.fullmatch(".".join(map(str, trail))) for place in PATTERNS):
            mistake = _pattern_mistake(text)
            if mistake:
                yield trail, mistake


def _wrong_kinds(content: object, packaged: object, trail: Trail) -> Iterator[Mistake]:
    kind = type(packaged)
    if not isinstance(content, kind):
        yield trail, f"must be {_KINDS[kind]}"
    elif isinstance(content, dict) and isinstance(packaged, dict):
        for key in content.keys() & packaged.keys():
            yield from _wrong_kinds(content[key], packaged[key], (*trail, key))
    elif isinstance(content, list) and isinstance(packaged, list) and packaged:
        for number, part in enumerate(content):
            yield from _wrong_kinds(part, packaged[0], (*trail, number))


def _wrong_letters(letters: object) -> Iterator[Mistake]:
    """Of a table of `indexer.records.second_script`."""
    if not isinstance(letters, dict):
        yield (TABLE,), "must be a mapping"
        return
    for own, other in letters.items():
        if not own.strip("^"):
            yield (TABLE, own), "must be said of a letter"
        elif not isinstance(other, str) or not other:
            yield (TABLE, own), "must be letters of the other script"


def _texts(content: object, trail: Trail) -> Iterator[tuple[Trail, str]]:
    if isinstance(content, str):
        yield trail, content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from _texts(value, (*trail, key))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from _texts(value, (*trail, number))


def _pattern_mistake(text: str) -> str | None:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        return f"is not a regular expression: {error}"
    for repeated in _REPEATED.finditer(_ESCAPED.sub("x", text)):
        if repeated[1] is None or int(repeated[1][:6]) > MOST_REPEATED:
            return f"repeats a group too often: at most {MOST_REPEATED} times, such as (…){{0,3}}"
    return None
