"""What an installation is set to: the configuration folder and the environment, read and checked.

`load_settings` is the one way in. It reads `radar.yaml`, `sources/*.yaml`, `apis.yaml`,
`watches/*.yaml` and `topics/*.yaml`; the reference tables and words of languages are
`indexer.records.reference.load_reference`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from indexer.alerts import sent_ledger, subscription_ledger
from indexer.alerts.watches import Watch
from indexer.query.topics import Topic
from indexer.records.config_files import is_emptied, is_there
from indexer.records.errors import ConfigError
from indexer.records.reference import packaged_config
from indexer.records.source import Source
from indexer.stores.elastic.address import Connection
from radar.channels.mail import MailServer
from radar.channels.registry import check_channel
from radar.channels.webhook_settings import WebhookSettings
from radar.configuration.environment import has_literal_password
from radar.configuration.folder import (
    digests,
    read_presets,
    read_sources,
    read_topics,
    read_watches,
)
from radar.configuration.models import (
    ChannelSettings,
    CrawlerSettings,
    MeaningSettings,
    RadarFile,
    StoreEntry,
    WebSettings,
)
from radar.configuration.validation import read_table
from radar.configuration.values import (
    STORES_WITHOUT_SERVER,
    check_database,
    check_keys_in_clear,
    check_store,
)
from radar.configuration.yaml_lines import YamlFile, read_yaml


@dataclass(frozen=True, slots=True)
class ElasticSettings:
    """The cluster that holds the search index, and the two keys to it. Secrets are left out of its
    repr.
    """

    writing: Connection
    """For runs and rebuilds."""
    reading: Connection
    """For searches: its key need not be able to write."""

    @property
    def one_key(self) -> bool:
        """Whether searches use a key that may write."""
        return self.reading.api_key is None or self.reading.api_key == self.writing.api_key


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator has set. What may hold a secret is left out of its repr."""

    folder: Path
    """The configuration in use: RADAR_CONFIG, else that of the checkout, else the packaged copy."""
    own_folder: Path | None
    """RADAR_CONFIG, if it is set: what `load_reference` and the page reader take."""
    home: Path
    """Data folder."""
    database: str = field(repr=False)
    """SQLAlchemy URL; secret."""
    store: str | ElasticSettings
    """A name of STORES_WITHOUT_SERVER, or a cluster. The embedded store lies in `index`."""
    timezone: str
    """IANA name, `Europe/Berlin`."""
    language: str
    """Of mails and feeds."""
    crawler: CrawlerSettings
    mail: MailServer | None
    has_mail_password_in_file: bool
    """Whether the password of the mail server stands in radar.yaml itself."""
    webhooks: WebhookSettings
    services: Mapping[str, str] = field(repr=False)
    """Apprise URLs by the names that watches give; secret."""
    files: Path | None
    """Folder of the channel `file`."""
    channels: tuple[ChannelSettings, ...]
    """What holds for single channels."""
    public_url: str | None
    """Address under which people reach the pages, without a slash at its end."""
    web: WebSettings
    meaning: MeaningSettings
    sources: tuple[Source, ...] = field(repr=False)
    """In the order of the files and of the entries in them, the disabled ones too."""
    watches: tuple[Watch, ...] = field(repr=False)
    """Those without a mistake."""
    mistaken_watches: tuple[str, ...] = field(repr=False)
    """What is wrong with the others, one line each. They stand still, and nothing else does."""
    mistaken_ids: frozenset[str] = field(repr=False)
    """Ids of these others; of a file that is no list of entries nobody knows them."""
    has_watch_folder: bool
    """Whether there is a folder of watches, empty or not: without one, it may be that the disk is
    missing on which they are, or that they are just being copied."""
    query_places: Mapping[str, str] = field(repr=False)
    """`file:line` of the query of each watch, by its id."""
    topics: Mapping[str, Topic] = field(repr=False)
    digests: Mapping[Path, str] = field(repr=False)
    """Of the files of watches and topics in `folder`, as they were read."""

    @property
    def archive(self) -> Path:
        """WARC files."""
        return self.home / "archive"

    @property
    def index(self) -> Path:
        """The embedded search store."""
        return self.home / "index"

    @property
    def labels(self) -> Path:
        """Labelled pages, a file for each labeller."""
        return self.home / "labels"

    @property
    def feeds(self) -> Path:
        """Atom feeds of the watches."""
        return self.home / "feeds"

    @property
    def sent(self) -> Path:
        """The ledger of accepted messages, which is never put back with the database."""
        return self.home / sent_ledger.NAME

    @property
    def subscriptions(self) -> Path:
        """The ledger of addresses that took themselves off, which isn't put back either."""
        return self.home / subscription_ledger.NAME

    @property
    def knows_all_watches(self) -> bool:
        """Whether a watch that is not among them is none any more."""
        return self.has_watch_folder and not self.mistaken_watches

    @property
    def source_names(self) -> dict[str, str]:
        """Ids of sources → their names."""
        return {source.id: source.name for source in self.sources}

    @property
    def log(self) -> Path:
        """One file for each run."""
        return self.home / "log"


