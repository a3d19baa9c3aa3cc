"""Changes of labels, as the form of a page sends them. Pure: labels in, labels out.

The field `action` says what is done:

- `mark`: the `words` (at `start`, else where they stand unmarked first) are `as` … at `event` (an
  index, `new` or empty), with a `note`: a kind of marks, or a value of the event (`VALUES`).
- `confirm`, `strike`, `set` (`kind`, `event`, `note`): one mark, by its index in `mark`.
- `confirm-event`, `strike-event`, `set-event` (its fields): one event, by its index in `event`.
- `done`: everything is right, and nothing is missing; `reopen` takes it back.
- `no-event`: the page tells of no event. It is done with that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import get_args

from indexer.query.days import days_of
from indexer.records.document import Role
from indexer.records.labels import (
    MARK_KINDS,
    OF_AN_EVENT,
    LabelledEvent,
    Labels,
    Mark,
    MarkKind,
)
from radar.labelling.value_words import ValueWords
from search_api.labelling.desk import LabelMistaken

VALUES = ("name", "series", "date", "town", "venue-name", "theme")
"""Values of an event that words can be marked as."""
LONGEST = 300
"""Characters of a mark."""

_SPACES = r"\s{1,20}"

_ROLES: tuple[Role, ...] = get_args(Role)
_TEXT_FIELDS = (
    "series",
    "date_surface",
    "venue",
    "city",
    "city_surface",
    "country_surface",
    "theme",
    "count_surface",
)
_NEW = "new"

Fields = Mapping[str, str]


class LabelChanges:
    """Makes changes; `values` reads what marked words mean, `places` are words of the page and the
    places that they were read as.
    """

    def __init__(self, values: ValueWords, places: Mapping[str, str]) -> None:
        self._values = values
        self._places = places

    def make(self, labels: Labels, fields: Fields) -> Labels:
        """The labels after the change; LabelMistaken where it can't be made."""
        action = _ACTIONS.get(fields.get("action", ""))
        if fields.get("action") == "mark":
            changed = self._mark_words(labels, fields)
        elif action is None:
            raise LabelMistaken("This change is not known here.")
        else:
            changed = action(labels, fields)
        return changed if fields["action"] in _ENDS else replace(changed, done=False)

    def _mark_words(self, labels: Labels, fields: Fields) -> Labels:
        wanted = fields.get("as", "")
        if wanted in VALUES:
            return self._set_value(labels, wanted, fields)
        kind = _kind(wanted)
        start, end = _find_words(labels, fields, Mark(kind, 0, 0).family)
        labels, event = _event_for(labels, fields, _on_one_line(labels.text[start:end]))
        mark = _checked(Mark(kind, start, end, event, fields.get("note", "").strip() or None))
        kept = [m for m in labels.marks if m.family != mark.family or not m.overlaps(mark)]
        return labels.with_marks([*kept, mark])

    def _set_value(self, labels: Labels, wanted: str, fields: Fields) -> Labels:
        start, end = _find_words(labels, fields, "")
        words = _on_one_line(labels.text[start:end])
        labels, index = _event_for(labels, fields, words)
        if index is None:
            raise LabelMistaken("Of which event? Choose one.")
        return _with_event(labels, index, self._valued(labels, labels.events[index], wanted, words))

    def _valued(
        self, labels: Labels, event: LabelledEvent, wanted: str, words: str
    ) -> LabelledEvent:
        if wanted == "date":
            days = self._values.days(words, labels)
            if days is None:
                raise LabelMistaken(f"“{words}” is no day that can be read: type it at the event.")
            return replace(event, start=days.start, end=days.end, date_surface=words)
        if wanted == "town":
            town = self._values.town(words, self._places)
            city, country = town or (words, event.country)
            return replace(event, city=city, city_surface=words, country=country)
        changed: dict[str, str] = {{"venue-name": "venue"}.get(wanted, wanted): words}
        return replace(event, **changed)  # type: ignore[arg-type]  # only fields that hold text


