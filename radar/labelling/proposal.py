"""What the program read from a page, as labels that a person goes through."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from indexer.records.document import Event, Mention, Page
from indexer.records.labels import LabelledEvent, Labels, Mark, MarkKind

_EVENT_FIELD = re.compile(r"events\[(\d+)\]\.(.+)")
_PERSON_FIELD = re.compile(r"persons\[(\d+)\]\.(name|organisation)")
_BODY_ROLES: Mapping[str, MarkKind] = {
    "organisers": "organiser",
    "participants.organisations": "participant",
}


def propose(page: Page, identity: str) -> Labels:
    """Labels as the program would give them: nothing of them is confirmed.

    The text is what a reader sees: title, teaser and text, those that repeat one another once.
    """
    text, bases = _whole_text(page)
    labels = Labels(
        id=identity,
        text=text,
        url=page.canonical or page.url,
        lang=page.lang,
        title=page.title,
        published=page.published,
        events=tuple(_event(page, i, event) for i, event in enumerate(page.events)),
    )
    marks: list[Mark] = []
    for mark in _marks(page, bases):
        if not any(m.family == mark.family and m.overlaps(mark) for m in marks):
            marks.append(mark)
    return labels.with_marks(marks)


def places_read(page: Page) -> dict[str, str]:
    """Words that the program read as a place → its key in the tables."""
    return {m.surface: str(m.value) for m in page.mentions if m.field in ("places", "countries")}


def _whole_text(page: Page) -> tuple[str, Mapping[str, int]]:
    """The text that is labelled, and where each part of the page begins in it."""
    pieces, bases, length = list[str](), dict[str, int](), 0
    for part in ("title", "teaser", "text"):
        words = page.part(part)
        if not words or (part != "text" and words in page.text):
            continue
        if pieces:
            length += 2
        bases[part] = length
        pieces.append(words)
        length += len(words)
    text = "\n\n".join(pieces)
    for part in ("title", "teaser"):
        if part not in bases and page.part(part):
            bases[part] = text.find(page.part(part))
    return text, bases


def _marks(page: Page, bases: Mapping[str, int]) -> Iterator[Mark]:
    """Marks of all that was read, those of an event first: they say more than the others."""
    found = [m for m in page.mentions if m.part in bases and m.surface]
    for mention in found:
        mark = _mark_of_event(page, mention)
        if mark is not None:
            yield _placed(mention, bases, *mark)
    for mention in found:
        if mention.field == "organisations":
            yield _placed(mention, bases, "none", None, None)
        elif mention.field == "persons":
            yield _placed(mention, bases, "person", None, None)


def _placed(
    mention: Mention, bases: Mapping[str, int], kind: MarkKind, event: int | None, note: str | None
) -> Mark:
    base = bases[mention.part]
    return Mark(kind, base + mention.start, base + mention.end, event, note, read=True)


def _mark_of_event(page: Page, mention: Mention) -> tuple[MarkKind, int | None, str | None] | None:
    field = _EVENT_FIELD.fullmatch(mention.field)
    if field is None or mention.inferred:
        return None
    index, name = int(field[1]), field[2]
    if name == "name":
        return "event", index, None
    if name in _BODY_ROLES:
        return _BODY_ROLES[name], index, None
    person = _PERSON_FIELD.fullmatch(name)
    if person is None:
        return None
    named = page.events[index].persons[int(person[1])]
    if person[2] == "name":
        return "person", index, named.role
    return "employer", None, named.name


def _event(page: Page, index: int, event: Event) -> LabelledEvent:
    prefix = f"events[{index}]."
    own = [m for m in page.mentions if m.field.startswith(prefix) and not m.inferred]
    words = {m.field.removeprefix(prefix): m.surface for m in own}
    of_countries = [m for m in own if m.field == f"{prefix}participants.countries"]
    countries = {str(m.value): m.surface for m in of_countries}
    return LabelledEvent(
        name=event.name,
        role=event.role,
        series=event.series,
        ordinal=event.ordinal,
        start=event.start,
        end=event.end,
        date_surface=words.get("start"),
        venue=event.place.venue,
        city=event.place.city,
        city_surface=words.get("place.city"),
        country=event.place.country,
        country_surface=words.get("place.country"),
        theme=event.theme,
        count=event.participants.count,
        count_surface=words.get("participants.count"),
        countries=tuple(countries.items()),
        read=True,
    )
