"""Values of radar.yaml, as others rely on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.records.errors import ConfigError
from radar.configuration.settings import load_settings
from radar.service.admission import access_rules


def public_url(folder: Path, written: str) -> str | None:
    (folder / "radar.yaml").write_text(f"public_url: '{written}'\n", encoding="utf-8")
    return load_settings(folder, {}, home=folder).public_url


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("https://radar.example.org/", "https://radar.example.org"),
        ("https://Radar.Example.org:443/Erze/", "https://radar.example.org/Erze"),
        ("https://erzfündig.example", "https://xn--erzfndig-95a.example"),
        ("https://Erzstraße.example./", "https://xn--erzstrae-wya.example"),
        ("https://radar.example.:8443", "https://radar.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address_is_called_as_browsers_call_it(
    tmp_path: Path, written: str, called: str
) -> None:
    assert public_url(tmp_path, written) == called


def test_a_name_with_other_letters_than_those_of_ascii_is_let_in(tmp_path: Path) -> None:
    public_url(tmp_path, "https://erzfündig.example")
    settings = load_settings(tmp_path, {}, home=tmp_path)
    rules = access_rules(settings, "127.0.0.1", is_open=True)
    assert rules.hosts.allow("xn--erzfndig-95a.example")


@pytest.mark.parametrize("name", ["ü" * 70, "erz_fündig"])
def test_a_name_that_no_address_has_is_a_mistake(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match="no address can have"):
        public_url(tmp_path, f"https://{name}.example")
