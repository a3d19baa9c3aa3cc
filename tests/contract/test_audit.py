"""The audit of the lock file, against an index of advisories on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.audit_lock import main

VULNERABLE = {"pyyaml": "5.3", "leaky": "1.0"}
PINNED = "leaky==1.0\nsound==2.0\n"


@contextmanager
def index(known: dict[str, str]) -> Iterator[str]:
    """Answers as OSV does: each of these releases has one vulnerability."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = asked["package"]["name"]
            package = {"name": name, "ecosystem": "PyPI"}
            events = [{"introduced": "0"}, {"fixed": "9.9"}]
            ranges = [{"type": "ECOSYSTEM", "events": events}]
            found = {"id": f"OSV-{name}", "affected": [{"package": package, "ranges": ranges}]}
            hit = known.get(name) == asked["version"]
            body = json.dumps({"vulns": [found]} if hit else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_known_vulnerability_fails_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(PINNED)
    with index(VULNERABLE) as url:
        assert main(lock, index=url) == 1
    assert capsys.readouterr().out == ("requirements.lock: leaky 1.0: OSV-leaky (fixed in 9.9)\n")


def test_no_finding_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("sound==2.0\n")
    with index(VULNERABLE) as url:
        assert main(lock, index=url) == 0
    assert capsys.readouterr().out == ""


def test_where_no_index_answers_it_says_so_and_fails_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(PINNED)
    with index({}) as url:
        pass
    assert main(lock, index=url) == 0
    assert capsys.readouterr().out == f"audit not run: {url}: no connection\n"
    with index({}) as url:
        assert main(lock, index=url) == 0
    assert capsys.readouterr().out == (f"audit not run: {url}: it knows nothing of pyyaml==5.3\n")
