"""The search record of a document: the words, values and days of each field.

Both stores index and store it, and the reference evaluator reads it, so that a field means the
same everywhere. A record covers the whole document or only some passages. In a record of passages
values, names and events count only if their mentions are in those passages.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.query.days import Days, days_of, event_days
from indexer.query.fields import LISTED_FIELDS, MENTION_FIELDS, MERGED_FIELDS, NAME_FIELDS
from indexer.query.full_name import full_name
from indexer.query.naming import NamesOfPage, Naming, NamingInFull
from indexer.query.sure_values import SureValues, sure_values
from indexer.records.document import (
    Commodity,
    DocumentId,
    Event,
    Mention,
    Page,
    Passage,
    StoredDocument,
)
from indexer.records.event_fields import EVENT_FIELDS, event_index
from indexer.text.line_beginnings import as_line_begins
from indexer.text.name_initials import initials_of_person
from indexer.text.passages import PARTS, passage_texts

_MONTH = re.compile(r"\d{4}-\d\d")
_NO_TABLES = Naming()
_EVENT_NAMES = tuple(field for field in EVENT_FIELDS if field.words)
_READING_ORDER: Mapping[str, int] = {part: number for number, part in enumerate(PARTS)}


class Span(NamedTuple):
    """Position of a value of a field in the title, teaser or text.

    A tuple, as passages are: a search makes hundreds of them for its hits.
    """

    field: str
    value: str
    part: str
    start: int
    end: int


class PassageText(NamedTuple):
    """A passage as searches see it."""

    part: str
    start: int
    end: int
    """Span in its part."""
    text: str


class EventSummary(NamedTuple):
    """An event of a page as its hit shows it. Stored by position, as Details."""

    name: str
    """With the series that it does not tell by itself."""
    start: str | None
    """Partial date."""
    end: str | None
    city: str | None
    country: str | None
    role: str
    """main, upcoming or mentioned."""
    status: str | None = None
    """scheduled, held, moved or cancelled."""

    def to_json(self) -> dict[str, str | None]:
        """The object `event` of a hit."""
        return {key: value for key, value in self._asdict().items() if key != "role"}


class Details(NamedTuple):
    """The part of a record that few searches read: stores keep it as a JSON string of its own.

    They store it by position: if its fields change, SCHEMA_VERSION must be increased.
    """

    names: Mapping[str, Sequence[str]]
    """Field → names that are searched by words."""
    published_days: Days | None
    events: Sequence[Days | None]
    """Days of each event, in the order of the page; None: unknown, or outside the passages."""
    sure_events: Sequence[Days | None]
    """The same, as far as they are sure."""
    spans: Sequence[Span]
    """Evidence of values in the passages. For events the field is `event_date`, the value the index
    of the event.
    """
    forms: Mapping[str, Sequence[str]]
    """Field of merged names → its values with the form in which the page writes each."""
    first_seen: int
    """Second since 1970 (UTC)."""

    def to_json(self) -> str:
        """The form in which stores keep it."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Details:
        """The inverse of `to_json`."""
        names, days, events, sure_events, spans, forms, first_seen = json.loads(text)
        return cls(
            names,
            (days[0], days[1]) if days else None,
            _read_days(events),
            _read_days(sure_events),
            [Span._make(span) for span in spans],
            forms,
            first_seen,
        )


def _read_days(written: Iterable[Sequence[int] | None]) -> list[Days | None]:
    return [(found[0], found[1]) if found else None for found in written]


class SearchRecord(NamedTuple):
    """A document as searches see it. Stored by position, as Details."""

    id: DocumentId
    url: str
    title: str | None
    source: str
    lang: str | None
    kind: str
    revision: int
    published: str | None
    passages: tuple[PassageText, ...]
    """In reading order, the title first."""
    values: Mapping[str, Sequence[str]]
    """Field → exact values."""
    events: Sequence[EventSummary]
    """In the order of the page."""
    details: Details | str
    """JSON in a record from a store: only `PageView.details` reads it."""


