"""The server that `web_search` asks, in a process of its own. It loads what `radar serve` loads,
and nothing of the benchmarks, as its memory is measured.

    python -m benchmarks.search.search_server FOLDER|URL     prints its port, serves until killed
"""

from __future__ import annotations

import socket
import sys
import tempfile
from pathlib import Path

import radar.commands.serve  # noqa: F401  # what the real server has loaded
from indexer.garbage_collection import collect_seldom
from indexer.loaded_programs import give_back_programs
from indexer.query import QueryCompiler
from indexer.records.reference import load_reference
from indexer.stores.base import Store
from radar.configuration.settings import load_settings
from radar.installation.catalogue import Catalogue
from radar.service.freed_memory import (
    forget_docstrings,
    forget_words_of_tables,
    give_back_freed_memory,
    leave_out_pydantic_1,
)
from radar.service.http_server import make_server
from search_api.access.rules import AccessRules
from search_api.app import create_app

NO_LIMIT = 1_000_000_000
"""Requests in a minute."""


def open_store(place: str, compiler: QueryCompiler) -> Store:
    """The store in a folder, or in the cluster at an address."""
    if "://" not in place:
        from indexer.stores.embedded import EmbeddedStore  # noqa: PLC0415  # no other store's memory

        return EmbeddedStore(Path(place), compiler, writable=False)
    from indexer.stores.elastic.address import Connection  # noqa: PLC0415  # as above
    from indexer.stores.elastic.store import ElasticStore  # noqa: PLC0415  # as above

    return ElasticStore(Connection(place), compiler, writable=False)


def serve(place: str) -> None:
    """Serve a store until killed."""
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port = chosen.getsockname()[1]
    collect_seldom()  # as every process of ours
    give_back_freed_memory()
    leave_out_pydantic_1()
    forget_docstrings()
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings(home=Path(home))
        forget_words_of_tables()
        reference = load_reference()
        compiler = QueryCompiler(reference, {})
        forget_words_of_tables()
        app = create_app(
            open_store(place, compiler),
            Catalogue(settings, None),
            reference=reference,
            ways_to_say=compiler.other_words,
            rules=AccessRules(requests_per_minute=NO_LIMIT),
        )
        forget_words_of_tables()
        give_back_programs()
        print(port, flush=True)
        make_server(app, "127.0.0.1", port).run()


if __name__ == "__main__":
    serve(sys.argv[1])
