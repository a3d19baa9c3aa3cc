from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.access.keys import add_key
from indexer.access.scope import Scope
from indexer.database.engine import open_database
from indexer.records.errors import ConfigError
from radar.configuration.models import WebSettings
from radar.configuration.settings import Settings, load_settings
from radar.installation.clock import real_clock
from radar.service.admission import access_rules
from search_api.access.rules import Admission

PUBLIC = "https://radar.example.org/collection"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(home=tmp_path)


def with_key(settings: Settings) -> Settings:
    engine = open_database(settings.database)
    with engine.begin() as connection:
        add_key(connection, "desk", Scope.READ, real_clock())
    engine.dispose()
    return settings


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_on_loopback_no_key_is_needed(settings: Settings, host: str) -> None:
    rules = access_rules(settings, host, is_open=False)
    assert rules.admission is Admission.DIRECT
    assert not rules.hosts.allow("evil.example")
    assert not rules.hosts.allow("192.0.2.7")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.0.2.7", "no-such-name.invalid"])
def test_elsewhere_it_refuses_to_start_without_a_key(settings: Settings, host: str) -> None:
    with pytest.raises(ConfigError) as refused:
        access_rules(settings, host, is_open=False)
    (line,) = refused.value.problems
    assert "radar key add" in line
    assert "--open" in line
    assert access_rules(settings, host, is_open=True).admission is Admission.OPEN
    assert access_rules(with_key(settings), host, is_open=False).admission is Admission.KEYS


def test_a_public_address_means_others_whatever_is_listened_on(settings: Settings) -> None:
    public = replace(settings, public_url=PUBLIC)
    with pytest.raises(ConfigError, match=r"radar\.example\.org"):
        access_rules(public, "127.0.0.1", is_open=False)
    rules = access_rules(with_key(public), "127.0.0.1", is_open=False)
    assert (rules.admission, rules.public_url) == (Admission.KEYS, PUBLIC)
    assert rules.hosts.allow("radar.example.org")
    local = replace(settings, public_url="http://localhost:8000")
    assert access_rules(local, "127.0.0.1", is_open=False).admission is Admission.DIRECT


def test_keys_can_be_asked_for_always(settings: Settings) -> None:
    strict = replace(settings, web=WebSettings(asked="always"))
    with pytest.raises(ConfigError, match="always"):
        access_rules(strict, "127.0.0.1", is_open=False)
    rules = access_rules(with_key(strict), "127.0.0.1", is_open=False)
    assert rules.admission is Admission.KEYS
    with pytest.raises(ConfigError, match="--open contradicts"):
        access_rules(strict, "127.0.0.1", is_open=True)


def test_a_server_on_all_addresses_answers_to_addresses_and_to_its_own_names(
    settings: Settings,
) -> None:
    named = replace(settings, web=WebSettings(allowed_hosts=("radar.lan", "other.lan:8000")))
    hosts = access_rules(with_key(named), "0.0.0.0", is_open=False).hosts
    allowed = ("192.0.2.7", socket.gethostname().lower(), "radar.lan", "other.lan", "localhost")
    assert all(hosts.allow(host) for host in allowed)
    assert not hosts.allow("evil.example")
