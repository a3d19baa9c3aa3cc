"""Names, formats and defaults of the configuration, as others rely on them."""

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from indexer.alerts.watches import Watch
from indexer.query import parse_query
from indexer.query.topics import Topic
from indexer.records.errors import ConfigError
from indexer.records.reference import packaged_config
from indexer.records.source import (
    Api,
    ApiPage,
    EntryPoint,
    Feed,
    Listing,
    Rights,
    Sitemap,
    Source,
)
from indexer.records.values import ConfigRecord
from radar.channels.mail import MailServer
from radar.channels.webhook_settings import WebhookSettings
from radar.configuration.models import (
    ApiEntry,
    ApiPreset,
    CrawlerSettings,
    RadarFile,
    StoreEntry,
    WebSettings,
)
from radar.configuration.settings import load_settings
from tests.e2e.world import ROOT

RADAR = """\
database: sqlite
store: embedded
timezone: Europe/Berlin
crawler: {contact: null, delay: 1.0, max_pages: 500, allow_networks: []}
mail: null
"""
SOURCES = r"""
- {id: x, name: X, url: "https://x.example", country: DE, languages: [de], kind: ministry,
   hosts: [], enabled: true,
   feeds: [{url: https://x.example/rss}], sitemaps: [{url: https://x.example/s.xml}],
   listings: [{url: https://x.example/news, links: "h2 a", next: "a.next"}],
   calendars: [], apis: [],
   include: ['/news/\d+'], exclude: ['\?print'], delay: 1.0, max_pages: 500, schedule: "02:30",
   render: never}
- {id: norway, name: 0123, url: "http://n.example:8080/", country: NO, languages: [no],
   schedule: 12:30}
- id: off
  name: Off
  url: https://off.example
  country: INT
  languages: [en]
  enabled: false
  reason: it moved
  render: auto
  delay: 0
  feeds: [{url: https://off.example/rss, enabled: false, reason: a guess}]
  sitemaps:
  apis: [{list: "https://off.example/api", items: data}]
"""
WATCHES = """
- {id: w, name: W, query: "topic:cluster-strategies", channels: ["mailto:desk@example.org", feed],
   cadence: run}
"""


def _folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        file = path / (f"{name}/all.yaml" if name != "radar" else "radar.yaml")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def test_every_key_of_radar_yaml_is_optional_and_these_are_the_defaults(tmp_path: Path) -> None:
    written = load_settings(_folder(tmp_path / "a", radar=RADAR), {}, home=tmp_path)
    (tmp_path / "b").mkdir()
    left_out = load_settings(tmp_path / "b", {}, home=tmp_path)
    for settings in (written, left_out):
        assert settings.database == f"sqlite:///{tmp_path}/radar.db"
        assert settings.store == "embedded"
        assert settings.timezone == "Europe/Berlin"
        assert settings.crawler == CrawlerSettings(None, 1.0, 500, ())
        assert settings.mail is None
        assert settings.sources == ()
        assert settings.watches == ()


def test_the_packaged_radar_yaml_sets_nothing() -> None:
    settings = load_settings(None, {})
    assert settings.crawler == CrawlerSettings()
    assert settings.mail is None
    assert settings.store == "embedded"


def test_a_source_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    folder = _folder(tmp_path, sources=SOURCES)
    everything, norway, off = load_settings(folder, {}, home=tmp_path).sources
    assert everything == Source(
        id="x",
        name="X",
        url="https://x.example",
        country="DE",
        languages=("de",),
        kind="ministry",
        feeds=(Feed("https://x.example/rss"),),
        sitemaps=(Sitemap("https://x.example/s.xml"),),
        listings=(Listing("https://x.example/news", "h2 a", "a.next"),),
        include=(r"/news/\d+",),
        exclude=(r"\?print",),
        schedule="02:30",
    )
    assert (norway.country, norway.languages, norway.name, norway.schedule) == (
        "NO",
        ("no",),
        "0123",
        "12:30",
    )
    assert (off.enabled, off.reason, off.delay, off.render) == (False, "it moved", 0.0, "auto")
    assert off.feeds == (Feed("https://off.example/rss", enabled=False, reason="a guess"),)
    assert off.discovery == off.apis == (Api("https://off.example/api", "data", "{url}"),)


