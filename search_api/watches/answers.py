"""The shapes of watches in the API, for its OpenAPI document."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from indexer.alerts.watches import Change
from indexer.records.marked_passage import MarkedPassage


class WatchAnswer(BaseModel):
    """A watch."""

    id: str
    name: str
    query: str
    channels: list[str]
    cadence: str
    timezone: str | None
    quiet: str | None
    report_nothing: bool
    report_days: int
    language: str | None
    topics: list[str] = Field(description="Of each filter that is not empty, a page has a value.")
    languages: list[str]
    sources: list[str]
    countries: list[str]
    kinds: list[str]
    tell: list[Change] = Field(description="What counts as new.")
    editable: bool = Field(description="False: it stands in the configuration.")
    created: str | None
    changed: str | None
    author: str | None


class LatelyAnswer(BaseModel):
    """What a watch told lately."""

    days: int
    told: int
    newest: str | None = Field(description="When it told something last, up to a year before.")


class ListedWatchAnswer(WatchAnswer):
    """A watch, and what it told lately."""

    lately: LatelyAnswer


class WatchesAnswer(BaseModel):
    """All watches."""

    total: int
    items: list[ListedWatchAnswer]
    next: None


class ChannelAnswer(BaseModel):
    """What became of the messages of a watch to a channel."""

    channel: str
    sent: str | None
    failed: str | None = Field(description="Last attempt, if none has been accepted since.")
    error: str | None
    answer: int | None = Field(description="What the receiver answered then.")
    waiting: int
    dead: int


class DeadLetterAnswer(BaseModel):
    """A message that was refused for good, failed too often, or lost its watch."""

    key: str
    watch: str
    channel: str
    created: str
    attempts: int
    matches: int
    error: str | None
    answer: int | None


class DeadLettersAnswer(BaseModel):
    """All of them."""

    total: int
    items: list[DeadLetterAnswer]
    next: None


class WatchStateAnswer(BaseModel):
    """How a watch is doing."""

    sent: str | None
    next_due: str | None = Field(description="null: with the next run.")
    snoozed_until: str | None
    precision: float | None = Field(description="Relevant matches among those that were marked.")
    relevant: int
    marked: int
    channels: list[ChannelAnswer]
    dead_letters: list[DeadLetterAnswer]


class OneWatchAnswer(WatchAnswer):
    """A watch, and how it is doing."""

    state: WatchStateAnswer | None = Field(description="null: no run has seen it.")


class AlertAnswer(BaseModel):
    """What a watch tells of a page."""

    url: str
    title: str
    source: str = Field(description="Name of the source.")
    published: str | None
    found: str
    change: str = Field(description="new-document, added-passage, …")
    terms: list[str]
    passages: list[MarkedPassage]
    events: list[str] = Field(description="What became of events, in words.")
    places: list[dict[str, str | None]] = Field(description="Other pages with the same text.")


class MatchAnswer(AlertAnswer):
    """A match of a watch."""

    match: int
    run: int
    document: str
    first_look: bool
    state: str = Field(description="pending, sent or suppressed.")
    reason: str | None = Field(description="Why it is suppressed.")
    mark: Literal["relevant", "irrelevant"] | None
    muted: bool


class MatchesAnswer(BaseModel):
    """The newest matches."""

    total: int
    items: list[MatchAnswer]
    next: None


class PastAlertAnswer(BaseModel):
    """What a watch would have told of a page."""

    run: int
    created: str
    url: str
    title: str | None
    source: str = Field(description="Id of the source.")
    source_name: str
    change: str
    terms: list[str]
    first_look: bool


class BacktestAnswer(BaseModel):
    """What a watch would have told."""

    query: str
    days: int
    since: str
    until: str
    alerts: int
    messages: int
    per_week: float
    too_broad: bool
    items: list[PastAlertAnswer]
