"""The values of a page with their places and the rules that found them.

Pure: turns a `Page` into rows; other modules display them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from indexer.records.document import PARTS, Mention, Page
from radar.trial.by_profile import ReadWith
from radar.trial.families import FAMILIES, Family, family_of

_INDEX = re.compile(r"\[\d+\]$")

_NO_VALUES = frozenset({"parts", "dates", "mentions", "text", "teaser", "url", "kind", "lang"})
"""Fields of the record that aren't values read from a place: shown in the head or as text."""
_DERIVED = frozenset(
    {"published_at", "geonameid", "lat", "lon", "approximate", "surface", "name_norm"}
)
"""Values that a table or another value adds: they have no place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the page and the value that it supports."""

    number: int
    """Of its mark, from 1 in the order of the page; findings of one place share it."""
    field: str
    part: str
    start: int
    end: int
    surface: str
    value: str
    rule: str
    confidence: float | None
    """None: the rule has none (date expressions)."""
    inferred: bool = False

    @property
    def family(self) -> Family:
        """The family, which decides the colour."""
        return family_of(self.field)

    @property
    def where(self) -> str:
        """Part and offsets, `text 12–20`."""
        return f"{self.part} {self.start}–{self.end}"

    @property
    def summary(self) -> str:
        """The finding on one line."""
        sure = "" if self.confidence is None else f", {self.confidence:.2f}"
        return f"{self.field} = {self.value} ({self.rule}{sure})"


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the record and what supports it."""

    path: str
    """`events[0].place.city`, `commodities[1].id`."""
    value: str
    findings: tuple[Finding, ...]
    """Empty: nothing in the page is named as its place."""

    @property
    def family(self) -> Family:
        """The family, which decides the colour."""
        return family_of(self.path)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a part with everything that was found in it."""

    text: str
    findings: tuple[Finding, ...] = ()
    ends: tuple[int, ...] = ()
    """Numbers of the marks that end with it."""

    @property
    def family(self) -> Family | None:
        """The one that gives the colour; None: unmarked."""
        found = {finding.family.id for finding in self.findings}
        return next((family for family in FAMILIES if family.id in found), None)


class TriedPage:
    """A page with its findings."""

    def __init__(self, page: Page, read_with: ReadWith | None = None) -> None:
        """`read_with`: the profile of its site, if there is one."""
        self.page = page
        self.read_with = read_with

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, in the order of the page."""
        numbers: dict[tuple[str, int, int], int] = {}
        found = []
        for part, start, end, details in sorted(_places(self.page), key=_order):
            number = numbers.setdefault((part, start, end), len(numbers) + 1)
            found.append(Finding(number, details[0], part, start, end, *details[1:]))
        return tuple(found)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The values of the record, in its order."""
        by_field: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            by_field[finding.field].append(finding)
        record = self.page.to_json()
        kept = {key: value for key, value in record.items() if key not in _NO_VALUES}
        return tuple(
            Value(path, value, _support(path, value, surface, by_field))
            for path, value, surface in _leaves(kept, "")
        )

    @cached_property
    def further(self) -> tuple[Finding, ...]:
        """What was found and is no value of the record: date expressions, unsure words."""
        used = {finding for value in self.values for finding in value.findings}
        return tuple(finding for finding in self.findings if finding not in used)

    @cached_property
    def parts(self) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
        """Name and stretches of each part that the page has."""
        return tuple(
            (part, tuple(self._stretches(part, text)))
            for part in PARTS
            if (text := self.page.part(part))
        )

    def _stretches(self, part: str, text: str) -> Iterator[Stretch]:
        inside = [f for f in self.findings if f.part == part]
        bounds = sorted({0, len(text), *(f.start for f in inside), *(f.end for f in inside)})
        waiting = sorted(inside, key=lambda f: f.start)
        open_now: list[Finding] = []
        for start, end in pairwise(bounds):
            open_now = [f for f in open_now if f.end > start]
            while waiting and waiting[0].start <= start:
                open_now.append(waiting.pop(0))
            ends = dict.fromkeys(f.number for f in open_now if f.end == end)
            yield Stretch(text[start:end], tuple(open_now), tuple(ends))


_Details = tuple[str, str, str, str, float | None, bool]
_Place = tuple[str, int, int, _Details]


def _places(page: Page) -> Iterator[_Place]:
    for m in page.mentions:
        yield m.part, m.start, m.end, _details(m)
    for date in page.dates:
        surface = page.text[date.start : date.end]
        value = f"{date.from_ or '…'} – {date.to or '…'}" if date.from_ != date.to else date.from_
        details = ("dates", surface, value or "", f"dates.{date.kind}", None, False)
        yield "text", date.start, date.end, details


def _details(mention: Mention) -> _Details:
    value = mention.surface if mention.value is None else str(mention.value)
    return (
        mention.field,
        mention.surface,
        value,
        mention.extractor or "no rule named",
        mention.confidence,
        mention.inferred,
    )


def _order(place: _Place) -> tuple[int, int, int, str]:
    part, start, end, details = place
    return PARTS.index(part), start, -end, details[0]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str, str]]:
    """Path, value and surface of everything in the record that isn't empty."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in _DERIVED or ("surface" in value and key == "name"):
                continue
            surface = value.get("surface", "") if key == "id" else ""
            for leaf in _leaves(inner, f"{path}.{key}" if path else key):
                yield leaf[0], leaf[1], surface or leaf[2]
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]")
    elif value is not None:
        yield path, str(value), ""


def _support(
    path: str, value: str, surface: str, by_field: Mapping[str, Sequence[Finding]]
) -> tuple[Finding, ...]:
    """The findings of a value: those of its very path, else of its list by value."""
    own = by_field.get(path)
    if own:
        return tuple(own)
    field = _INDEX.sub("", path.removesuffix(".id") if surface else path)
    if field == path:
        return ()
    found = by_field.get(field, ())
    # An organisation is listed as it is written, and its mentions carry the id of the tables.
    meant = {value} | {f.value for f in found if value == f.surface}
    return tuple(f for f in found if f.value in meant)
