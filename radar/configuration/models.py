"""Strict models of the files in the configuration folder: which keys there are, and their kinds.

Keys without a value (`feeds:` or `mail: null`) count as not given. Unknown keys are mistakes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from radar.configuration.values import (
    AddressTemplate,
    Channel,
    Contact,
    Count,
    Country,
    DatabaseUrl,
    Fingerprint,
    Flag,
    Header,
    Host,
    Identifier,
    Language,
    Mailbox,
    MailUrl,
    Network,
    Number,
    PageUrl,
    PathInJson,
    Pattern,
    Schedule,
    Seconds,
    Selector,
    StoreName,
    StoreUrl,
    Template,
    Text,
    Window,
    Zone,
)


class Table(BaseModel):
    """Base of all: no unknown keys, nothing converted unless a kind of value says so."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty_keys(cls, data: object) -> object:
        if isinstance(data, dict):
            known = cls.keys()
            return {k: v for k, v in data.items() if v is not None or k not in known}
        return data

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys of the table, as they are written."""
        return frozenset(field.alias or name for name, field in cls.model_fields.items())


class Switched(Table):
    """Something that can be switched off, with a reason."""

    enabled: Flag = True
    """Whether it is used."""
    reason: Text | None = Field(default=None, validate_default=True)
    """Why it is not enabled; needed with `enabled: false`."""

    @field_validator("reason")
    @classmethod
    def _reason_is_given(cls, reason: str | None, info: ValidationInfo) -> str | None:
        if reason is None and info.data.get("enabled") is False:
            raise ValueError("enabled: false needs a reason")
        return reason


class FeedEntry(Switched):
    """An entry of `feeds`: RSS, Atom or JSON Feed."""

    url: PageUrl


class SitemapEntry(Switched):
    """An entry of `sitemaps`: a sitemap, sitemap index or news sitemap."""

    url: PageUrl


class ListingEntry(Switched):
    """An entry of `listings`: a page of links."""

    url: PageUrl
    links: Selector | None = None
    """CSS selector of the links to pages; left out: the default rule."""
    next: Selector | None = None
    """CSS selector of the link to the next page; left out: the default rule."""


class CalendarEntry(Switched):
    """An entry of `calendars`: an ICS file."""

    url: PageUrl


class ApiPageEntry(Table):
    """`page` of an API: how the JSON of one item is read as its page."""

    html: PathInJson | None = None
    text: PathInJson | None = None
    title: PathInJson | None = None
    published: PathInJson | None = None
    lang: Text | None = None


class ApiKeys(Table):
    """What describes a JSON API; see `indexer.records.source.Api` for what each key means."""

    list: AddressTemplate | None = None
    items: PathInJson | None = None
    url: Template | None = None
    title: PathInJson | None = None
    published: PathInJson | None = None
    lastmod: PathInJson | None = None
    next: PathInJson | None = None
    first: Number | None = None
    size: Count | None = None
    depth: Count | None = None
    headers: dict[Header, Text] | None = None
    detail: AddressTemplate | None = None
    page: ApiPageEntry | None = None
    with_: dict[Text, Text] | None = Field(default=None, alias="with")
    """Values for placeholders; of a preset, its defaults."""


class ApiPreset(ApiKeys):
    """An entry of apis.yaml: a kind of API that entries of `apis` name by `preset`."""

    id: Identifier
    name: Text


class ApiEntry(ApiKeys, Switched):
    """An entry of `apis`: a JSON API, described here or by a preset."""

    preset: Identifier | None = None
    """Id in apis.yaml; keys of the entry win over those of the preset."""


class RightsEntry(Table):
    """`rights` of a source."""

    permission: Text | None = None
    contact: Text | None = None
    retention_days: Count | None = None
    archive: Flag = True


class SourceEntry(Switched):
    """An entry of sources/*.yaml: a partner organisation."""

    id: Identifier
    name: Text
    url: PageUrl
    """Home page."""
    country: Country
    languages: list[Language] = Field(min_length=1)
    kind: Text | None = None
    hosts: list[Host] = Field(default_factory=list)
    """Further hosts that belong to it; the `www.` twin of the home page's host needs no entry."""
    feeds: list[FeedEntry] = Field(default_factory=list)
    sitemaps: list[SitemapEntry] = Field(default_factory=list)
    listings: list[ListingEntry] = Field(default_factory=list)
    calendars: list[CalendarEntry] = Field(default_factory=list)
    apis: list[ApiEntry] = Field(default_factory=list)
    include: list[Pattern] = Field(default_factory=list)
    exclude: list[Pattern] = Field(default_factory=list)
    delay: Seconds | None = None
    """Seconds between two requests; left out: `crawler.delay`."""
    max_pages: Count | None = None
    """Pages that one run asks for; left out: `crawler.max_pages`."""
    window: Window | None = None
    """Time of day outside of which it is not crawled; left out: none."""
    schedule: Schedule | None = None
    timezone: Zone | None = None
    """Zone of the schedule; left out: `timezone` of radar.yaml."""
    render: Literal["never", "auto", "always"] = "never"
    rights: RightsEntry = RightsEntry()


class WatchEntry(Table):
    """An entry of watches/*.yaml: a saved query whose new matches are told."""

    id: Identifier
    name: Text
    query: Text
    channels: list[Channel] = Field(min_length=1)
    cadence: Literal["run"] = "run"


class TopicEntry(Table):
    """An entry of topics/*.yaml: what belongs to a topic, as queries in each language."""

    id: Identifier
    name: Text
    terms: dict[Language, list[Text]] = Field(min_length=1)
    exclude: dict[Language, list[Text]] = Field(default_factory=dict)


class CrawlerEntry(Table):
    """`crawler` in radar.yaml."""

    contact: Contact | None = None
    """Mail address or page, goes into the user agent."""
    delay: Seconds = 1.0
    max_pages: Count = 500
    allow_networks: list[Network] = Field(default_factory=list)
    """Private networks that may be asked nevertheless."""
    chromium: Text | None = None
    """Program that renders pages; left out: the first Chromium or Chrome of the PATH."""


class MailEntry(Table):
    """`mail` in radar.yaml: the server that takes messages."""

    url: MailUrl
    from_: Mailbox = Field(alias="from")


class StoreEntry(Table):
    """`store` in radar.yaml; one word or URL stands for `{url: …}`."""

    url: StoreUrl = "embedded"
    """Several nodes of one cluster are parted by commas."""
    api_key: Text | None = None
    """May write; for runs and rebuilds."""
    search_api_key: Text | None = None
    """May only read; for searches."""
    ca: Text | None = None
    """PEM file of the authority that signed the certificate; relative to radar.yaml."""
    fingerprint: Fingerprint | None = None
    """SHA-256 of the certificate or of its authority."""
    name: StoreName = "rohstoffradar"
    """Beginning of the names of indexes and aliases."""
    shards: Count = 1
    """Of indexes made from now on."""


class RadarFile(Table):
    """radar.yaml."""

    database: DatabaseUrl = "sqlite"
    store: StoreEntry = StoreEntry()
    timezone: Zone = "Europe/Berlin"
    crawler: CrawlerEntry = CrawlerEntry()
    mail: MailEntry | None = None

    @field_validator("store", mode="before")
    @classmethod
    def _one_word(cls, store: object) -> object:
        return {"url": store} if isinstance(store, str) else store
