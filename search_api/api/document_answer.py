"""The shape of a document in the API, for its OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from indexer.records.document import SURE, Kind, Role, Status


class EventPlaceAnswer(BaseModel):
    """Where an event is held."""

    venue: str | None
    city: str | None = Field(description="English name.")
    country: str | None = Field(description="ISO 3166-1 alpha-2.")
    geonameid: int | None
    lat: float | None = Field(description="WGS 84 degrees.")
    lon: float | None


class ParticipantsAnswer(BaseModel):
    """Who took part, as far as the page states it."""

    count: int | None
    approximate: bool
    countries: list[str] = Field(description="ISO 3166-1 alpha-2.")
    organisations: list[str]


class PersonAnswer(BaseModel):
    """A person named in connection with an event."""

    name: str
    role: str | None
    organisation: str | None
    name_norm: str | None = Field(description="Nominative, where the text inflects the name.")


class LinkedAnswer(BaseModel):
    """Another document that tells of an event."""

    id: str
    url: str
    title: str | None
    lang: str | None
    role: Role


class ChangeAnswer(BaseModel):
    """What became of an event."""

    event: str = Field(description="Id of the event.")
    name: str
    change: str = Field(description="moved, cancelled, …")
    what: str = Field(description="date, place, status, …")
    old: str | None
    new: str | None
    told: str = Field(description="The same in words.")
    when: str
    url: str = Field(description="Page that says so.")
    evidence: dict[str, object] | None = Field(description="The sentence, with marks.")


class PageEventAnswer(BaseModel):
    """An event that the page tells of."""

    name: str
    role: Role
    status: Status | None
    series: str | None
    ordinal: int | None
    start: str | None = Field(description="ISO date, may be partial (2015-06, 2015-autumn).")
    end: str | None = Field(description="Only if it differs from `start`.")
    place: EventPlaceAnswer
    theme: str | None
    organisers: list[str]
    participants: ParticipantsAnswer
    persons: list[PersonAnswer]
    event: str | None = Field(description="Id of `/api/events/{id}`.")
    linked: list[LinkedAnswer]
    changes: list[ChangeAnswer]


class DateAnswer(BaseModel):
    """A date expression in `text`; bounds are inclusive days, null: open."""

    start: int
    end: int
    from_: str | None = Field(alias="from")
    to: str | None
    kind: str = Field(description="date, range, month, year, quarter, season, relative, …")


class CommodityAnswer(BaseModel):
    """A raw material that the page names."""

    id: str
    name: str = Field(description="English.")
    surface: str = Field(description="As first written on the page.")


class ContactAnswer(BaseModel):
    """A person or office to contact."""

    name: str | None
    role: str | None
    phone: str | None
    fax: str | None
    email: str | None


class MentionAnswer(BaseModel):
    """A place in the page that supports a value."""

    field: str = Field(description="`commodities`, `events[0].place.city`, …")
    part: str = Field(description="title, teaser, text, or a key of `parts`.")
    start: int
    end: int
    surface: str
    value: str | int | None = Field(description="Normal form: id, ISO date, code, number.")
    confidence: float = Field(description=f"From {SURE} on the value is sure.")
    extractor: str = Field(description="The rule that read it.")
    inferred: bool


class AlternateAnswer(BaseModel):
    """A version in another language, as the page states it."""

    lang: str
    url: str


class RightsAnswer(BaseModel):
    """What is known of the right to read and keep the pages of a source."""

    permission: str | None
    contact: str | None
    retention_days: int | None
    archive: bool


class PieceAnswer(BaseModel):
    """A run of words of a passage that changed."""

    text: str
    kind: Literal["same", "added", "removed"]


class RevisionAnswer(BaseModel):
    """A revision of the document."""

    number: int
    url: str
    run: int | None
    when: str
    added: list[str] | None = Field(description="Passages; null: it was not compared.")
    removed: list[str]
    changes: list[list[PieceAnswer]] = Field(
        description="The same word by word: each passage that changed, then those that are gone."
    )
    read_anew: bool = Field(description="By another version of the reader, not another page.")
    text_removed: bool


class VersionAnswer(BaseModel):
    """A version in another language."""

    lang: str | None
    url: str | None
    id: str | None = Field(None, description="Where it is a document.")


class DocumentAnswer(BaseModel):
    """A page as it was read."""

    id: str
    url: str | None
    kind: Kind
    canonical: str | None
    lang: str | None = Field(description="ISO 639-1.")
    title: str | None
    teaser: str | None
    text: str = Field(description="Paragraphs, separated by one blank line.")
    authors: list[str]
    published: str | None = Field(description="ISO date, may be partial.")
    published_at: str | None
    modified: str | None
    image: str | None
    robots: str | None
    alternates: list[AlternateAnswer]
    parts: dict[Literal["byline", "contact", "markup", "url", "given"], str | None]
    events: list[PageEventAnswer]
    dates: list[DateAnswer]
    countries: list[str]
    places: list[str]
    commodities: list[CommodityAnswer]
    organisations: list[str]
    strategies: list[str]
    programmes: list[str]
    contacts: list[ContactAnswer]
    mentions: list[MentionAnswer]
    truncated: bool
    unread: list[str] = Field([], description="Parts that could not be read, and why.")
    source: str
    revision: int
    first_seen: str
    last_seen: str
    last_outcome: str | None
    story: str | None
    text_removed: bool = Field(description="It was kept as long as it may be.")
    rights: RightsAnswer | None
    moved_from: list[str]
    revisions: list[RevisionAnswer]
    versions: list[VersionAnswer]