def test_a_source_without_delay_and_budget_takes_those_of_the_crawler(tmp_path: Path) -> None:
    radar = (
        "crawler: {delay: 0.25, max_pages: 7, contact: desk@example.org, allow_networks: "
        "[127.0.0.0/8, '::1']}\n"
    )
    settings = load_settings(_folder(tmp_path, radar=radar, sources=SOURCES), {}, home=tmp_path)
    assert [(s.delay, s.max_pages) for s in settings.sources] == [(1.0, 500), (0.25, 7), (0.0, 7)]
    assert settings.crawler.allow_networks == ("127.0.0.0/8", "::1/128")
    assert settings.crawler.contact == "desk@example.org"


def test_rendering_and_rights_of_a_source(tmp_path: Path) -> None:
    rights = "{permission: by mail, contact: press@x.example, retention_days: 90, archive: no}"
    more = f"render: auto, rights: {rights}"
    radar = "crawler: {chromium: google-chrome}\n"
    sources = SOURCES.replace("render: never", more)
    folder = _folder(tmp_path, radar=radar, sources=sources)
    settings = load_settings(folder, {}, home=tmp_path)
    first, second, _ = settings.sources
    assert (first.render, second.render) == ("auto", "never")
    assert first.rights == Rights("by mail", "press@x.example", 90, archive=False)
    assert second.rights == Rights()
    assert settings.crawler.chromium == "google-chrome"
    settings = load_settings(folder, {"RADAR_CHROMIUM": "/opt/chromium"}, home=tmp_path)
    assert settings.crawler.chromium == "/opt/chromium"


def test_a_watch_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    settings = load_settings(_folder(tmp_path, watches=WATCHES), {}, home=tmp_path)
    assert settings.watches == (
        Watch("w", "W", "topic:cluster-strategies", ("mailto:desk@example.org", "feed"), "run"),
    )


def test_the_environment_names_folders_and_addresses(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "config", radar="database: sqlite:////nowhere.db\n")
    environ = {
        "RADAR_CONFIG": str(folder),
        "RADAR_HOME": str(tmp_path / "home"),
        "RADAR_DATABASE": "postgresql://me:secret@db.example/radar",
        "RADAR_STORE": "embedded",
    }
    settings = load_settings(None, environ)
    assert settings.folder == settings.own_folder == folder
    assert settings.home == tmp_path / "home"
    assert settings.database == "postgresql://me:secret@db.example/radar"
    assert settings.archive == tmp_path / "home" / "archive"
    assert settings.index == tmp_path / "home" / "index"
    assert settings.feeds == tmp_path / "home" / "feeds"
    assert settings.log == tmp_path / "home" / "log"


def test_without_radar_home_data_lives_where_the_system_keeps_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert load_settings(None, {}).home == tmp_path / "rohstoffradar"


def test_an_own_folder_lacks_no_topic_but_has_its_own_sources_and_watches(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "a", sources=SOURCES)
    settings = load_settings(folder, {}, home=tmp_path)
    assert "cluster-strategies" in settings.topics
    assert len(settings.sources) == 3
    assert settings.watches == ()


def test_an_own_topic_wins_over_the_packaged_one_of_the_same_id_or_file(tmp_path: Path) -> None:
    topic = "- {id: cluster-strategies, name: Own, terms: {en: [cluster]}}\n"
    settings = load_settings(_folder(tmp_path / "a", topics=topic), {}, home=tmp_path)
    assert settings.topics["cluster-strategies"].name == "Own"
    same_file = tmp_path / "b" / "topics" / "cluster-strategies.yaml"
    same_file.parent.mkdir(parents=True)
    same_file.write_text(topic.replace("id: cluster-strategies", "id: other"), encoding="utf-8")
    assert set(load_settings(tmp_path / "b", {}, home=tmp_path).topics) == {"other"}