def record_of(
    document: StoredDocument,
    only: Sequence[Passage] | None = None,
    naming: Naming = _NO_TABLES,
    home: str | None = None,
) -> SearchRecord:
    """The record of a document, or of some of its passages as a small document of its own. `home`
    is the name of the body whose page it is.
    """
    page = document.page
    naming = naming_of_page(naming, page, document.full_names, home)
    kept = (
        [PassageText(*found) for found in passage_texts(page)]
        if only is None
        else [PassageText(p.part, p.start, p.end, p.text) for p in only]
    )
    mentions = [m for m in page.mentions if only is None or _within(m, kept)]
    seen = _events_seen(page, mentions, whole=only is None)
    events = [event for index, event in enumerate(page.events) if index in seen]
    merged = _merged_names(page, mentions, events, naming, whole=only is None)
    values = _values(document, mentions, events, merged, whole=only is None)
    names = _names(page, mentions, events, whole=only is None)
    sure = sure_values(page, seen, naming)
    values |= sure.values
    names |= sure.names
    # A surname alone finds a person in any script, and so does an initial beside it.
    persons = [*merged.names("person"), *(c.name or "" for c in page.contacts if only is None)]
    names["person"] += merged.values("person")
    names["person"] += dict.fromkeys(
        token for name in persons for token in initials_of_person(name)
    )
    return SearchRecord(
        id=document.id,
        url=document.url,
        title=page.title or None,
        source=document.source,
        lang=page.lang,
        kind=page.kind,
        revision=document.revision,
        published=page.published,
        passages=tuple(kept),
        values={name: found for name, found in values.items() if found},
        events=[event_summary(event) for event in events],
        details=Details(
            {name: found for name, found in names.items() if found},
            event_days(page.published, None),
            [
                event_days(event.start, event.end) if index in seen else None
                for index, event in enumerate(page.events)
            ],
            sure.days,
            [*_spans(mentions, naming), *_sure_spans(sure, kept)],
            merged.forms(),
            int(document.first_seen.timestamp()),
        ),
    )


def naming_of_page(
    naming: Naming, page: Page, full_names: Mapping[str, str], home: str | None
) -> Naming:
    """The naming of a page; `full_names` as the document has them, `home` as in `record_of`."""
    bodies = _mentioned(page, "organisation")
    for event in page.events:
        bodies |= {*event.organisers, *event.participants.organisations}
        bodies |= {person.organisation for person in event.persons if person.organisation}
    series = {event.series for event in page.events if event.series}
    towns = map(naming.country_of, page.places)
    named = (*page.countries, *towns, *(event.place.country for event in page.events))
    in_full = naming.in_full(
        {*bodies, *page.organisations, *([home] if home else ())},
        series,
        {*_mentioned(page, "strategy"), *page.strategies, *page.programmes},
        {country for country in named if country},
    )
    return NamingInFull(naming, full_names, in_full) if full_names or in_full else naming


def _mentioned(page: Page, field: str) -> set[str]:
    """The names of a field that mentions have."""
    return {str(m.value) for m in page.mentions if m.value and MENTION_FIELDS.get(m.field) == field}


def event_summary(event: Event) -> EventSummary:
    """The part of an event that its hit shows."""
    place = event.place
    return EventSummary(
        full_name(as_line_begins(event.name), event.series),
        event.start,
        event.end,
        place.city,
        place.country,
        event.role,
        event.status,
    )


def _within(mention: Mention, kept: Sequence[PassageText]) -> bool:
    return passage_around(kept, mention.part, mention.start, mention.end) is not None


def passage_around(passages: Sequence[PassageText], part: str, start: int, end: int) -> int | None:
    """Number of the passage that contains a span of a part; passages are in reading order."""
    if part not in _READING_ORDER:
        return None
    place = (_READING_ORDER[part], start)
    # Bisected: long pages have thousands of passages and mentions.
    number = bisect_right(passages, place, key=lambda p: (_READING_ORDER[p.part], p.start)) - 1
    if number < 0 or passages[number].part != part or passages[number].end < end:
        return None
    return number


def _sure_spans(sure: SureValues, kept: Sequence[PassageText]) -> Iterator[Span]:
    """Where sure values of events stand, in these passages."""
    for field, value, mention in sure.evidence:
        if mention.end > mention.start and _within(mention, kept):
            yield Span(field, value, mention.part, mention.start, mention.end)


def _events_seen(page: Page, mentions: Iterable[Mention], *, whole: bool) -> set[int]:
    if whole:
        return set(range(len(page.events)))
    return {index for m in mentions if (index := event_index(m)) is not None}


def _merged_names(
    page: Page,
    mentions: Iterable[Mention],
    events: Iterable[Event],
    naming: Naming,
    *,
    whole: bool,
) -> NamesOfPage:
    """Persons, bodies, strategies and series: what the page names, and what its events name."""
    found = NamesOfPage(naming)
    for mention in mentions:
        name = MENTION_FIELDS.get(mention.field)
        if name in MERGED_FIELDS and mention.value is not None:
            found.add(name, (str(mention.value),))
    for event in events:
        found.add("series", (event.series,))
        found.add("person", [person.name_norm or person.name for person in event.persons])
        found.add("organisation", [*event.organisers, *event.participants.organisations])
        found.add("organisation", [person.organisation for person in event.persons])
    if whole:
        for name, values in _page_lists(page).items():
            if name in MERGED_FIELDS:
                found.add(name, values)
    return found


