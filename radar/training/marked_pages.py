"""Labelled pages as people write them: a YAML list of pages, their text marked with its mentions.

    python -m radar.training.marked_pages FILE…     checks files, prints what they hold

In the text a body, a person and a mention of an event stand in tags, which may nest:

    <o organiser 1>…</o>                  body: organiser, participant, venue of event 1, or none
    <o employer @Anna Weber>…</o>         employer of a person
    <o participant 1 @Anna Weber>…</o>    both: it is at the event itself, and she works for it
    <p 1 role="Geschäftsführerin">…</p>   person at event 1; the role as the text has it
    <e 1>…</e>                            mention of event 1

In `contacts` stand mail addresses and numbers, or mappings (name, role, phone, fax, email).
`-` stands for no event, `short` before `@` or `>` for the short form of a body, `@Anna Weber
@Bernd Klein` for several persons. Events are numbered from 1, as they stand in the list `events`.
A record has the fields of the labelled event texts (names as in the text, days as ISO, cities in
English, countries as ISO 3166-1), and every mention in `_orgs`, `_persons` and `_events`, in the
order of the text. Organisers, participating bodies and persons of an event are read from the marks.
Who is at an event only as somebody's employer is one of its `organisations_optional`: a reader may
say that it took part or not.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from indexer.records.labels import employed_by, enter_marks

Record = dict[str, Any]

_NUMBER = re.compile(r"\d+\Z")
"""Of a hand, at the end of the name of its file."""
FEWEST_HANDS = 10
"""Hands of a folder from which on models are judged by hand; of one hand, nothing would be left."""
_TAG = re.compile(r"<(/?)([ope])((?: [^<>]*)?)>")
_ROLES = frozenset({"organiser", "participant", "employer", "venue", "none"})
_PLACE_KEYS = ("venue", "city", "city_surface", "country", "country_surface")
_AT_EVENTS = frozenset({"organiser", "participant"})
_EMPLOYING = _AT_EVENTS | {"employer"}
_EVENT_KEYS = frozenset(_PLACE_KEYS) | {
    *("name", "role", "series", "ordinal", "ordinal_surface"),
    *("start", "end", "date_surface", "theme", "count", "count_surface", "countries"),
}
_EVENT_ROLES = frozenset({"main", "upcoming", "mentioned"})


class PageError(ValueError):
    """A page that is marked wrongly: which page, and what."""


@dataclass(slots=True)
class Marks:
    """The text without its tags, and what they said of it."""

    text: str = ""
    bodies: list[Record] = field(default_factory=list)
    persons: list[Record] = field(default_factory=list)
    events: list[Record] = field(default_factory=list)


def read_pages(file: Path) -> list[Record]:
    """The records of a file of marked pages, each with its `hand`: the folder and the number of its
    file, which those of the same hand in other languages have, too. `PageError` names the first
    page that is wrong.
    """
    try:
        pages = yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise PageError(f"{file.name}: {error}") from error
    if not isinstance(pages, list):
        raise PageError(f"{file.name}: not a list of pages")
    numbered = _NUMBER.search(file.stem)
    hand = f"{file.parent.name} {numbered.group() if numbered else file.stem}"
    records = []
    for number, page in enumerate(pages, 1):
        name = page.get("id", f"page {number}") if isinstance(page, dict) else f"page {number}"
        try:
            records.append(_record(page) | {"hand": hand})
        except (PageError, KeyError, TypeError, AttributeError) as error:
            raise PageError(f"{file.name}, {name}: {type(error).__name__} {error}") from error
    return records


def read_folder(folder: Path) -> list[Record]:
    """The labelled pages of a folder: records in `*.jsonl`, marked pages in `*.yaml`. The latter
    tell their hand only where there are many, so that each is judged by what enough others teach.

    Raises PageError where it is none: parameters would be trained without its pages.
    """
    if not folder.is_dir():
        raise PageError(f"{folder} is no folder")
    records = [
        json.loads(line)
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text("utf-8").splitlines()
        if line.strip()
    ]
    marked = [page for file in sorted(folder.glob("*.yaml")) for page in read_pages(file)]
    if len({page["hand"] for page in marked}) < FEWEST_HANDS:
        marked = [{key: value for key, value in page.items() if key != "hand"} for page in marked]
    return records + marked


def _record(page: Mapping[str, Any]) -> Record:
    return record_of(page, read_marks(str(page["text"]).strip()))


def record_of(page: Mapping[str, Any], marks: Marks) -> Record:
    """The record of a page, of whose text the marks are. Raises PageError where they don't fit."""
    events = [_event(event) for event in page.get("events") or []]
    enter_marks(events, marks.bodies, marks.persons)
    _allow_employers(events, marks.bodies)
    record: Record = {
        "id": page["id"],
        "lang": page["lang"],
        "url": page["url"],
        "text_kind": page.get("text_kind", "made up"),
        "title": page["title"],
        "published": _text(page.get("published")),
        "published_surface": _text(page.get("published_surface")),
        "text": marks.text,
        "events": events,
        "commodities": [_pair("name", *item) for item in (page.get("commodities") or {}).items()],
        "countries": [_pair("code", *item) for item in (page.get("countries") or {}).items()],
        "strategies": list(page.get("strategies") or []),
        "programmes": list(page.get("programmes") or []),
        "contacts": [_contact(contact) for contact in page.get("contacts") or []],
        "is_event_page": bool(events),
        "_orgs": marks.bodies,
        "_persons": [{k: v for k, v in p.items() if v or k != "role"} for p in marks.persons],
        "_events": marks.events,
    }
    _check(record, marks)
    return record


