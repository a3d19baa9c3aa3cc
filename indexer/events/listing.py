"""Events as they are listed: what is known of each, and the documents that tell of it.

What one page says of an event is a member of it (`event_document`). Days, place and status are as
last stated by any of them (`event.known`); name, series, theme and organisers come from the member
that says most: one that is about the event before one that announces or mentions it. Persons come
from all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, get_args

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.documents.queries import CURRENT_REVISION
from indexer.events.changes import KnownEvent
from indexer.events.facts import EventFacts
from indexer.query.days import LAST_DAY, Days, event_days
from indexer.query.full_name import full_name, name_apart
from indexer.records.document import DocumentId, Event, Role
from indexer.text.folding import fold
from indexer.text.line_beginnings import as_line_begins
from indexer.text.name_keys import person_key
from indexer.text.stemming import stem
from indexer.text.words import spans

_EVENT = tables.event.c
_MEMBER = tables.event_document.c
_DOCUMENT = tables.document.c
_PAGE = tables.revision.c.page
_ROLES = get_args(Role)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """Which events are wanted: all that meet every condition. Days are ordinals."""

    first: int | None = None
    """They end on this day or later."""
    last: int | None = None
    """They begin on this day or earlier."""
    before: int | None = None
    """They end before this day."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    place: str | None = None
    """Words of its town or venue."""
    called: Callable[[str, str | None], Iterable[str]] | None = None
    """Town and country → what the town is called, in all languages; None: as events have it."""
    series: str | None = None
    """Words of its series or name, in any inflection."""
    organiser: str | None = None
    """Words of the name of an organiser, or its id."""
    documents: Collection[str] | None = None
    """Ids of documents of which one tells of it."""

    @property
    def by_days(self) -> bool:
        """Whether only events whose days are known can meet it."""
        return not self.first is self.last is self.before is None