def _change_mark(labels: Labels, fields: Fields) -> Labels:
    index = _index(fields.get("mark", ""), len(labels.marks))
    mark, others = labels.marks[index], [m for i, m in enumerate(labels.marks) if i != index]
    if fields["action"] == "strike":
        return labels.with_marks(others)
    if fields["action"] == "set":
        kind = _kind(fields.get("kind", ""))
        labels, event = _event_for(labels, fields, _on_one_line(labels.words(mark)))
        note = fields.get("note", "").strip() or None
        mark = _checked(replace(mark, kind=kind, event=event, note=note))
        others = [m for m in others if m.family != mark.family or not m.overlaps(mark)]
    return labels.with_marks([*others, replace(mark, read=False)])


def _change_event(labels: Labels, fields: Fields) -> Labels:
    index = _index(fields.get("event", ""), len(labels.events))
    if fields["action"] == "strike-event":
        return _without_event(labels, index)
    event = replace(labels.events[index], read=False)
    if fields["action"] == "set-event":
        event = _from_form(event, fields)
    return _with_event(labels, index, event)


def _from_form(event: LabelledEvent, fields: Fields) -> LabelledEvent:
    """The event as its form has it: what the form leaves empty is empty."""
    given = {key: fields.get(key, "").strip() or None for key in _TEXT_FIELDS}
    name, role = fields.get("name", "").strip(), fields.get("role", "")
    if not name:
        raise LabelMistaken("An event has a name: words of the text.")
    if role not in _ROLES:
        raise LabelMistaken("An event is main, upcoming or mentioned.")
    country = fields.get("country", "").strip().upper() or None
    if country is not None and not _is_code(country):
        raise LabelMistaken("A country is a code of two letters: DE, KZ.")
    start, end = _day(fields, "start"), _day(fields, "end")
    first, last = days_of(start), days_of(end)  # None: no year is known
    if first is not None and last is not None and last[1] < first[0]:
        raise LabelMistaken("The last day is before the first.")
    return replace(
        event,
        name=name,
        role=role,
        start=start,
        end=end,
        ordinal=_number(fields, "ordinal"),
        count=_number(fields, "count"),
        country=country,
        countries=_countries(fields),
        **given,  # type: ignore[arg-type]  # only fields that hold text
    )


def _without_event(labels: Labels, index: int) -> Labels:
    """The page without an event; what was marked of it is of none."""
    kept = []
    for mark in labels.marks:
        if mark.event is None or mark.event < index:
            kept.append(mark)
        elif mark.event > index:
            kept.append(replace(mark, event=mark.event - 1))
        elif mark.kind != "event":
            kind = "none" if mark.kind in OF_AN_EVENT else mark.kind
            kept.append(replace(mark, kind=kind, event=None))
    events = (*labels.events[:index], *labels.events[index + 1 :])
    return replace(labels, marks=(), events=events).with_marks(kept)


def _no_event(labels: Labels, fields: Fields) -> Labels:
    while labels.events:
        labels = _without_event(labels, len(labels.events) - 1)
    return _done(labels, fields)


def _done(labels: Labels, fields: Fields) -> Labels:
    del fields
    if labels.lang is None:
        raise LabelMistaken("The language of this page is not known: training can't use it.")
    named = {mark.event for mark in labels.marks if mark.kind == "event"}
    for index in range(len(labels.events)):
        if index not in named:
            raise LabelMistaken(f"Event {index + 1} has no mark: mark the words that mean it.")
    marks = tuple(replace(mark, read=False) for mark in labels.marks)
    events = tuple(replace(event, read=False) for event in labels.events)
    return replace(labels, marks=marks, events=events, done=True)


def _reopen(labels: Labels, fields: Fields) -> Labels:
    del fields
    return replace(labels, done=False)


_ACTIONS: Mapping[str, Callable[[Labels, Fields], Labels]] = {
    **dict.fromkeys(("confirm", "strike", "set"), _change_mark),
    **dict.fromkeys(("confirm-event", "strike-event", "set-event"), _change_event),
    "done": _done,
    "reopen": _reopen,
    "no-event": _no_event,
}
_ENDS = ("done", "no-event")


