"""An installation over a cluster, as its users see it: switching, a store that is down, refused
documents.
"""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path

import httpx

from indexer.stores.elastic.address import Connection
from indexer.stores.elastic.client import open_client
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation
from radar.service.serving import LiveCatalogue, LiveDatabase, LiveStore
from search_api.app import create_app
from tests.e2e.world import World
from tests.web.sample_site import client

NOBODY = "http://127.0.0.1:1"
EVENT = {
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "Rohstoffforum Astana",
    "startDate": "2026-03-02",
    "endDate": "2026-03-03",
    "location": {"@type": "Place", "name": "Kongresszentrum", "address": "Astana, Kasachstan"},
}


def pages(folder: Path) -> Path:
    """Two pages as JSON lines; the first has an event."""
    paragraph = (
        "In Astana trafen sich Fachleute, um über Kupfer und Lithium aus Kasachstan zu beraten. "
    )
    texts = {"forum": paragraph * 5, "bericht": "Der Bericht nennt neue Zahlen zu Zink. " * 8}
    lines = []
    for name, text in texts.items():
        markup = json.dumps(EVENT) if name == "forum" else "{}"
        html = (
            f"<html lang=de><head><title>Nachricht {name}</title>"
            f'<script type="application/ld+json">{markup}</script></head><body><main><article>'
            f"<h1>Nachricht {name}</h1><p>{text}</p><p>{text}</p></article></main></body></html>"
        )
        lines.append(json.dumps({"id": name, "url": f"https://example.org/{name}", "html": html}))
    path = folder / "pages.jsonl"
    path.write_text("\n".join(lines))
    return path


def answers(world: World) -> AbstractContextManager[httpx.Client]:
    """The API over the installation."""
    opened = Installation(load_settings(world.config, {}, home=world.home))
    database = LiveDatabase(opened)
    store = LiveStore(opened, database)
    return client(create_app(store, LiveCatalogue(opened, database, store)))


def cluster(connection: Connection) -> dict[str, str]:
    return {"url": connection.url, "name": connection.name}


def test_a_store_that_is_down_stops_nothing_and_the_backlog_follows(
    tmp_path: Path, elasticsearch_connection: Connection
) -> None:
    world = World(tmp_path)
    world.configure([], store=NOBODY)
    done = world.radar("import", str(pages(tmp_path)), "--json")
    assert (done.code, done.summary["revisions"], done.summary["indexed"]) == (1, 2, 0)
    assert any("does not answer" in problem for problem in done.summary["problems"])
    searched = world.radar("search", "Kupfer")
    assert searched.code == 3
    assert "does not answer" in searched.err
    with answers(world) as api:
        answer = api.get("/api/search", params={"q": "Kupfer"})
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["code"] == "store-unavailable"
    assert world.radar("check").code == 3
    assert world.radar("rebuild").code == 3

    world.configure([], store=cluster(elasticsearch_connection))
    done = world.radar("run", "--only", "index", "--json")
    assert (done.code, done.summary["indexed"], done.summary["rejected"]) == (0, 2, 0)
    hits = world.radar("search", "литий", "--json")
    assert [hit["url"] for hit in hits.lines] == ["https://example.org/forum"]
    with answers(world) as api:
        found = api.get("/api/search", params={"q": "Kupfer"}).json()
    assert (found["total"], found["incomplete"]) == (1, False)


def test_switching_is_one_setting_and_a_rebuild(
    tmp_path: Path, elasticsearch_connection: Connection
) -> None:
    world = World(tmp_path)
    world.configure([])
    assert world.radar("import", str(pages(tmp_path))).code == 0
    before = world.radar("search", "Kupfer OR Zink", "--json").lines
    world.configure([], store=cluster(elasticsearch_connection))
    empty = world.radar("search", "Kupfer")
    assert (empty.code, "`radar rebuild`" in empty.err) == (1, True)
    rebuilt = world.radar("rebuild", "--json")
    assert (rebuilt.code, rebuilt.summary) == (0, {"indexed": 2, "rejected": 0})
    after = world.radar("search", "Kupfer OR Zink", "--json").lines
    assert len(after) == len(before) == 2
    for one, other in zip(after, before, strict=True):
        assert abs(one.pop("score") - other.pop("score")) < 1e-3
        assert one == other
    assert "search store: 2 documents" in world.radar("check").out
    world.configure([])
    assert world.radar("rebuild").code == 0
    assert world.radar("search", "Kupfer", "--json").code == 0


def test_refused_documents_are_counted_listed_and_sent_again(
    tmp_path: Path, elasticsearch_connection: Connection
) -> None:
    world = World(tmp_path)
    world.configure([], store=cluster(elasticsearch_connection))
    assert world.radar("run", "--only", "index").code == 0
    admin = open_client(elasticsearch_connection)
    index = f"{elasticsearch_connection.name}-write"
    admin.indices.put_settings(index=index, settings={"mapping.nested_objects.limit": 0})
    done = world.radar("import", str(pages(tmp_path)), "--json")
    assert (done.code, done.summary["indexed"], done.summary["rejected"]) == (0, 1, 1)
    checked = world.radar("check")
    assert checked.code == 1
    assert "https://example.org/forum" in checked.out
    assert "nested" in checked.out
    again = world.radar("run", "--only", "index", "--json")
    assert (again.summary["indexed"], again.summary["rejected"]) == (0, 1)
    admin.indices.put_settings(index=index, settings={"mapping.nested_objects.limit": None})
    again = world.radar("run", "--only", "index", "--json")
    assert (again.summary["indexed"], again.summary["rejected"]) == (1, 0)
    assert "refused by" not in world.radar("check").out
    admin.close()