def _allow_employers(events: Sequence[Record], bodies: Sequence[Record]) -> None:
    """Who works for an organiser or participant, not every text says: a reader may say so or not.
    A short form that employs somebody stands for a full name of its event and role, which is as
    good.
    """
    for index, event in enumerate(events):
        there = [b for b in bodies if b["event"] == index and b["role"] in _AT_EVENTS]
        for person in event["persons"]:
            if person["organisation"] is None:
                others = {b["surface"] for b in there}
            else:
                roles = {
                    b["role"]
                    for b in there
                    if b.get("short") and b["surface"] == person["organisation"]
                }
                others = {b["surface"] for b in there if b["role"] in roles and not b.get("short")}
            others = {*others, *person.get("organisation_alt", ())} - {person["organisation"]}
            if others:
                person["organisation_alt"] = sorted(others)


def read_marks(marked: str) -> Marks:
    """The text of a page without its tags, and each of its marks with where it begins."""
    marks, pieces, length, at = Marks(), list[str](), 0, 0
    opened: list[tuple[str, str, int, int]] = []
    for tag in _TAG.finditer(marked):
        plain = marked[at : tag.start()]
        pieces.append(plain)
        length, at = length + len(plain), tag.end()
        closes, kind, words = tag.groups()
        if not closes:
            opened.append((kind, words.strip(), length, len(_marks_of(marks, kind))))
            _marks_of(marks, kind).append({})
            continue
        if not opened or opened[-1][0] != kind:
            raise PageError(f"</{kind}> closes nothing near {marked[max(0, at - 60) : at]!r}")
        _, words, start, place = opened.pop()
        surface = "".join(pieces)[start:]
        _marks_of(marks, kind)[place] = _mark(kind, words, surface) | {"start": start}
    if opened:
        raise PageError(f"<{opened[-1][0]} {opened[-1][1]}> is not closed")
    marks.text = "".join(pieces) + marked[at:]
    return marks


def _marks_of(marks: Marks, kind: str) -> list[Record]:
    return {"o": marks.bodies, "p": marks.persons, "e": marks.events}[kind]


def _mark(kind: str, words: str, surface: str) -> Record:
    if not surface.strip() or surface != surface.strip():
        raise PageError(f"a mark is empty, or begins or ends with a space: {surface!r}")
    if kind == "p":
        role = re.search(r'role="([^"]*)"', words)
        event = _event_index(words.replace(role.group() if role else "", "").strip())
        return {"surface": surface, "event": event, "role": role[1] if role else None}
    if kind == "e":
        return {"surface": surface, "event": _event_index(words)}
    words, *persons = (part.strip() for part in words.split("@"))
    terms = words.split()
    if not terms or terms[0] not in _ROLES:
        raise PageError(f"<o {words}>: the first word is none of {sorted(_ROLES)}")
    numbers = [term for term in terms[1:] if term != "short"]
    body: Record = {
        "surface": surface,
        "role": terms[0],
        "event": _event_index(" ".join(numbers)),
        "person": persons[0] if persons else None,
    }
    if len(persons) > 1:
        body["persons"] = persons
    return body | {"short": True} if "short" in terms else body


def _event_index(words: str) -> int | None:
    if words in {"", "-"}:
        return None
    if not words.isdecimal() or words == "0":
        raise PageError(f"{words!r} is no number of an event")
    return int(words) - 1


