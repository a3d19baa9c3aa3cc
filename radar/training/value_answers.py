"""Whether values of events that were read are labelled: events and their labels are paired by name,
first day, town and number, values compared by their words.

`KEY_alt` of a label lists values that are as good, `KEY_optional` what may be read or not,
`optional` marks such an event. A day must be the same; one that says less than the label (a month)
is neither right nor wrong, nor is any day where the label has the words of one and not the day.
What a hand labels nowhere is not answered (`unlabelled_fields`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.records.document import Event
from indexer.records.event_fields import EVENT_FIELDS

UNLABELLED = ("status", "place.venue")
SINGLE = [f for f in EVENT_FIELDS if not f.many and f.path not in UNLABELLED]
LISTS = [f for f in EVENT_FIELDS if f.many and f.owner != "persons"]

_INDEX = re.compile(r"events\[(\d+)\]\.(.+)")
PERSON = re.compile(r"persons\[(\d+)\]\.(\w+)")
_ALIKE, _LITTLE = 0.5, 0.2
"""Likeness of the names of one event: by itself, and where its day is the same, too."""
_OF_DAY, _OF_REST = 0.8, 0.4
"""What the same first day counts beside the name, and the same town or number."""
_ABBREVIATED = re.compile(r"(.+?)\s*\(([^()]+)\)")
_STEM, _ENDING = 4, 2
"""Letters that two forms of a word share at least, and those that they may differ in."""
_LISTS = {field.path: field.name for field in LISTS}
_DAYS = frozenset({"start", "end"})
_ENOUGH = 30
"""Events of a hand from which on a field that none of them has was left out. Of 54 open hands 21
have no country that took part, 13 no number of an edition, 2 no theme; any other field all have.
"""
_MADE = "persons.name_norm"
"""What the program makes of a name."""
_EVERY_FIELD = frozenset(f.path for f in EVENT_FIELDS) - {*UNLABELLED, _MADE}


def answers(
    labels: list[dict[str, Any]], events: list[dict[str, Any]], mentions: Iterable[dict[str, Any]]
) -> Iterator[bool | None]:
    """Whether each value is labelled; None for what may be given or not, or is no value of an
    event.
    """
    twins = {id(event): label for label, event in paired(labels, events) if event is not None}
    for mention in mentions:
        found = _INDEX.fullmatch(mention["field"])
        event = events[int(found[1])] if found else {}
        label = twins.get(id(event))
        if found is None or found[2] == "status" or (label or {}).get("optional"):
            yield None
        else:
            yield _right(label, event, found[2], mention["value"], mention.get("surface"))


def unlabelled_fields(labels: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Paths of the fields that the events of one hand never have, where they are many: whoever
    labelled them left these out, and a value of them is neither right nor wrong.
    """
    events = [_wanted(label) for label in labels]
    if len(events) < _ENOUGH:
        return frozenset()
    return _EVERY_FIELD - {path for event in events for path in _labelled_fields(event)}


def _labelled_fields(event: Mapping[str, Any]) -> Iterator[str]:
    for path in _EVERY_FIELD:
        owner, _, name = path.rpartition(".")
        said = event.get("persons", ()) if owner == "persons" else (event,)
        if any(one.get(name) for one in said):
            yield path


def flat(event: Event) -> dict[str, Any]:
    """An event with the values of its place and participants beside the others."""
    values = {field.name: field.value(event) for field in (*SINGLE, *LISTS)}
    return {**values, "persons": event.persons}


