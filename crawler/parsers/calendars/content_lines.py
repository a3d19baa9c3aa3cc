"""The lines of a calendar file: unfolded, split into name, parameters and value, grouped to
entries.

Nothing here can fail: a line that is none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crawler.parsers.characters import clean_characters
from crawler.parsers.charset import decode

MAX_LINES = 200_000

_FOLD = re.compile(r"\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"\n]*"|[^;:,"\n]*)(?:,(?:"[^"\n]*"|[^;:,"\n]*))*')
_ESCAPE = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class ContentLine:
    """`DTSTART;TZID=Europe/Berlin:20260304T100000`."""

    value: str
    """As it stands, escapes included."""
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Names in capitals."""

    @property
    def text(self) -> str:
        """The value as text on one line: escapes resolved."""
        plain = _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value)
        return " ".join(plain.split())


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A VEVENT, or the calendar around it."""

    lines: Mapping[str, tuple[ContentLine, ...]]
    """Names in capitals."""

    def first(self, name: str) -> ContentLine | None:
        """The first line of a name that isn't empty."""
        return next((line for line in self.lines.get(name, ()) if line.value.strip()), None)

    def text(self, name: str) -> str:
        """Its text; empty where there is none."""
        line = self.first(name)
        return line.text if line else ""


def read_entries(
    body: bytes, content_type: str | None
) -> tuple[CalendarEntry, list[CalendarEntry]]:
    """The calendar's own lines, and its events in the order of the file."""
    text = clean_characters(decode(body, content_type).text)
    unfolded = _FOLD.sub("", text)
    calendar: dict[str, list[ContentLine]] = {}
    events: list[dict[str, list[ContentLine]]] = []
    inside: list[str] = []
    for name, line in _lines(unfolded):
        if name == "BEGIN":
            inside.append(line.value.strip().upper())
            if inside[-1] == "VEVENT":
                events.append({})
        elif name == "END":
            inside = inside[:-1]
        elif inside[-1:] == ["VEVENT"]:
            events[-1].setdefault(name, []).append(line)
        elif inside[-1:] in ([], ["VCALENDAR"]):
            calendar.setdefault(name, []).append(line)
    return _entry(calendar), [_entry(event) for event in events]


def _entry(lines: Mapping[str, list[ContentLine]]) -> CalendarEntry:
    return CalendarEntry({name: tuple(found) for name, found in lines.items()})


def _lines(text: str) -> Iterator[tuple[str, ContentLine]]:
    for line in text.split("\n", MAX_LINES)[:MAX_LINES]:
        name = _NAME.match(line)
        if name is None:
            continue
        position = name.end()
        parameters = {}
        while match := _PARAMETER.match(line, position):
            parameters[match[1].upper()] = match[2].strip('"')
            position = match.end()
        if line[position : position + 1] == ":":
            yield name.group().upper(), ContentLine(line[position + 1 :], parameters)
