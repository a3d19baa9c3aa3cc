"""Examples of answers of the API, from the sample site: `python -m tests.web.api_examples` writes
them for the OpenAPI document.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import httpx

from search_api.api.examples import FILE
from tests.web.sample_site import EVENTS, client, event_document, map_app, sample_app

MOST = 2
"""Items of a list."""
LONGEST = 240
"""Characters of a text."""
PLACES = ("GET /api/places", "GET /api/places/{id}")
"""Asked of the application that knows where places are."""
LOOPBACK = r"http://127\.0\.0\.1:\d+"
"""Where the sample site was served when it was asked."""
WATCH = {
    "id": "lithium",
    "name": "Lithium",
    "query": "lithium AND country:KZ",
    "channels": ["feed"],
}


def requests() -> Mapping[str, str]:
    """Method and path as the OpenAPI document has them → the address that is asked."""
    document = event_document()
    return {
        "GET /api/search": "/api/search?q=lithium&limit=1",
        "GET /api/timeline": "/api/timeline?q=lithium",
        "GET /api/documents/{id}": f"/api/documents/{document}",
        "GET /api/sources": "/api/sources",
        "GET /api/sources/{id}": "/api/sources/erzkunde",
        "GET /readyz": "/readyz",
        "GET /healthz": "/healthz",
        "GET /api/events": "/api/events?limit=1",
        "GET /api/events/{id}": f"/api/events/{EVENTS[1].id}",
        "GET /api/people": "/api/people?limit=1",
        "GET /api/people/{id}": "/api/people/Paula%20Sandberg",
        "GET /api/organisations": "/api/organisations?limit=1",
        "GET /api/organisations/{id}": "/api/organisations/Kammer%20f%C3%BCr%20Geologie",
        "GET /api/strategies": "/api/strategies?limit=1",
        "GET /api/strategies/{id}": "/api/strategies/Erze%202040",
        "GET /api/series": "/api/series?limit=1",
        "GET /api/series/{id}": "/api/series/Erzforum%20Mittelasien",
        "GET /api/places": "/api/places?limit=1",
        "GET /api/places/{id}": "/api/places/karaganda",
        "GET /api/facets/{field}": "/api/facets/commodity?q=lithium",
        "GET /api/archive/{id}": f"/api/archive/{document}",
        "GET /api/runs": "/api/runs?limit=1",
        "GET /api/suggest": "/api/suggest?q=lith",
        "GET /api/similar/{id}": f"/api/similar/{document}?limit=1",
        "GET /api/watches": "/api/watches",
        "POST /api/watches": "/api/watches",
        "GET /api/watches/{id}": "/api/watches/desk-only",
        "GET /api/watches/{id}/matches": "/api/watches/desk-only/matches",
        "GET /api/backtest": "/api/backtest?q=lithium",
        "GET /api/dead-letters": "/api/dead-letters",
        "GET /metrics": "/metrics",
        "GET /search.atom": "/search.atom?q=lithium",
        "GET /search.feed.json": "/search.feed.json?q=lithium",
        "GET /search.csv": "/search.csv?q=lithium",
        "GET /search.ndjson": "/search.ndjson?q=lithium",
        "GET /search.ics": "/search.ics?q=lithium",
        "GET /events.ics": "/events.ics",
        "GET /events.csv": "/events.csv",
        "GET /events.ndjson": "/events.ndjson",
        "GET /events/{id}.ics": f"/events/{EVENTS[1].id}.ics",
        "GET /feeds/{watch}.atom": "/feeds/cluster-strategies.atom",
        "GET /feeds/{watch}.feed.json": "/feeds/cluster-strategies.feed.json",
    }


def answers() -> dict[str, Any]:
    """Method and path → the whole answer."""
    with client(sample_app()) as http, client(map_app()) as on_map:
        found = {
            operation: _ask(on_map if operation in PLACES else http, operation, address)
            for operation, address in requests().items()
        }
    return {**found, "PUT /api/watches/{id}": found["POST /api/watches"]}


def _ask(http: httpx.Client, operation: str, address: str) -> Any:
    method, _, path = operation.partition(" ")
    body = None if method == "GET" else WATCH
    answer = http.request(method, address, json=body)
    if answer.status_code not in (200, 201):
        raise ValueError(f"{operation}: {answer.status_code} {answer.text}")
    if answer.headers["content-type"].endswith("json") and not path.endswith(".ndjson"):
        return answer.json()
    return answer.text


def cut(value: Any) -> Any:
    """A short form of an answer."""
    if isinstance(value, dict):
        return {key: cut(item) for key, item in value.items()}
    if isinstance(value, list):
        return [cut(item) for item in value[:MOST]]
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[: LONGEST - 1]}…"
    return value


if __name__ == "__main__":
    found = {
        operation: answer if isinstance(answer, str) else cut(answer)
        for operation, answer in answers().items()
    }
    text = re.sub(
        LOOPBACK, "https://radar.example", json.dumps(found, ensure_ascii=False, indent=1)
    )
    FILE.write_text(text + "\n", encoding="utf-8")
