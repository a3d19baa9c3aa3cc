from __future__ import annotations

import subprocess
import sys

LOADED = """
import sys
import indexer.stores.elastic.store
print(*(name for name in ("aiohttp", "httpx", "requests", "numpy") if name in sys.modules))
import requests
print(requests.__name__)
import elasticsearch
print(hasattr(elasticsearch.Elasticsearch("http://127.0.0.1:1").indices, "create"))
print(any(name.endswith(("client.ml", "client.security")) for name in sys.modules))
from elasticsearch._sync.client.ml import MlClient
print(hasattr(MlClient, "get_jobs"))
print(any(name.startswith("elasticsearch._async") for name in sys.modules))
"""


def test_the_store_loads_neither_numpy_nor_what_its_client_offers_besides() -> None:
    """Other HTTP libraries, features that are not used, and a second client for asyncio."""
    run = [sys.executable, "-c", LOADED]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["", "requests", "True", "False", "True", "False"]