def _event(event: Mapping[str, Any]) -> Record:
    if unknown := set(event) - _EVENT_KEYS:
        raise PageError(f"unknown keys of an event: {sorted(unknown)}")
    if event["role"] not in _EVENT_ROLES:
        raise PageError(f"role {event['role']!r} is none of {sorted(_EVENT_ROLES)}")
    return {
        "name": event["name"],
        "role": event["role"],
        "series": event.get("series"),
        "ordinal": event.get("ordinal"),
        "ordinal_surface": _text(event.get("ordinal_surface")),
        "start": _text(event.get("start")),
        "end": _text(event.get("end")),
        "date_surface": _text(event.get("date_surface")),
        "place": {key: event.get(key) for key in _PLACE_KEYS},
        "theme": event.get("theme"),
        "organisers": [],
        "participants": {
            "count": event.get("count"),
            "count_surface": _text(event.get("count_surface")),
            "countries": [_pair("code", *i) for i in (event.get("countries") or {}).items()],
            "organisations": [],
        },
        "persons": [],
    }


def _check(record: Record, marks: Marks) -> None:
    """Everything that says it stands in the text does so; marks name events and persons there."""
    text, events = record["text"], record["events"]
    for surface in _surfaces(record):
        if surface not in text and surface not in record["title"]:
            raise PageError(f"does not stand in the text letter for letter: {surface!r}")
    names = {person["surface"] for person in marks.persons}
    for mark in (*marks.bodies, *marks.persons, *marks.events):
        if mark["event"] is not None and mark["event"] >= len(events):
            raise PageError(f"{mark['surface']!r}: there is no event {mark['event'] + 1}")
    for body in marks.bodies:
        _check_body(body, names)
    mentioned = {mark["event"] for mark in marks.events}
    for index in range(len(events)):
        if index not in mentioned:
            raise PageError(f"event {index + 1} has no mark <e {index + 1}> in the text")


def _check_body(body: Record, names: Collection[str]) -> None:
    persons = employed_by(body)
    if persons and body["role"] not in _EMPLOYING:
        raise PageError(f"{body['surface']!r}: {body['role']}, so nobody's employer")
    if body["role"] == "employer" and not persons:
        raise PageError(f"{body['surface']!r}: employer of whom?")
    for person in persons:
        if person not in names:
            raise PageError(f"{body['surface']!r}: no marked person is called {person!r}")
    if body["role"] in {"organiser", "participant", "venue"} and body["event"] is None:
        raise PageError(f"{body['surface']!r}: {body['role']} of which event?")


def _surfaces(record: Record) -> Iterator[str]:
    for event in record["events"]:
        place, people = event["place"], event["participants"]
        yield from filter(
            None,
            (
                *(event[k] for k in ("name", "series", "ordinal_surface", "date_surface", "theme")),
                *(place[key] for key in ("venue", "city_surface", "country_surface")),
                people["count_surface"],
            ),
        )
        yield from (country["surface"] for country in people["countries"])
        yield from (person["role"] for person in event["persons"] if person["role"])
    for key in ("commodities", "countries"):
        yield from (item["surface"] for item in record[key])
    yield from (*record["strategies"], *record["programmes"])


def _contact(contact: str | Mapping[str, Any]) -> Record:
    if isinstance(contact, str):
        contact = {"email" if "@" in contact else "phone": contact}
    if unknown := set(contact) - {"name", "role", "phone", "fax", "email"}:
        raise PageError(f"unknown keys of a contact: {sorted(unknown)}")
    return dict(contact)


def _pair(key: str, value: str | bool, surface: str) -> Record:
    # YAML reads NO, the code of Norway, as a truth value.
    return {key: "NO" if value is False else value, "surface": surface}


def _text(value: Any) -> str | None:
    # YAML reads days and numbers as values of their own.
    return None if value is None else str(value)


def _count(records: Sequence[Record]) -> str:
    """What a file holds, in one line."""
    roles = Counter(body["role"] for record in records for body in record["_orgs"])
    without = sum(not record["events"] for record in records)
    several = sum(len(record["events"]) > 1 for record in records)
    bodies = ", ".join(f"{role} {number}" for role, number in sorted(roles.items()))
    return (
        f"{len(records)} pages: {without} without an event, {several} with several;"
        f" hosts {len({record['url'].split('/')[2] for record in records})};"
        f" persons {sum(len(r['_persons']) for r in records)}; bodies: {bodies}"
    )


if __name__ == "__main__":
    failed = False
    for name in sys.argv[1:]:
        try:
            print(f"{name}: {_count(read_pages(Path(name)))}")
        except PageError as problem:
            failed = True
            print(problem, file=sys.stderr)
    sys.exit(failed)