def _find_words(labels: Labels, fields: Fields, family: str) -> tuple[int, int]:
    """Where the words stand: at `start` if they do, else first where no mark of the family is.

    A space stands for any space of the text, and for an end of a line: forms hold none.
    """
    words = fields.get("words", "")
    stripped = words.strip()
    if not stripped or len(stripped) > LONGEST:
        raise LabelMistaken(f"Words of the text are marked: 1 to {LONGEST} characters.")
    wanted = re.compile(_SPACES.join(map(re.escape, stripped.split())))
    given = fields.get("start", "")
    if given.isdecimal() and len(given) < 9:
        start = int(given) + len(words) - len(words.lstrip())
        found = wanted.match(labels.text, start)
        if found is not None:
            return found.span()
    taken = [m for m in labels.marks if m.family == family]
    place = _first_unmarked(labels.text, wanted, taken)
    if place is None:
        raise LabelMistaken(f"“{stripped}” does not stand in the text, or is marked everywhere.")
    return place


def _first_unmarked(
    text: str, words: re.Pattern[str], taken: Iterable[Mark]
) -> tuple[int, int] | None:
    """Where the words stand first without a mark over them, else without just this mark."""
    spans = [(mark.start, mark.end) for mark in taken]
    places = [m.span() for m in words.finditer(text)]
    free = [p for p in places if not any(s < p[1] and p[0] < e for s, e in spans)]
    others = free or [p for p in places if p not in spans]
    return others[0] if others else None


def _on_one_line(words: str) -> str:
    return re.sub(r"\s*\n\s*", " ", words)


def _event_for(labels: Labels, fields: Fields, words: str) -> tuple[Labels, int | None]:
    """The event that a form names; a new one is called as the words are."""
    wanted = fields.get("event", "")
    if wanted == _NEW:
        events = (*labels.events, LabelledEvent(name=words))
        return replace(labels, events=events), len(labels.events)
    return labels, _index(wanted, len(labels.events)) if wanted else None


def _with_event(labels: Labels, index: int, event: LabelledEvent) -> Labels:
    return replace(labels, events=(*labels.events[:index], event, *labels.events[index + 1 :]))


def _checked(mark: Mark) -> Mark:
    """The mark, with what its kind has; LabelMistaken where something is missing."""
    if mark.kind in OF_AN_EVENT and mark.event is None:
        raise LabelMistaken("Of which event? Choose one.")
    if mark.kind == "employer":
        if mark.note is None:
            raise LabelMistaken("Whose employer? Give the name of the person as marked.")
        return replace(mark, event=None)
    if mark.kind == "none":
        return replace(mark, event=None, note=None)
    return mark if mark.kind == "person" else replace(mark, note=None)


def _kind(text: str) -> MarkKind:
    for kind in MARK_KINDS:
        if kind == text:
            return kind
    raise LabelMistaken("Say what the words are.")


def _index(text: str, number: int) -> int:
    if not text.isdecimal() or len(text) > 6 or int(text) >= number:
        raise LabelMistaken("It is not there any more.")
    return int(text)


def _day(fields: Fields, key: str) -> str | None:
    text = fields.get(key, "").strip()
    if text and days_of(text.replace("--", "2000-", 1)) is None:
        raise LabelMistaken(f"“{text}” is no day: 2031-05-04, 2031-05 or 2031.")
    return text or None


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isalpha()


def _countries(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Code and words of each country taking part, as the form has them: `KZ Kasachstan; DE …`."""
    given = [part.split(maxsplit=1) for part in fields.get("countries", "").split(";")]
    found = [(words[0].upper(), words[1].strip()) for words in given if len(words) == 2]
    if len(found) < len([words for words in given if words]) or not all(
        _is_code(code) for code, _ in found
    ):
        raise LabelMistaken("Countries taking part are codes with their words: KZ Kasachstan; DE …")
    return tuple(dict.fromkeys(found))


def _number(fields: Fields, key: str) -> int | None:
    text = fields.get(key, "").strip()
    if text and not (text.isdecimal() and len(text) < 9):
        raise LabelMistaken(f"“{text}” is no whole number.")
    return int(text) if text else None