def _values(
    document: StoredDocument,
    mentions: Sequence[Mention],
    events: Sequence[Event],
    merged: NamesOfPage,
    *,
    whole: bool,
) -> dict[str, tuple[str, ...]]:
    page = document.page
    found: dict[str, dict[str, None]] = {
        "source": {document.source: None},
        "lang": {page.lang: None} if page.lang else {},
        "kind": {page.kind: None},
        "story": {document.story or document.id: None},
        "status": {event.status: None for event in events if event.status},
        "has": dict.fromkeys(_has(page, mentions, events, whole=whole)),
    }
    found["event_month"] = dict.fromkeys(_months(events))
    found["year"] = {page.published[:4]: None} if page.published and days_of(page.published) else {}
    found |= {f.name: {} for f in LISTED_FIELDS if f.values and not f.merged}
    for mention in mentions:
        name = MENTION_FIELDS.get(mention.field)
        if name in found and mention.value is not None:
            found[name][str(mention.value)] = None
    if whole:
        for name, values in _page_lists(page).items():
            if name in found:
                found[name].update(dict.fromkeys(values))
    found["country"].update(dict.fromkeys(_countries(found["place"], events, merged.naming)))
    found |= {name: dict.fromkeys(merged.values(name)) for name in MERGED_FIELDS}
    return {name: tuple(sorted(values)) for name, values in found.items()}


def _countries(places: Iterable[str], events: Iterable[Event], naming: Naming) -> Iterator[str]:
    """Where the places lie, and where events take place."""
    for country in (*map(naming.country_of, places), *(event.place.country for event in events)):
        if country:
            yield country


def _months(events: Iterable[Event]) -> Iterator[str]:
    """The months in which events begin."""
    for event in events:
        if _MONTH.match(event.start or "") and days_of(event.start):
            yield (event.start or "")[:7]


def _page_lists(page: Page) -> dict[str, tuple[str, ...]]:
    """Field → values of the lists of the page. Persons have only mentions, no list."""
    return {
        field.name: tuple(
            value.id if isinstance(value, Commodity) else value
            for name in field.lists
            for value in getattr(page, name, ())
        )
        for field in LISTED_FIELDS
    }


def _has(
    page: Page, mentions: Sequence[Mention], events: Sequence[Event], *, whole: bool
) -> list[str]:
    named = {MENTION_FIELDS.get(m.field) for m in mentions if m.value is not None}
    in_lists = {name for name, values in _page_lists(page).items() if values} if whole else set()
    both = named | in_lists
    present = {
        "event": bool(events),
        "date": bool(page.dates and whole) or any(e.start for e in events),
        "place": bool(both & {"place", "country"})
        or any(e.place.city or e.place.country or e.place.venue for e in events),
        "person": "person" in both or any(e.persons for e in events),
        "organisation": "organisation" in both
        or any(e.organisers or e.participants.organisations for e in events),
        "commodity": "commodity" in both,
        "strategy": "strategy" in both,
        "contact": bool(page.contacts and whole)
        or any(m.field.startswith("contacts[") for m in mentions),
    }
    return [name for name, there in present.items() if there]


def _names(
    page: Page, mentions: Sequence[Mention], events: Sequence[Event], *, whole: bool
) -> dict[str, list[str]]:
    found: dict[str, list[str | None]] = {name: [] for name in NAME_FIELDS}
    for field in _EVENT_NAMES:
        for event in events:
            found[field.words] += field.values(event)
    for mention in mentions:
        name = MENTION_FIELDS.get(mention.field, "")
        if name in found:
            found[name] += [mention.surface, str(mention.value or "")]
    if whole:
        found["person"] += [contact.name for contact in page.contacts]
        for name, values in _page_lists(page).items():
            if name in found:
                found[name] += values
    return {name: list(dict.fromkeys(n for n in names if n)) for name, names in found.items()}


def _spans(mentions: Iterable[Mention], naming: Naming) -> Iterable[Span]:
    for mention in mentions:
        if mention.part not in _READING_ORDER or mention.end <= mention.start:
            continue
        name = MENTION_FIELDS.get(mention.field)
        index = event_index(mention)
        if name and mention.value is not None:
            value = str(mention.value)
            value = naming.value(name, value) if name in MERGED_FIELDS else value
            yield Span(name, value, mention.part, mention.start, mention.end)
            country = naming.country_of(value) if name == "place" else None
            if country:
                yield Span("country", country, mention.part, mention.start, mention.end)
        elif index is not None and mention.field.endswith((".start", ".end")):
            yield Span("event_date", str(index), mention.part, mention.start, mention.end)
