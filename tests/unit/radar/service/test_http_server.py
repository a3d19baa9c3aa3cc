from __future__ import annotations

import resource
import socket

import pytest

from radar.service import http_server
from radar.service.http_server import MOST_CONNECTIONS, connection_limit, make_server
from tests.loopback.free_port import free_port
from tests.web.sample_site import sample_app

SPARE = http_server.OTHER_FILES + 2 * http_server.BACKLOG
ENDLESS = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("soft", "hard", "raised", "connections"),
    [
        (1024, 524288, MOST_CONNECTIONS + SPARE, MOST_CONNECTIONS),
        (1024, ENDLESS, MOST_CONNECTIONS + SPARE, MOST_CONNECTIONS),
        (1024, 1024, 1024, 1024 - SPARE),
        (256, 512, 512, 512 - SPARE),
        (64, 64, 64, 10),
        (20000, 20000, None, MOST_CONNECTIONS),
        (ENDLESS, ENDLESS, None, MOST_CONNECTIONS),
    ],
)
def test_connections_fit_into_the_files_that_may_be_open(
    soft: int, hard: int, raised: int | None, connections: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: done.append(limits))
    assert connection_limit() == connections
    assert done == ([] if raised is None else [(raised, hard)])


def test_loopback_and_what_is_configured_is_believed_and_nobody_else() -> None:
    server = make_server(sample_app(), "127.0.0.1", 8000, trusted_proxies=["10.0.0.0/8"])
    assert server.config.forwarded_allow_ips == ["127.0.0.0/8", "::1/128", "10.0.0.0/8"]
    assert not server.config.access_log


def test_a_signal_that_came_before_the_server_listened_ends_it() -> None:
    server = make_server(sample_app(), "127.0.0.1", 0, stopped=lambda: True)
    server.run()
    assert server.started


def test_who_is_told_that_it_listens_can_connect() -> None:
    port = free_port()
    refused: list[bool] = []

    def connect() -> None:
        with socket.socket() as client:
            refused.append(client.connect_ex(("127.0.0.1", port)) != 0)

    make_server(sample_app(), "127.0.0.1", port, stopped=lambda: True, listening=connect).run()
    assert refused == [False]
