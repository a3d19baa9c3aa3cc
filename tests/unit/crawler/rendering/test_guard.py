"""The browser's only way out: what it lets through, without a browser."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

import pytest
import uvloop

from crawler.rendering.guard import GuardProxy, PageAllowance
from tests.loopback.site import LoopbackSite


def talked(
    requests: list[bytes],
    allowance: PageAllowance | None,
    allow: tuple[str, ...] = ("127.0.0.1/32",),
    *,
    loop: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop,
) -> list[bytes]:
    """What the proxy answers to each request, on connections of their own."""

    async def all_of_them() -> list[bytes]:
        proxy = GuardProxy(allow)
        await proxy.start()
        if allowance is not None:
            proxy.begin(allowance)
        answers = [await _talk(proxy.port, request) for request in requests]
        await proxy.close()
        return answers

    with asyncio.Runner(loop_factory=loop) as runner:
        return runner.run(all_of_them())


async def _talk(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = b""
    with suppress(ConnectionResetError):
        async with asyncio.timeout(20):
            while piece := await reader.read(10_000):
                answer += piece
    writer.close()
    with suppress(ConnectionResetError):
        await writer.wait_closed()
    return answer


def asked(url: str, more: str = "") -> bytes:
    host = url.split("/")[2]
    return (
        f"GET {url} HTTP/1.1\r\nHost: {host}\r\nProxy-Connection: keep-alive\r\n{more}\r\n".encode()
    )


def name(site: LoopbackSite) -> str:
    return site.url.removeprefix("http://")


def test_a_request_goes_to_the_site_and_no_second_one_follows_on_the_connection() -> None:
    with LoopbackSite() as site:
        site.text("/a?b=1", "Kupfer")
        (answer,) = talked(
            [asked(f"{site.url}/a?b=1") + asked("http://elsewhere.example/")],
            PageAllowance(frozenset({name(site)}), 10_000),
        )
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b"Kupfer")
        assert b"connection: close" in answer
        assert site.paths() == ["/a?b=1"]
        assert "proxy-connection" not in site.asked[0].headers


def test_a_tunnel_passes_bytes_both_ways() -> None:
    with LoopbackSite() as site:
        site.text("/", "Kupfer")
        request = f"CONNECT {name(site)} HTTP/1.1\r\n\r\nGET / HTTP/1.0\r\n\r\n".encode()
        (answer,) = talked([request], PageAllowance(frozenset({name(site)}), 10_000))
        assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.")
        assert answer.endswith(b"Kupfer")


@pytest.mark.parametrize("tunnel", [False, True])
def test_other_sites_and_forbidden_addresses_are_refused(tunnel: bool) -> None:
    with LoopbackSite("127.0.0.254") as inside, LoopbackSite() as other:
        sites = [inside, other]
        allowance = PageAllowance(frozenset({name(inside)}), 10_000)
        requests = [
            f"CONNECT {name(s)} HTTP/1.1\r\n\r\nGET / HTTP/1.0\r\n\r\n".encode()
            if tunnel
            else asked(f"{s.url}/")
            for s in sites
        ]
        answers = talked(requests, allowance)
        assert all(answer.startswith(b"HTTP/1.1 403") for answer in answers)
        assert inside.asked == other.asked == []
        assert "not a public address" in allowance.refused[0]
        assert "not a site of the source" in allowance.refused[1]
        # The same connections are made once they are allowed.
        allowance = PageAllowance(frozenset({name(inside), name(other)}), 10_000)
        talked(requests, allowance, ("127.0.0.0/8",))
        assert len(inside.asked) == len(other.asked) == 1


def test_a_name_is_judged_by_the_address_that_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["127.0.0.1", "127.0.0.254"])
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *rest: int, **named: int) -> Sequence[object]:
        return real(next(answers) if host == "rebound.example" else host, port, *rest, **named)

    with LoopbackSite() as site:
        port = site.url.rpartition(":")[2]
        with LoopbackSite("127.0.0.254") as inside:
            monkeypatch.setattr(socket, "getaddrinfo", rebinding)
            allowance = PageAllowance(frozenset({f"rebound.example:{port}"}), 10_000)
            request = asked(f"http://rebound.example:{port}/robots.txt")
            first, second = talked([request] * 2, allowance, loop=asyncio.new_event_loop)
            assert (first[:12], second[:12]) == (b"HTTP/1.1 200", b"HTTP/1.1 403")
            assert inside.asked == []


def test_a_page_has_its_share_of_bytes_and_nothing_outside_of_its_time() -> None:
    with LoopbackSite() as site:
        site.put("/large", b"x" * 1_000_000, "text/plain")
        allowance = PageAllowance(frozenset({name(site)}), 100_000)
        large, more = talked([asked(f"{site.url}/large")] * 2, allowance)
        assert 0 < len(large) < 300_000
        assert allowance.bytes_left <= 0
        assert len(more) < 1_000
        assert talked([asked(f"{site.url}/large")], None) == [b""]


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET x y z\r\n\r\n",
        b"GET http://[x/ H\r\n\r\n",
        b"CONNECT a:b H\r\n\r\n",
        b"x" * 70_000,
    ],
)
def test_what_is_no_request_ends_the_connection(request_: bytes) -> None:
    (answer,) = talked([request_], PageAllowance(frozenset({"x"}), 10))
    assert answer == b"" or answer.startswith(b"HTTP/1.1 403")