def load_settings(
    config: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    *,
    home: Path | None = None,
) -> Settings:
    """Read the configuration; `config` and `home` win over RADAR_CONFIG and RADAR_HOME.

    Raises ConfigError with all mistakes, one line each: `file:line: what is wrong`. Those of
    watches alone are kept in the settings: searches, crawls and the other watches go on.
    """
    own_folder = _own_folder(config, environ)
    folder = own_folder or packaged_config()
    home = data_folder(home, environ)
    problems: list[str] = []
    file = _radar_file(folder, problems)
    radar = (
        read_table(file, RadarFile, environ, problems, check_channel=check_channel) or RadarFile()
    )
    store = _store(radar, file, environ, problems)
    database = _database(radar, home, environ, problems)
    crawler = _crawler(radar, environ)
    sources = read_sources(
        folder / "sources",
        environ,
        problems,
        delay=crawler.delay,
        max_pages=crawler.max_pages,
        presets=read_presets(own_folder, environ, problems),
    )
    digests_before = digests(folder)  # a change while they are read is told, not missed
    topics = read_topics(own_folder, environ, problems)
    mistaken_watches: list[str] = []
    watches, mistaken_ids = read_watches(
        folder / "watches", environ, mistaken_watches, topics=topics
    )
    if problems:
        raise ConfigError([*problems, *mistaken_watches])
    return Settings(
        folder=folder,
        own_folder=own_folder,
        home=home,
        database=database,
        store=store,
        timezone=radar.timezone,
        language=radar.language,
        crawler=crawler,
        mail=radar.mail,
        has_mail_password_in_file=has_literal_password(file.written(("mail", "url"))),
        webhooks=radar.webhooks,
        services=radar.services,
        files=folder / radar.files if radar.files else None,
        channels=radar.channels,
        public_url=radar.public_url,
        web=radar.web,
        meaning=_meaning(radar, environ),
        sources=sources,
        watches=tuple(watches),
        mistaken_watches=tuple(mistaken_watches),
        mistaken_ids=mistaken_ids,
        has_watch_folder=(folder / "watches").is_dir(),
        query_places={watch.id: place for watch, place in watches.items()},
        topics=topics,
        digests=digests_before,
    )


