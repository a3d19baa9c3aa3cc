"""The files that come with the documentation of the Elasticsearch store are valid and fit the
program.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.elasticsearch.archive import VERSION

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "elasticsearch"
COMPOSE = {"compose.yaml": ["search"], "compose-three.yaml": ["search-1", "search-2", "search-3"]}
SERVICE_KEYS = {
    "image",
    "user",
    "volumes",
    "command",
    "depends_on",
    "environment",
    "ports",
    "ulimits",
    "mem_limit",
    "restart",
    "healthcheck",
}


@pytest.fixture(params=COMPOSE)
def compose(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[str]]:
    content = yaml.safe_load((DOCS / request.param).read_text())
    return content, COMPOSE[request.param]


def test_compose_files_refer_to_what_they_hold(compose: tuple[dict[str, Any], list[str]]) -> None:
    content, nodes = compose
    services = content["services"]
    assert set(services) == {"certificates", *nodes}
    assert {key for key in content if not key.startswith("x-")} == {"name", "services", "volumes"}
    used = set()
    for service in services.values():
        assert set(service) <= SERVICE_KEYS
        assert service["image"].endswith(f":{VERSION}")
        assert set(service.get("depends_on", {})) <= set(services)
        used |= {volume.partition(":")[0] for volume in service["volumes"]}
    assert used == set(content["volumes"])
    ports = [port for name in nodes for port in services[name]["ports"]]
    assert len(set(ports)) == len(nodes)
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:9200", port) for port in ports)


def test_every_node_of_a_compose_file_has_https_and_a_password(
    compose: tuple[dict[str, Any], list[str]],
) -> None:
    content, nodes = compose
    for name in nodes:
        settings = content["services"][name]["environment"]
        assert all(isinstance(value, str) for value in settings.values())
        for switch in ("xpack.security.enabled", "xpack.security.http.ssl.enabled"):
            assert settings[switch] == "true"
        assert settings["ELASTIC_PASSWORD"].startswith("${ELASTIC_PASSWORD:?")
        assert settings["xpack.security.http.ssl.key"] == f"certs/{name}/{name}.key"
        peers = settings.get("discovery.seed_hosts", name).split(",")
        assert peers == nodes


def test_every_ssl_key_is_made_by_the_certificates_service(
    compose: tuple[dict[str, Any], list[str]],
) -> None:
    content, nodes = compose
    script = content["services"]["certificates"]["command"][-1]
    assert all(name in script for name in nodes)


def test_roles_name_the_indexes_of_the_default_name() -> None:
    reader, writer = (
        json.loads((DOCS / f"{role}-role.json").read_text()) for role in ("search", "indexer")
    )
    for role in (reader, writer):
        assert set(role) == {"cluster", "indices"}
        (indices,) = role["indices"]
        assert indices["names"] == ["rohstoffradar", "rohstoffradar-*"]
    assert reader["cluster"] == []
    assert set(reader["indices"][0]["privileges"]) == {"read", "view_index_metadata"}


def test_the_documentation_links_every_file() -> None:
    text = (ROOT / "docs" / "elasticsearch.md").read_text(encoding="utf-8")
    for path in DOCS.iterdir():
        assert f"](elasticsearch/{path.name})" in text