@dataclass(frozen=True, slots=True)
class ReportingDocument:
    """A document that tells of an event."""

    id: DocumentId
    url: str
    title: str | None
    lang: str | None
    source: str
    role: str
    """main, upcoming or mentioned."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A person whom the documents of an event name with it."""

    name: str
    role: str | None = None
    """Job title."""
    organisation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/events`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class EventName:
    """What a page calls an event."""

    name: str
    series: str | None = None
    bare: bool = False
    """It only says what kind of event it is: round table."""

    @classmethod
    def of(cls, told: Mapping[str, Any], facts: Mapping[str, Any]) -> EventName:
        """The name of a member, as a line begins."""
        series = told.get("series")
        bare = not facts.get("particular", True) and not facts.get("numbers")
        return cls(as_line_begins(told["name"]), series and as_line_begins(series), bare)


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event, as its documents and their changes leave it."""

    id: str
    name: str
    series: str | None = None
    ordinal: int | None = None
    start: str | None = None
    """Partial date."""
    end: str | None = None
    status: str | None = None
    venue: str | None = None
    city: str | None = None
    country: str | None = None
    organisers: tuple[str, ...] = ()
    theme: str | None = None
    persons: tuple[ListedPerson, ...] = ()
    documents: tuple[ReportingDocument, ...] = ()
    changes: int = 0
    """How often its date, place or status was changed."""
    stated: str | None = None
    """Day of the last statement about it."""
    further_series: tuple[str, ...] = ()
    """What other pages call its series, such as those of other languages."""
    names: Mapping[str, EventName] = field(default_factory=dict)
    """Language → what pages in it call the event."""
    bare: bool = False
    """The name only says what kind of event it is."""

    @classmethod
    def of_page(cls, event: Event, facts: EventFacts) -> ListedEvent:
        """An event as a page alone tells it, to be called as in a list."""
        own = EventName.of({"name": event.name, "series": event.series}, facts.to_json())
        return cls(
            "",
            own.name,
            own.series,
            city=event.place.city,
            country=event.place.country,
            organisers=event.organisers,
            theme=event.theme,
            bare=own.bare,
        )

    @property
    def full_name(self) -> str:
        """Its name for people who see no series beside it."""
        return self.called(self.city)

    def called(self, place: str | None) -> str:
        """The same, with the place as its reader calls it where nothing else tells it apart."""
        name = full_name(self.name, self.series)
        if not self.bare or name != self.name:
            return name
        return name_apart(name, theme=self.theme, place=place, organisers=self.organisers)

    def in_language(self, lang: str) -> ListedEvent:
        """The event as pages in a language call it; as it is where none is in this language."""
        found = self.names.get(lang)
        if found is None:
            return self
        series = found.series or self.series
        return replace(self, name=found.name, series=series, bare=found.bare)

    @property
    def days(self) -> Days | None:
        """First and last day; None where no year is known."""
        return event_days(self.start, self.end)

    def to_json(self) -> dict[str, Any]:
        """The object of `/api/events`."""
        return {
            "id": self.id,
            "name": self.name,
            "names": {lang: found.name for lang, found in self.names.items()},
            "series": self.series,
            "ordinal": self.ordinal,
            "start": self.start,
            "end": self.end,
            "status": self.status,
            "place": {"venue": self.venue, "city": self.city, "country": self.country},
            "organisers": list(self.organisers),
            "theme": self.theme,
            "persons": [person.to_json() for person in self.persons],
            "documents": [
                {
                    "id": d.id,
                    "url": d.url,
                    "title": d.title,
                    "lang": d.lang,
                    "source": d.source,
                    "role": d.role,
                }
                for d in self.documents
            ],
        }


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Where an event stands in the order of a list: by its first day, those without one last."""

    day: int
    id: str

    def key(self, *, latest_first: bool) -> tuple[int, int, str]:
        """Sorts as the list does."""
        return (self.day == 0, -self.day if latest_first else self.day, self.id)


@dataclass
class _Candidate:
    known: KnownEvent
    facts: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def days(self) -> Days | None:
        return self.known.days


def find_events(
    connection: sa.Connection, wanted: EventFilter, *, latest_first: bool = False
) -> list[EventPlace]:
    """The places of all events that are wanted, in their order."""
    found = [
        EventPlace(candidate.days[0] if candidate.days else 0, identity)
        for identity, candidate in _candidates(connection, wanted).items()
        if _meets_days(candidate.days, wanted) and _meets_names(candidate, wanted)
    ]
    return sorted(found, key=lambda place: place.key(latest_first=latest_first))


def _candidates(connection: sa.Connection, wanted: EventFilter) -> dict[str, _Candidate]:
    """Events with a member on such days, with all their members."""
    near = sa.select(_MEMBER.event)
    if wanted.first is not None:
        near = near.where(sa.or_(_MEMBER.last_day >= wanted.first, _MEMBER.last_day.is_(None)))
    if wanted.last is not None:
        near = near.where(sa.or_(_MEMBER.first_day <= wanted.last, _MEMBER.first_day.is_(None)))
    query = (
        sa.select(_EVENT.id, _EVENT.known, _MEMBER.document, _MEMBER.facts)
        .join(tables.event_document, _MEMBER.event == _EVENT.id)
        .join(tables.document, _DOCUMENT.id == _MEMBER.document)
        .where(_DOCUMENT.moved_to.is_(None))
    )
    if wanted.by_days:
        query = query.where(_EVENT.id.in_(near))
    found: dict[str, _Candidate] = {}
    told: set[str] = set()
    for identity, known, document, facts in connection.execute(query):
        candidate = found.get(identity)
        if candidate is None:
            candidate = found[identity] = _Candidate(KnownEvent.from_json(known))
        candidate.facts.append(facts)
        if wanted.documents is not None and document in wanted.documents:
            told.add(identity)
    return found if wanted.documents is None else {i: found[i] for i in found if i in told}


def _meets_days(days: Days | None, wanted: EventFilter) -> bool:
    if days is None:
        return not wanted.by_days
    return (
        days[1] >= (wanted.first or 0)
        and days[0] <= (LAST_DAY if wanted.last is None else wanted.last)
        and (wanted.before is None or days[1] < wanted.before)
    )


def _meets_names(candidate: _Candidate, wanted: EventFilter) -> bool:
    known, facts = candidate.known, candidate.facts
    if wanted.country and wanted.country != known.country:
        return False
    if wanted.place and not _has_words(
        wanted.place, (n for f in (known.to_json(), *facts) for n in _place_names(f, wanted))
    ):
        return False
    if wanted.organiser and not _has_words(
        wanted.organiser, (name for f in facts for name in f["organisers"])
    ):
        return False
    return not wanted.series or any(_is_of_series(wanted.series, f) for f in facts)


def _place_names(facts: Mapping[str, Any], wanted: EventFilter) -> Iterator[str | None]:
    city = facts["city"]
    yield from (city, facts["venue"])
    if city and wanted.called:
        yield from wanted.called(city, facts["country"])


def _has_words(asked: str, names: Iterator[str | None]) -> bool:
    """Whether one of the names has all words that are asked for."""
    words = _folded(asked)
    return bool(words) and any(words <= _folded(name) for name in names if name)


def _folded(text: str) -> set[str]:
    return {fold(word) for _, _, word in spans(text)}


def _is_of_series(asked: str, facts: Mapping[str, Any]) -> bool:
    """Whether a series is asked for by its id, or by words that its name or the event's has."""
    if asked == facts["series"]:
        return True
    lang = facts["lang"]
    stems = {stem(word, lang) for word in _folded(asked)}
    named = {stem(word, lang) for word in _folded(facts["name"])}
    return bool(stems) and (stems <= set((facts["series"] or "").split()) or stems <= named)


def events_told_by(connection: sa.Connection, documents: Collection[str]) -> list[str]:
    """Ids of the events of which these documents tell, each once, in the order of documents."""
    told: dict[str, list[str]] = defaultdict(list)
    for some in chunks(documents):
        query = sa.select(_MEMBER.document, _MEMBER.event).where(_MEMBER.document.in_(some))
        for document, event in connection.execute(query.order_by(_MEMBER.number)):
            told[document].append(event)
    return list(dict.fromkeys(event for document in documents for event in told[document]))


def load_events(connection: sa.Connection, ids: Sequence[str]) -> list[ListedEvent]:
    """The events with these ids, in this order; unknown ids are left out."""
    loaded: dict[str, ListedEvent] = {}
    for some in chunks(ids):
        loaded |= _load(connection, some)
    return [loaded[identity] for identity in ids if identity in loaded]


def _load(connection: sa.Connection, ids: Sequence[str]) -> dict[str, ListedEvent]:
    members: dict[str, list[Any]] = defaultdict(list)
    query = (
        sa.select(
            _MEMBER.event,
            _MEMBER.number,
            _MEMBER.facts,
            _DOCUMENT.id,
            _DOCUMENT.url,
            _DOCUMENT.source,
            _title_and_language(connection).label("title_and_language"),
            _PAGE["events"].label("events"),
        )
        .join(tables.document, _DOCUMENT.id == _MEMBER.document)
        .join(tables.revision, CURRENT_REVISION)
        .where(_MEMBER.event.in_(ids), _DOCUMENT.moved_to.is_(None))
        .order_by(_DOCUMENT.published, _DOCUMENT.url, _MEMBER.number)
    )
    for row in connection.execute(query):
        if row.number < len(row.events or ()):
            members[row.event].append(row)
    changed = (
        sa.select(tables.event_change.c.event, sa.func.count())
        .where(tables.event_change.c.event.in_(ids))
        .group_by(tables.event_change.c.event)
    )
    changes = {row[0]: row[1] for row in connection.execute(changed)}
    kept = sa.select(_EVENT.id, _EVENT.known, _EVENT.stated).where(_EVENT.id.in_(ids))
    return {
        identity: _listed(
            identity,
            KnownEvent.from_json(known),
            stated,
            members[identity],
            changes.get(identity, 0),
        )
        for identity, known, stated in connection.execute(kept)
        if members[identity]
    }


def _title_and_language(connection: sa.Connection) -> sa.ColumnElement[Any]:
    """As a list in JSON, from which half characters are taken when it is read; a text that has one,
    as earlier versions may have stored it, can't be read by itself.
    """
    if connection.dialect.name == "sqlite":
        return sa.func.json_extract(_PAGE, "$.title", "$.lang", type_=sa.JSON)
    return sa.func.json_build_array(_PAGE["title"], _PAGE["lang"], type_=sa.JSON)


def _listed(
    identity: str, known: KnownEvent, stated: str, members: Sequence[Any], changes: int
) -> ListedEvent:
    of_language = sorted(
        ((row.events[row.number], row.title_and_language[1], row.facts) for row in members),
        key=lambda member: (_ROLES.index(member[0]["role"]), not member[0].get("start")),
    )
    told = [event for event, _, _ in of_language]
    own = EventName.of(told[0], of_language[0][2])
    names: dict[str, EventName] = {}
    for event, lang, facts in of_language:
        if lang:
            names.setdefault(lang, EventName.of(event, facts))
    series, *further = dict.fromkeys(e["series"] for e in told if e.get("series")) or (None,)
    return ListedEvent(
        id=identity,
        name=own.name,
        series=series and as_line_begins(series),
        ordinal=_first(told, "ordinal"),
        start=known.start,
        end=known.end,
        status=known.status,
        venue=known.venue,
        city=known.city,
        country=known.country,
        organisers=tuple(_first(told, "organisers") or ()),
        theme=_first(told, "theme"),
        persons=tuple(_persons(told)),
        documents=tuple(
            {
                row.id: ReportingDocument(
                    row.id,
                    row.url,
                    row.title_and_language[0],
                    row.title_and_language[1],
                    row.source,
                    row.events[row.number]["role"],
                )
                for row in members
            }.values()
        ),
        changes=changes,
        stated=stated,
        further_series=tuple(map(as_line_begins, further)),
        names=names,
        bare=own.bare,
    )


def _persons(told: Sequence[Mapping[str, Any]]) -> Iterator[ListedPerson]:
    """Each person once, however the pages spell them, by the first name, with the job title and the
    employer of the first page that gives both; where none does, with the first of each. Those of
    two pages may be of two posts.
    """
    of_key: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for event in told:
        for person in event.get("persons") or ():
            of_key[person_key(person.get("name_norm") or person["name"])].append(person)
    for named in of_key.values():
        name = named[0].get("name_norm") or named[0]["name"]
        named.sort(key=lambda person: not (person.get("role") and person.get("organisation")))
        yield ListedPerson(name, _first(named, "role"), _first(named, "organisation"))


def _first(told: Sequence[Mapping[str, Any]], key: str) -> Any:
    """The value of the first member that has one."""
    return next((event[key] for event in told if event.get(key)), None)
