"""The records that travel through Rohstoffradar, as frozen dataclasses with a JSON form.

Records and their JSON form belong here, but no I/O. Partial dates are strings:
`2015-06-08`, `2015-06`, `2015-autumn`, `2015`, and `--09-25` if the year is unknown.
Instants are aware UTC datetimes. Offsets count Python characters, end exclusive.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, NewType, get_args

DocumentId = NewType("DocumentId", str)

Kind = Literal[
    "article", "event", "listing", "not-an-article", "paywalled", "consent-wall", "soft-404"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NOT_NEWS: tuple[Kind, ...] = ("listing", "not-an-article")
"""Kinds of pages that tell no news: they are indexed, but never reach a watch, and a search shows
them only where it asks for kinds or for everything.
"""

Part = Literal["title", "teaser", "text", "byline", "contact", "markup", "url", "given"]
PARTS: tuple[Part, ...] = get_args(Part)

SURE = 0.89
"""Confidence from which on a value of an event counts as sure: the lowest hundredth at which .95 of
such values of the plain open hands are right, in turn. Indexes hold what is sure: another one asks
for a new SCHEMA_VERSION.
"""

Role = Literal["main", "upcoming", "mentioned"]
Status = Literal["scheduled", "held", "moved", "cancelled"]


def document_id(canonical_url: str) -> DocumentId:
    """Stable id of a document: 16 hex digits of the BLAKE2b of its canonical URL."""
    return DocumentId(hashlib.blake2b(canonical_url.encode(), digest_size=8).hexdigest())


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the page that supports a value: `parts[part][start:end] == surface`."""

    field: str
    """Path of the value it supports: `commodities`, `published`, `events[0].place.city`, …"""
    part: Part
    start: int
    end: int
    surface: str
    value: str | int | None
    """Normal form: id of a concept if a table has it, ISO date, country code, number."""
    confidence: float = 1.0
    """0 to 1: confidence of the rule."""
    extractor: str = ""
    """Name of the rule, to trace mistakes."""
    inferred: bool = False
    """The value is inferred from a mention of another value (country from city)."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression in `text`; both bounds are inclusive ISO days, None = open."""

    start: int
    end: int
    from_: str | None
    to: str | None
    kind: str
    """date, range, month, year, quarter, half, season, part, decade, relative, since or until."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of an event: at least one of the three names is set."""

    venue: str | None = None
    city: str | None = None
    """English name."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    """WGS 84 degrees."""


@dataclass(frozen=True, slots=True)
class Participants:
    """The participants of an event, as far as the page states them."""

    count: int | None = None
    approximate: bool = False
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes."""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in connection with an event, without titles (Dr., Prof.)."""

    name: str
    role: str | None = None
    organisation: str | None = None
    name_norm: str | None = None
    """Nominative, if the text inflects the name (Ираном Шарханом → Иран Шархан)."""


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, conference, trip or other occasion at which people meet."""

    name: str
    role: Role = "main"
    status: Status | None = None
    series: str | None = None
    ordinal: int | None = None
    start: str | None = None
    """Partial date, see the module."""
    end: str | None = None
    """Partial date, only if it differs from `start`."""
    place: Place = Place()
    theme: str | None = None
    organisers: tuple[str, ...] = ()
    participants: Participants = Participants()
    persons: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or office to contact."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    fax: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Commodity:
    """A raw material that the page names."""

    id: str
    name: str
    """English canonical name."""
    surface: str
    """As first written on the page."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A version of a page in another language, as the page states it."""

    lang: str
    """ISO 639-1."""
    url: str
    """Canonical address."""