def paired(
    labels: list[dict[str, Any]], events: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Labels, each with the event that is most like it, those most alike first, so that none takes
    that of another one of its day; what is left over alone.
    """
    alike = sorted(
        (-likeness, i, j)
        for i, label in enumerate(labels)
        for j, event in enumerate(events)
        if (likeness := _likeness(label, event)) > 0
    )
    twins: dict[int, int] = {}
    for _, i, j in alike:
        if i not in twins and j not in twins.values():
            twins[i] = j
    for i, label in enumerate(labels):
        yield label, events[twins[i]] if i in twins else None
    for j, event in enumerate(events):
        if j not in twins.values():
            yield None, event


def _likeness(label: Mapping[str, Any], event: Mapping[str, Any]) -> float:
    """How much an event is like a label, by name, first day, town and number; 0: too little."""
    place = label.get("place") or {}
    towns = {place.get("city"), place.get("city_surface"), *(place.get("city_alt") or ())} - {None}
    name = max(_overlap(n, event["name"]) for n in [label["name"], *label.get("name_alt", [])])
    day = _is_same_day(label["start"], event["start"])
    town = event.get("city") in towns
    number = event.get("ordinal") is not None and event.get("ordinal") == label.get("ordinal")
    if name >= _ALIKE or (day and (name >= _LITTLE or town or number)) or (town and number):
        return name + _OF_DAY * day + _OF_REST * (town + number)
    return 0.0


def _is_same_day(wanted: str | None, read: str | None) -> bool:
    """Whether a day is the labelled one, whose year may be missing (--05-04)."""
    if not wanted or not read:
        return False
    return wanted == read or (wanted.startswith("--") and read[4:] == wanted[1:])


def same(wanted: Any, read: Any) -> bool:
    """Whether a value read is the labelled one, in another case perhaps."""
    if isinstance(wanted, str) and isinstance(read, str):
        return wanted == read or _overlap(wanted, read) >= 0.6
    return bool(wanted == read)


def _overlap(a: str, b: str) -> float:
    """F1 of the words of two names."""
    left, right = (re.findall(r"\w+", s.casefold()) for s in (a, b))
    rest = list(right)
    for word in left:
        twin = next((other for other in rest if _is_same_word(word, other)), None)
        if twin is not None:
            rest.remove(twin)
    shared = len(right) - len(rest)
    return 2 * shared / (len(left) + len(right)) if left and right else 0.0


def _is_same_word(a: str, b: str) -> bool:
    """Whether two words are one, in another case perhaps (zehnte, zehnten)."""
    stem = max(_STEM, min(len(a), len(b)) - _ENDING)
    return a == b or (a[:stem] == b[:stem] and abs(len(a) - len(b)) <= _ENDING)


def _right(
    label: dict[str, Any] | None,
    event: dict[str, Any],
    field: str,
    value: Any,
    surface: str | None = None,
) -> bool | None:
    """Whether a value is labelled; None where it may be given or not."""
    if label is None:
        return False
    wanted = _wanted(label)
    person = PERSON.fullmatch(field)
    if person:
        return _person_right(wanted, event["persons"][int(person[1])], person[2], value)
    if field in _LISTS:
        return _is_listed(wanted, _LISTS[field], value)
    key = field.rpartition(".")[2]
    if key == "city" and surface and same(wanted.get("city_surface"), surface):
        return True
    labelled = [v for v in (wanted.get(key), *(wanted.get(f"{key}_alt") or ())) if v]
    if any((_is_same_day if key in _DAYS else _alike)(v, value) for v in labelled):
        return True if wanted.get(key) else None
    unsaid = not labelled and wanted.get("date_surface")
    less = unsaid or any(str(v).startswith(str(value)) for v in labelled)
    return None if key in _DAYS and less else False


def _wanted(label: Mapping[str, Any]) -> dict[str, Any]:
    """A label with the values of its place and participants beside the others."""
    wanted = {**label, **label.get("place", {}), **label.get("participants", {})}
    return {**wanted, "end": wanted.get("end") or wanted.get("start")}


def _is_listed(wanted: Mapping[str, Any], key: str, value: Any) -> bool | None:
    """Whether a list of labels has a value or another form of it; None where it may be given."""
    others = wanted.get(f"{key}_alt") or {}
    listed = [_plain(labelled) for labelled in wanted.get(key) or ()]
    if any(_is_form(form, value) for one in listed for form in (one, *others.get(one, ()))):
        return True
    optional = wanted.get(f"{key}_optional") or ()
    return None if any(_is_form(_plain(one), value) for one in optional) else False


def _is_form(wanted: Any, value: Any) -> bool:
    """Whether a value is the labelled one, or either is the other's abbreviation in brackets."""
    if same(wanted, value):
        return True
    pairs = ((wanted, value), (value, wanted)) if isinstance(wanted, str) else ()
    return any(
        same(part, other)
        for whole, other in pairs
        if (found := _ABBREVIATED.fullmatch(whole))
        for part in found.groups()
    )


def _plain(labelled: Any) -> Any:
    """A country's code: some labels have it beside the words that name it."""
    return labelled["code"] if isinstance(labelled, dict) else labelled


def _alike(wanted: Any, value: Any) -> bool:
    return same(wanted, value) or str(wanted) == str(value)


def _person_right(wanted: dict[str, Any], person: Any, key: str, value: Any) -> bool | None:
    name = person["name"] if isinstance(person, dict) else person.name
    label = next((p for p in wanted.get("persons", []) if _is_same_person(p["name"], name)), None)
    if label is None or key == "name":
        return label is not None
    if not label.get(key) and any(same(v, value) for v in label.get(f"{key}_alt", [])):
        return None
    return any(v and same(v, value) for v in (label.get(key), *label.get(f"{key}_alt", [])))


def _is_same_person(wanted: str, read: str) -> bool:
    """Whether two names are of one person: every word of the shorter one is in the other, which may
    have an initial for it.
    """
    shorter, rest = sorted((re.findall(r"\w+", n.casefold()) for n in (wanted, read)), key=len)
    for word in shorter:
        twin = next((other for other in rest if _is_same_word(word, other)), None) or next(
            (o for o in rest if 1 in (len(o), len(word)) and o[0] == word[0]), None
        )
        if twin is None:
            return same(wanted, read)
        rest.remove(twin)
    return any(len(word) > 1 for word in shorter)