def data_folder(home: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """`home`, else RADAR_HOME, else the user's data folder: known without the configuration.

    ConfigError where none is named, and the user has no folder: a service, or a container, may run
    under a number that the system knows no name for. Likewise where the name is no text: neither
    the database nor the search index takes it.
    """
    named = home or _path("RADAR_HOME", environ)
    if named is not None:
        _check_name("--home" if home else "RADAR_HOME", named)
        return named
    try:
        return Path(platformdirs.user_data_path("rohstoffradar"))
    except RuntimeError as error:
        raise ConfigError(
            ["this user has no home folder (HOME), in which the data could lie"],
            hint="name the data folder with RADAR_HOME or --home",
        ) from error


def _own_folder(config: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The folder that is named; None: the packaged one is meant."""
    folder = config or _path("RADAR_CONFIG", environ)
    if folder is not None and not folder.is_dir():
        raise ConfigError(
            [f"{folder}: there is no such folder"],
            hint="RADAR_CONFIG or --config names a folder laid out like config/",
        )
    return folder


def _check_name(where: str, folder: Path) -> None:
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError as error:
        raise ConfigError(
            [f"{where}: {str(folder)!a}: the name of the data folder is not written in UTF-8"],
            hint="give the folder another name, or start the program in a locale with UTF-8 "
            "(`LC_ALL=C.UTF-8`)",
        ) from error


def _path(variable: str, environ: Mapping[str, str]) -> Path | None:
    value = environ.get(variable)
    return _expand_user(variable, value) if value else None


def _expand_user(where: str, path: str) -> Path:
    """The path with ~ written out; ConfigError names where it is given."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        user = path.partition("/")[0]
        raise ConfigError([f'{where}: "{path}": the home of {user} is not known']) from error


def _radar_file(folder: Path, problems: list[str]) -> YamlFile:
    path = folder / "radar.yaml"
    if is_emptied(path):  # another database than that of the installation would be in use
        problems.append(f"{path}:1: is empty: put it back, or remove it for the usual settings")
    return read_yaml(path, problems) if is_there(path) else YamlFile(path, None, {})


def _store(
    radar: RadarFile, file: YamlFile, environ: Mapping[str, str], problems: list[str]
) -> str | ElasticSettings:
    """The cluster; RADAR_STORE wins over its address, keys and trust stay those of radar.yaml."""
    entry = radar.store
    value = environ.get("RADAR_STORE")
    where = "RADAR_STORE" if value else f"{file.where(('store',))}: store"
    url = value or entry.url
    try:
        check_store(url)
        if url in STORES_WITHOUT_SERVER:
            return url
        check_keys_in_clear(url, entry.api_key or entry.search_api_key)
    except ValueError as error:
        problems.append(f"{where}: {error}")
        return STORES_WITHOUT_SERVER[0]
    return ElasticSettings(
        writing=_connection(entry, url, entry.api_key, file),
        reading=_connection(entry, url, entry.search_api_key or entry.api_key, file),
    )


def _connection(entry: StoreEntry, url: str, key: str | None, file: YamlFile) -> Connection:
    place = f"{file.where(('store', 'ca'))}: store.ca"
    ca = file.path.parent / _expand_user(place, entry.ca) if entry.ca else None
    return Connection(url, key, ca, entry.fingerprint, name=entry.name, shards=entry.shards)


def _crawler(radar: RadarFile, environ: Mapping[str, str]) -> CrawlerSettings:
    """RADAR_CHROMIUM wins over radar.yaml."""
    chromium = environ.get("RADAR_CHROMIUM") or radar.crawler.chromium
    return replace(radar.crawler, chromium=chromium)


def _meaning(radar: RadarFile, environ: Mapping[str, str]) -> MeaningSettings:
    """RADAR_MEANING=off wins over radar.yaml."""
    if environ.get("RADAR_MEANING") == "off":
        return replace(radar.meaning, enabled=False)
    return radar.meaning


def _database(radar: RadarFile, home: Path, environ: Mapping[str, str], problems: list[str]) -> str:
    value = environ.get("RADAR_DATABASE") or radar.database
    try:
        check_database(value)
    except ValueError as error:
        problems.append(f"RADAR_DATABASE: {error}")
    return _sqlite_url(home / "radar.db") if value == "sqlite" else value


def _sqlite_url(file: Path) -> str:
    """The address of a database file; a name may hold what has a meaning in addresses, and also
    bytes that are no UTF-8, which SQLAlchemy's own quoting refuses.
    """
    return f"sqlite:///{str(file).replace('%', '%25').replace('?', '%3F')}"
