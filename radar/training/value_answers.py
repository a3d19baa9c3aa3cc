"""Whether values of events that were read are labelled: events and their labels are paired by name
and first day, values compared by their words.

`KEY_alt` of a label lists values that are as good, `KEY_optional` what may be read or not,
`optional` marks such an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.records.document import Event
from indexer.records.event_fields import EVENT_FIELDS

UNLABELLED = ("status", "place.venue")
SINGLE = [f for f in EVENT_FIELDS if not f.many and f.path not in UNLABELLED]
LISTS = [f for f in EVENT_FIELDS if f.many and f.owner != "persons"]

_INDEX = re.compile(r"events\[(\d+)\]\.(.+)")
PERSON = re.compile(r"persons\[(\d+)\]\.(\w+)")
_STEM, _ENDING = 4, 2
"""Letters that two forms of a word share at least, and those that they may differ in."""
_LISTS = {field.path: field.name for field in LISTS}


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


def flat(event: Event) -> dict[str, Any]:
    """An event with the values of its place and participants beside the others."""
    values = {field.name: field.value(event) for field in (*SINGLE, *LISTS)}
    return {**values, "persons": event.persons}


def paired(
    labels: list[dict[str, Any]], events: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Labels with the event most like them by name and start; what is left over alone."""
    left = list(events)
    for label in labels:
        best = max(left, key=lambda e: _likeness(label, e), default=None)
        if best is not None and _likeness(label, best) >= 0.5:
            left.remove(best)
            yield label, best
        else:
            yield label, None
    for event in left:
        yield None, event


def _likeness(label: dict[str, Any], event: dict[str, Any]) -> float:
    names = [label["name"], *label.get("name_alt", [])]
    return max(_overlap(n, event["name"]) for n in names) + (
        0.5 if label["start"] and label["start"] == event["start"] else 0.0
    )


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
    wanted = {**label, **label.get("place", {}), **label.get("participants", {})}
    person = PERSON.fullmatch(field)
    if person:
        return _person_right(wanted, event["persons"][int(person[1])], person[2], value)
    if field in _LISTS:
        key = _LISTS[field]
        if any(same(_plain(w), value) for w in wanted.get(key, [])):
            return True
        optional = wanted.get(f"{key}_optional", [])
        return None if any(same(_plain(o), value) for o in optional) else False
    key = field.rpartition(".")[2]
    if key == "city" and surface and same(wanted.get("city_surface"), surface):
        return True
    return any(v and _alike(v, value) for v in (wanted.get(key), *wanted.get(f"{key}_alt", [])))


def _plain(labelled: Any) -> Any:
    """A country's code: some labels have it beside the words that name it."""
    return labelled["code"] if isinstance(labelled, dict) else labelled


def _alike(wanted: Any, value: Any) -> bool:
    return same(wanted, value) or str(wanted) == str(value)


def _person_right(wanted: dict[str, Any], person: Any, key: str, value: Any) -> bool | None:
    name = person["name"] if isinstance(person, dict) else person.name
    label = next((p for p in wanted.get("persons", []) if same(p["name"], name)), None)
    if label is None or key == "name":
        return label is not None
    if not label.get(key) and any(same(v, value) for v in label.get(f"{key}_alt", [])):
        return None
    return any(v and same(v, value) for v in (label.get(key), *label.get(f"{key}_alt", [])))