@dataclass(frozen=True, slots=True)
class Page:
    """The record of one page, as the parser reads it."""

    url: str | None
    kind: Kind = "article"
    canonical: str | None = None
    """Absolute `rel=canonical` as the page states it, on any site."""
    lang: str | None = None
    """ISO 639-1."""
    title: str | None = None
    teaser: str | None = None
    text: str = ""
    """Paragraphs, separated by one blank line."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    """Partial date in the time zone of the page."""
    published_at: datetime | None = None
    modified: str | None = None
    image: str | None = None
    robots: str | None = None
    """Robots meta tag as stated; only recorded."""
    alternates: tuple[Alternate, ...] = ()
    """Its versions in other languages (`hreflang`)."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """byline, contact, markup, url, given: the strings besides title, teaser and text to which
    offsets of mentions refer.
    """
    events: tuple[Event, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO codes of the countries that the text names."""
    places: tuple[str, ...] = ()
    """Ids of config/places.csv, without countries."""
    commodities: tuple[Commodity, ...] = ()
    organisations: tuple[str, ...] = ()
    strategies: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    truncated: bool = False
    """The response was cut off, or its markup ends before the body does: the end of the text may be
    missing.
    """
    unread: tuple[str, ...] = ()
    """Parts that could not be read, each with its error: `authors: ValueError: …`."""

    def part(self, name: str) -> str:
        """The string to which mentions of this part refer; empty if the page has none."""
        if name in ("title", "teaser", "text"):
            return getattr(self, name) or ""
        return self.parts.get(name, "")

    def values(self, *fields: str) -> set[str]:
        """Normal forms in the mentions of these fields (ids of known concepts)."""
        return {str(m.value) for m in self.mentions if m.field in fields and m.value is not None}

    @property
    def further_persons(self) -> tuple[str, ...]:
        """Whom it names beside its authors and the persons of its events, each once."""
        of_events = (person for event in self.events for person in event.persons)
        told = {*self.authors, *(name for p in of_events for name in (p.name, p.name_norm))}
        named = (str(m.value) for m in self.mentions if m.field == "persons" and m.value)
        return tuple(name for name in dict.fromkeys(named) if name not in told)

    def to_json(self) -> dict[str, Any]:
        """JSON form as in the contract of `radar parse`, with all keys; `unread` only where there
        is something, for else every page of an older version would seem to have changed.
        """
        record = {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}
        if not self.unread:
            del record["unread"]
        record["parts"] = {
            p: self.parts.get(p) for p in ("byline", "contact", "markup", "url", "given")
        }
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Page:
        """The inverse of `to_json`; unknown keys are ignored."""
        known = {f.name for f in dataclasses.fields(cls)}
        values = _with_tuples({k: v for k, v in record.items() if k in known})
        values["parts"] = {k: v for k, v in record.get("parts", {}).items() if v is not None}
        at = record.get("published_at")
        values["published_at"] = datetime.fromisoformat(at) if at else None
        values["events"] = tuple(_event(e) for e in record.get("events", ()))
        values["dates"] = tuple(
            DateExpression(d["start"], d["end"], d["from"], d["to"], d["kind"])
            for d in record.get("dates", ())
        )
        values["alternates"] = tuple(Alternate(**a) for a in record.get("alternates", ()))
        values["commodities"] = tuple(Commodity(**c) for c in record.get("commodities", ()))
        values["contacts"] = tuple(Contact(**c) for c in record.get("contacts", ()))
        values["mentions"] = tuple(Mention(**m) for m in record.get("mentions", ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Passage:
    """The title, the teaser, or one paragraph of the text."""

    part: Part
    start: int
    end: int
    """Span in `part`."""
    text: str
    fingerprint: str
    """Hash of its folded words; equal for passages that differ only in case, accents or
    punctuation.
    """


class PassageVector(NamedTuple):
    """The meaning of a passage, see `indexer.meaning.vectors`."""

    passage: int
    """Its number among the passages of the page: of a beginning the first one's."""
    vector: bytes


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The current revision of a document, the input of search stores."""

    id: DocumentId
    url: str
    source: str
    revision: int
    """1, 2, …; stores keep the highest."""
    first_seen: datetime
    page: Page
    story: str | None = None
    """Name of the story that it tells; None: not looked at yet."""
    vectors: tuple[PassageVector, ...] = ()
    """Of its beginning and its first passages; empty without an encoder."""
    full_names: Mapping[str, str] = field(default_factory=dict)
    """Value of a person whom it names by an initial → name of that person in full, as other
    documents tell it.
    """


def iso_instant(moment: datetime) -> str:
    """An instant as ISO 8601 in UTC with `Z`, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _plain(value: Any) -> Any:
    """JSON form of a field of a record."""
    if isinstance(value, datetime):
        return iso_instant(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name.rstrip("_"): _plain(getattr(value, f.name)) for f in dataclasses.fields(value)
        }
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _event(record: Mapping[str, Any]) -> Event:
    return Event(
        **{
            **_with_tuples(record),
            "place": Place(**record["place"]),
            "participants": Participants(**_with_tuples(record["participants"])),
            "persons": tuple(Person(**p) for p in record["persons"]),
        }
    )


def _with_tuples(record: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in record.items()}