def test_secrets_come_from_the_environment_and_are_not_shown(tmp_path: Path) -> None:
    radar = (
        "database: postgresql://me:${DB_PASSWORD}@db.example/radar\n"
        'mail: {url: "smtp://me:${SMTP_PASSWORD}@mail.example:587", from: radar@example.org}\n'
    )
    sources = SOURCES.replace("https://x.example/rss", "'https://x.example/rss?key=${FEED_KEY}'")
    environ = {"DB_PASSWORD": "hunter1", "SMTP_PASSWORD": "hunter2", "FEED_KEY": "hunter3"}
    folder = _folder(tmp_path, radar=radar, sources=sources)
    settings = load_settings(folder, environ, home=tmp_path)
    assert settings.database == "postgresql://me:hunter1@db.example/radar"
    assert settings.mail == MailServer("smtp://me:hunter2@mail.example:587", "radar@example.org")
    assert settings.sources[0].feeds[0].url == "https://x.example/rss?key=hunter3"
    assert "hunter" not in repr(settings) + str(settings) + repr(settings.mail)


@pytest.mark.parametrize(
    "mail",
    [
        "{url: 'smtp://me:hunter2@mail.example:0', from: radar@example.org}",
        "{url: 'smtp://me:hunter2 x@mail.example', from: radar@example.org}",
        "{url: 'me:hunter2@mail.example:587', from: radar@example.org}",
        "{url: ['smtp://me:hunter2@mail.example'], from: radar@example.org}",
        "{url: 'smtp://me:hunter2@mail.example', from: nobody, frm: x}",
        "smtp://me:hunter2@mail.example",
    ],
)
def test_a_literal_password_is_in_no_message(mail: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_settings(_folder(tmp_path, radar=f"mail: {mail}\n"), {}, home=tmp_path)
    assert "hunter2" not in str(caught.value) + str(caught.value.problems)


def test_a_mistake_is_one_line_with_file_and_line(tmp_path: Path) -> None:
    folder = _folder(tmp_path, sources=SOURCES.replace("languages: [de]", "lanugage: [de]"))
    with pytest.raises(ConfigError) as caught:
        load_settings(folder, {}, home=tmp_path)
    assert (
        f'{folder}/sources/all.yaml:2: unknown key "lanugage" (did you mean "languages"?)'
        in caught.value.problems
    )


def test_the_partner_sources_come_with_the_program() -> None:
    sources = load_settings(None, {}).sources
    assert len({source.id for source in sources}) == len(sources) > 50
    assert any(source.enabled for source in sources)
    entries = [e for s in sources for e in s.entry_points]
    assert all(entry.reason for entry in (*sources, *entries) if not entry.enabled)


@pytest.mark.parametrize("placeholder", ["PROJECT", "LANG", "YYYY", "/N"])
def test_no_address_with_a_placeholder_is_asked(placeholder: str) -> None:
    for source in load_settings(None, {}).sources:
        addresses = [source.url, *(entry.url for entry in source.discovery)]
        assert not [a for a in addresses if a.endswith(placeholder) or f"{placeholder}&" in a]


def test_a_copy_of_the_packaged_folder_is_a_configuration(tmp_path: Path) -> None:
    folder = shutil.copytree(packaged_config(), tmp_path / "config")
    assert load_settings(folder, {}, home=tmp_path).sources == load_settings(None, {}).sources


def test_the_cluster_watch_and_its_topic_come_with_the_program() -> None:
    settings = load_settings(None, {})
    (watch,) = settings.watches
    assert watch == Watch(
        "cluster-strategies", "Cluster strategies", "topic:cluster-strategies", ("feed",), "run"
    )
    topic = settings.topics["cluster-strategies"]
    assert {"de", "en", "ru"} <= set(topic.terms)
    for terms in (*topic.terms.values(), *topic.exclude.values()):
        assert all(parse_query(term).text == term for term in terms)


@pytest.mark.parametrize(
    "model",
    [
        RadarFile,
        CrawlerSettings,
        MailServer,
        StoreEntry,
        WebSettings,
        Source,
        Rights,
        *(kind for kind in get_args(EntryPoint) if kind is not Api),
        ApiEntry,
        ApiPage,
        ApiPreset,
        WebhookSettings,
        Watch,
        Topic,
    ],
)
def test_every_key_is_documented(model: type[ConfigRecord]) -> None:
    documentation = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", documentation))))
    assert model.keys() <= words


def test_radar_yaml_shows_every_key_with_its_default() -> None:
    text = (packaged_config() / "radar.yaml").read_text(encoding="utf-8")
    shown = re.findall(r"^# (?:  )?([a-z_]+):", text, re.MULTILINE)
    channels = MailServer.keys() | WebhookSettings.keys()
    assert RadarFile.keys() | CrawlerSettings.keys() | channels <= set(shown)
