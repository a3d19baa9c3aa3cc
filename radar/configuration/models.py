"""The records of radar.yaml, and the entries of `apis` with the presets that they name.

Sources, topics and watches are records of the index: `indexer.records.source`,
`indexer.query.topics`, `indexer.alerts.watches`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from indexer.alerts.watches import ChannelName
from indexer.records.interface_languages import DEFAULT, SpokenLanguage
from indexer.records.source import ApiPage
from indexer.records.values import (
    Check,
    ConfigRecord,
    Count,
    Host,
    Identifier,
    Network,
    Number,
    PathInJson,
    Seconds,
    Switched,
    Text,
    Window,
    Zone,
)
from radar.channels.mail import MailServer
from radar.channels.webhook_settings import NO_WEBHOOKS, WebhookSettings
from radar.configuration.values import (
    AddressTemplate,
    Contact,
    DatabaseUrl,
    Fingerprint,
    Header,
    PublicUrl,
    StoreName,
    StoreUrl,
    Template,
)


# No slots: ApiEntry joins two bases, of which one may have them.
@dataclass(frozen=True, kw_only=True)
class ApiKeys(ConfigRecord):
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
    page: ApiPage | None = None
    with_: dict[Text, Text] | None = field(default=None, metadata={"alias": "with"})
    """Values for placeholders; of a preset, its defaults."""


@dataclass(frozen=True, kw_only=True)
class ApiPreset(ApiKeys):
    """An entry of apis.yaml: a kind of API that entries of `apis` name by `preset`."""

    id: Identifier
    name: Text


@dataclass(frozen=True, kw_only=True)
class ApiEntry(ApiKeys, Switched):
    """An entry of `apis`: a JSON API, described here or by a preset."""

    preset: Identifier | None = None
    """Id in apis.yaml; keys of the entry win over those of the preset."""


@dataclass(frozen=True, slots=True)
class ApiEntries(ConfigRecord):
    """The key `apis` of a source, before the presets are put in."""

    apis: tuple[ApiEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class CrawlerSettings(ConfigRecord):
    """`crawler` in radar.yaml: how pages are fetched."""

    contact: Contact | None = None
    """Mail address or page that goes into the user agent; None: runs print a note."""
    delay: Seconds = 1.0
    """Seconds between two requests to one site."""
    max_pages: Count = 500
    """Pages of one source that one run fetches."""
    allow_networks: tuple[Network, ...] = ()
    """Private networks (`127.0.0.0/8`) that may be crawled nevertheless."""
    chromium: Text | None = None
    """Program that renders pages; None: the first Chromium or Chrome of the PATH."""


@dataclass(frozen=True, slots=True)
class StoreEntry(ConfigRecord):
    """`store` in radar.yaml; one word or URL stands for `{url: …}`."""

    url: StoreUrl = "embedded"
    """Several nodes of one cluster are separated by commas."""
    api_key: Text | None = field(default=None, repr=False)
    """May write; for runs and rebuilds."""
    search_api_key: Text | None = field(default=None, repr=False)
    """May only read; for searches."""
    ca: Text | None = None
    """PEM file of the authority that signed the certificate; relative to radar.yaml."""
    fingerprint: Fingerprint | None = None
    """SHA-256 of the certificate or of its authority."""
    name: StoreName = "rohstoffradar"
    """Beginning of the names of indexes and aliases."""
    shards: Count = 1
    """Of indexes made from now on."""


def _store_of_one_word(store: object) -> object:
    return {"url": store} if isinstance(store, str) else store


@dataclass(frozen=True, slots=True)
class WebSettings(ConfigRecord):
    """`web` in radar.yaml: who may use the search page, the API and the feeds."""

    asked: Literal["auto", "always"] = field(default="auto", metadata={"alias": "keys"})
    """auto: asked for as soon as there is one, and wherever others could come; always: also by
    whoever is on this machine, before there is any.
    """
    allowed_hosts: tuple[Host, ...] = ()
    """Further names under which the pages may be asked for."""
    trusted_proxies: tuple[Network, ...] = ()
    """Networks of proxies, besides loopback, that are believed about where a request came from."""
    requests_per_minute: Count = 600
    """Of each key, and of each address without one."""


@dataclass(frozen=True, slots=True)
class MeaningSettings(ConfigRecord):
    """`meaning` in radar.yaml: what the encoder of the extra `meaning` is used for."""

    enabled: bool = True
    """Where the extra is installed; without it nothing is encoded."""
    watches: bool = False
    """Whether watches may ask for a meaning (`about:`), which finds without certainty."""


@dataclass(frozen=True, slots=True)
class ChannelSettings(ConfigRecord):
    """An entry of `channels` in radar.yaml: what holds for a channel, whichever watch names it."""

    channel: ChannelName
    """As watches name it: `mailto:desk@example.org`."""
    quiet: Window | None = None
    """Hours in which nothing is sent there: `22:00-07:00`."""
    timezone: Zone | None = None
    """Of the quiet hours; None: that of radar.yaml."""
    per_hour: Count | None = None
    """Messages that are sent there in an hour at most; the others wait."""
    language: SpokenLanguage | None = None
    """Of what is sent there; None: that of the watch."""


@dataclass(frozen=True, slots=True)
class RadarFile(ConfigRecord):
    """radar.yaml."""

    database: DatabaseUrl = "sqlite"
    store: Annotated[StoreEntry, Check(_store_of_one_word)] = StoreEntry()
    timezone: Zone = "Europe/Berlin"
    language: SpokenLanguage = DEFAULT
    """Of mails and feeds."""
    crawler: CrawlerSettings = CrawlerSettings()
    mail: MailServer | None = None
    webhooks: WebhookSettings = NO_WEBHOOKS
    services: dict[Identifier, Text] = field(default_factory=dict, repr=False)
    """Apprise URLs that watches name as `apprise:NAME`."""
    files: Text | None = None
    """Folder of the channel `file:NAME`, relative to radar.yaml."""
    channels: tuple[ChannelSettings, ...] = ()
    public_url: PublicUrl | None = None
    web: WebSettings = WebSettings()
    meaning: MeaningSettings = MeaningSettings()
