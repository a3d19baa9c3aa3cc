from __future__ import annotations

from contextlib import closing
from http.server import BaseHTTPRequestHandler

import pytest

from radar.demo.server import SiteServer


@pytest.mark.parametrize(
    ("error", "is_told"), [(BrokenPipeError(), False), (ValueError("mistaken"), True)]
)
def test_a_client_that_has_gone_away_is_no_error(
    error: Exception, is_told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    server = SiteServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    with closing(server.socket):
        try:
            raise error
        except (OSError, ValueError):
            server.handle_error(None, ("127.0.0.1", 1))
    assert bool(capsys.readouterr().err) == is_told
