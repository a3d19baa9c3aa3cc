"""The shape of an address: what it has in common with others that a site makes in the same way.

`/news/2026/zinn-aus-dem-norden?id=7` has the shape `host/news/{number}/{slug}?id`. Pure.

In a path, numbers and dates, mixtures of letters and digits (sessions, hashes) and names of several
words vary; so does every word behind the first of these. Steps that repeat themselves (`/a/a/a`)
count as one. Of a query the names of the parameters count. Facets combine these without end, so an
address with a query has a wider shape besides, whatever its parameters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from indexer.records.site import site

_EXTENSION = re.compile(r"\.(?:[a-z]{2,5}\d?)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[-_.:]\d+)*")
_IDENTIFIER = re.compile(
    r"(?=(?:\D*\d){2})(?=.*[A-Za-z])[0-9A-Za-z()~=]{6,}|[0-9a-f]+(?:-[0-9a-f]+){4}"
)
_SLUG = re.compile(r".*[-_%+~:,;=0-9].*")
_INDEX = re.compile(r"\[\d*\]|%5B\d*%5D", re.IGNORECASE)
_SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")

_STEP = "[^/?]"
_PATTERNS = {
    "{number}": r"\d+([-_.:]\d+)*",
    "{id}": rf"{_STEP}*\d{_STEP}*",
    "{slug}": rf"{_STEP}*[-_%+~:,;=0-9]{_STEP}*",
    "{word}": rf"{_STEP}+",
}
AGAIN = "…"
"""Stands with a number behind so many steps that repeat themselves."""
ANY_QUERY = "?*"
_LONGEST_CYCLE = 4
"""Steps that may repeat themselves together."""


def shapes(url: str) -> tuple[str, ...]:
    """The shapes of an address, the narrowest first; none if nothing in it varies."""
    parts = urlsplit(url)
    path = f"{site(url)}/{'/'.join(_path(parts.path))}"
    if not parts.query:
        return (path,) if "{" in path or AGAIN in path else ()
    names = sorted({_INDEX.sub("[]", part.partition("=")[0]) for part in parts.query.split("&")})
    return (f"{path}?{'&'.join(names)}", path + ANY_QUERY)


def pattern_of(shape: str) -> str:
    """A regular expression (RE2) for the addresses of a shape, as `exclude` takes it."""
    path, mark, query = shape.partition("?")
    host, _, steps = path.partition("/")
    pattern = f"^https?://{_quote(host)}{''.join(_step_patterns(steps.split('/')))}"
    if not mark:
        return pattern + "$"
    if query == "*":
        return pattern + r"\?"
    names = "|".join(_name_pattern(name) for name in query.split("&"))
    return rf"{pattern}\?(({names})(=[^&]*)?&?)+$"


def _path(path: str) -> list[str]:
    steps = _without_cycles([_generalise(step) for step in path.lstrip("/").split("/")])
    first = next((n for n, step in enumerate(steps) if "{" in step), len(steps))
    return [
        "{word}" if number > first and step and step[0] != AGAIN and "{" not in step else step
        for number, step in enumerate(steps)
    ]


def _generalise(step: str) -> str:
    found = _EXTENSION.search(step)
    stem, extension = (step[: found.start()], found[0]) if found else (step, "")
    for kind, pattern in (("{number}", _NUMBER), ("{id}", _IDENTIFIER), ("{slug}", _SLUG)):
        if stem and pattern.fullmatch(stem):
            return kind + extension
    return step


def _without_cycles(steps: Sequence[str]) -> list[str]:
    """Steps that come again at once, alone or some together, are kept once, with a mark behind.

    At least one of them is a word: the numbers of a date are no cycle.
    """
    kept: list[str] = []
    at = 0
    while at < len(steps):
        length, times = _cycle_at(steps, at)
        kept += steps[at : at + length]
        if times > 1:
            kept.append(f"{AGAIN}{length}")
        at += length * times
    return kept


def _cycle_at(steps: Sequence[str], at: int) -> tuple[int, int]:
    """Length of the cycle that begins here, and how often it comes."""
    for length in range(1, _LONGEST_CYCLE + 1):
        cycle = steps[at : at + length]
        times = 1
        while steps[at + times * length : at + (times + 1) * length] == cycle:
            times += 1
        if times > 1 and any(step and "{" not in step for step in cycle):
            return length, times
    return 1, 1


def _step_patterns(steps: Sequence[str]) -> list[str]:
    """The pattern of each step, with its slash."""
    patterns: list[str] = []
    for step in steps:
        if step.startswith(AGAIN):
            length = int(step.removeprefix(AGAIN))
            patterns[-length:] = [f"({''.join(patterns[-length:])}){{2,}}"]
        else:
            patterns.append(f"/{_pattern_of_step(step)}")
    return patterns


def _pattern_of_step(step: str) -> str:
    for kind, pattern in _PATTERNS.items():
        if step.startswith(kind):
            return pattern + _quote(step.removeprefix(kind))
    return _quote(step)


def _name_pattern(name: str) -> str:
    return _quote(name).replace(r"\[\]", r"(\[\d*\]|%5B\d*%5D)")


def _quote(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)
