"""Hostile servers on loopback, one trap each, at the level of the socket.

Every trap is a site of its own: robots.txt allows all and the feed lists an ordinary page and the
trap, unless the trap is one of these two. The traps are those that broke crawlers when they were
measured: bombs, endless and slow answers, silence, torn encodings, loops, giant headers, markup
attacks, wrong charsets, broken HTTP.
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Self

MEBIBYTE = 1 << 20
BOMB = 256
"""MiB that a compression bomb unfolds to."""
PATIENCE = 90.0
"""Seconds after which a slow or silent trap gives up by itself."""

Send = Callable[[socket.socket, str], None]
"""Answers one request on the connection; the text is the site's address."""

ARTICLE = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8">'
    "<title>{title} | Hafenblatt</title></head>"
    '<body><nav><a href="/">Start</a> <a href="/kontakt">Kontakt</a></nav><main><article>'
    "<h1>{title}</h1>"
    "<p>Die Werft im Westhafen hat am Dienstag den Kiel eines Frachters gelegt, der Erz aus "
    "dem Norden bringen soll.</p>"
    "<p>Das Schiff soll in zwei Jahren fahren. Die Reederei rechnet mit zwölf Fahrten im "
    "Jahr und sucht Offiziere.</p>"
    "<p>Der Stahl kommt aus der Hütte am Kanal, deren zweiter Hochofen im Herbst wieder "
    "angeblasen wird.</p>"
    "</article></main><footer>© Hafenblatt</footer></body></html>"
)


@dataclass(frozen=True, slots=True)
class Trap:
    """One hostile answer and what may become of it."""

    name: str
    send: Send
    outcomes: frozenset[str]
    """Outcomes of the address that a reader of the record would call right."""
    path: str = "/trap"
    """Where it lies: a page, the feed (`/feed`), a sitemap (`/sitemap.xml`) or `/robots.txt`."""

    @property
    def is_slow(self) -> bool:
        """Whether it may end by the crawler's time-out alone."""
        return "timed-out" in self.outcomes or self.send is _silence

    @property
    def is_page(self) -> bool:
        """Whether the trap is an article's address, rather than a document of discovery."""
        return self.path == "/trap"


@dataclass
class TrapSite:
    """A server of raw sockets that answers with a trap; use as a context manager."""

    trap: Trap
    asked: list[str] = field(default_factory=list)
    """Paths in the order in which they were asked for."""

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    @property
    def address(self) -> str:
        """Where the trap lies."""
        return self.url + self.trap.path

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(PATIENCE)
            while path := _requested(connection):
                self.asked.append(path)
                if path.startswith(self.trap.path):
                    self.trap.send(connection, self.url)
                    break
                connection.sendall(self._ordinary(path))
        self._open.discard(connection)

    def _ordinary(self, path: str) -> bytes:
        if path == "/robots.txt":
            map_line = f"Sitemap: {self.url}/sitemap.xml\n" if "xml" in self.trap.path else ""
            return answer(f"User-agent: *\nAllow: /\n{map_line}".encode(), "text/plain")
        if path == "/feed":
            return answer(rss(self.url + "/good", self.url + "/trap"), "application/rss+xml")
        if path == "/good":
            return answer(article("Kiel im Westhafen gelegt"), HTML)
        return answer(b"not here", "text/plain", status="404 Not Found")


@contextmanager
def trap_sites(*names: str) -> Iterator[Mapping[str, TrapSite]]:
    """Serve all traps, or those named: name → site."""
    for layers in (1, 2):
        _bomb(layers)  # takes seconds, which would count as the site's silence
    _deflate_bomb()
    with ExitStack() as stack:
        chosen = [trap for trap in TRAPS if not names or trap.name in names]
        yield {trap.name: stack.enter_context(TrapSite(trap)) for trap in chosen}


# -- parts of answers

HTML = "text/html; charset=utf-8"


def article(title: str) -> bytes:
    """An ordinary page."""
    return ARTICLE.format(title=escape(title)).encode()


def rss(*urls: str) -> bytes:
    """An ordinary feed."""
    items = "".join(f"<item><title>Aus dem Hafen</title><link>{u}</link></item>" for u in urls)
    return f'<rss version="2.0"><channel><title>Hafenblatt</title>{items}</channel></rss>'.encode()


def answer(body: bytes, kind: str, *, status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer; header names with `_` for `-`, and Content_Length to announce another
    one.
    """
    fields = {"Content-Type": kind, "Content-Length": str(len(body))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def _requested(connection: socket.socket) -> str | None:
    """Path of the next request on the connection; None: it ended."""
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(65536)
        if not more:
            return None
        head += more
    return head.split(b" ", 2)[1].decode("latin-1")


@cache
def _bomb(layers: int = 1) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(MEBIBYTE)
    packed = b"".join(packer.compress(block) for _ in range(BOMB)) + packer.flush()
    for _ in range(layers - 1):
        packed = gzip.compress(packed, mtime=0)
    return packed


@cache
def _deflate_bomb() -> bytes:
    return zlib.compress(bytes(64 * MEBIBYTE))


# -- traps


def _whole(make: Callable[[str], bytes]) -> Send:
    """Sends an answer made from the site's address."""

    def send(connection: socket.socket, site: str) -> None:
        connection.sendall(make(site))

    return send


def _page(body: bytes, kind: str = HTML, **headers: str) -> Send:
    return _whole(lambda _: answer(body, kind, **headers))


def _redirect(target: str) -> Send:
    return _whole(
        lambda site: answer(b"", HTML, status="302 Found", Location=target.format(site=site))
    )


def _drip(first: bytes, piece: bytes, pause: float) -> Send:
    """Sends a beginning, then a piece at a time until the other side has had enough."""

    def send(connection: socket.socket, _: str) -> None:
        connection.sendall(first)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(pause)

    return send


def _silence(connection: socket.socket, _: str) -> None:
    connection.recv(1)  # until the other side goes


def _hang_up(connection: socket.socket, _: str) -> None:
    # No linger: the other side sees a reset.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


_START = f"HTTP/1.1 200 OK\r\nContent-Type: {HTML}\r\n".encode()
_CHUNKED = _START + b"Transfer-Encoding: chunked\r\n\r\n"
_GOOD = article("Ein Titel aus dem Hafen")
_HALF = gzip.compress(_GOOD, mtime=0)[:400]
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {n} "{f"&{p};" * 10}">' for p, n in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)
_OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">'
    '<!ENTITY y SYSTEM "{site}/stolen">]>'
)


def _urlset(start: str, content: str) -> Callable[[str], bytes]:
    text = f'{start}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{content}</urlset>'
    return lambda site: answer(text.replace("{site}", site).encode(), "application/xml")


def _channel(start: str, content: str) -> Callable[[str], bytes]:
    text = f'{start}<rss version="2.0"><channel><title>{content}</title></channel></rss>'
    return lambda site: answer(text.replace("{site}", site).encode(), "application/rss+xml")


def _set(*outcomes: str) -> frozenset[str]:
    return frozenset(outcomes)


REFUSED = _set("refused")
SLOW = _set("timed-out")
BROKEN = _set("unreachable", "refused")

TRAPS = (
    Trap("gzip bomb", _whole(lambda _: answer(_bomb(), HTML, Content_Encoding="gzip")), REFUSED),
    Trap(
        "gzip bomb in a gzip bomb",
        _whole(lambda _: answer(_bomb(2), HTML, Content_Encoding="gzip, gzip")),
        REFUSED,
    ),
    Trap(
        "deflate bomb",
        _whole(lambda _: answer(_deflate_bomb(), HTML, Content_Encoding="deflate")),
        REFUSED,
    ),
    Trap(
        "brotli, which was not asked for",
        _page(b"\xcf\xff\xff" * 99, Content_Encoding="br"),
        REFUSED,
    ),
    Trap(
        "zstd, which was not asked for", _page(b"(\xb5/\xfd" * 99, Content_Encoding="zstd"), REFUSED
    ),
    Trap(
        "sitemap bomb",
        _whole(lambda _: answer(_bomb(), "application/gzip")),
        REFUSED,
        "/sitemap.xml",
    ),
    Trap("endless body", _drip(_CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", 0), REFUSED),
    Trap("2 GB announced", _page(_GOOD, Content_Length=str(2 << 30)), REFUSED),
    Trap("slow body", _drip(_START + b"Content-Length: 90000\r\n\r\n", b"<p>", 0.5), SLOW),
    Trap("slow headers", _drip(_START, b"X-More: 1\r\n", 0.5), SLOW | REFUSED),
    Trap("silence", _silence, SLOW),
    Trap(
        "silence after the headers", _drip(_START + b"Content-Length: 500\r\n\r\n", b"", 0.5), SLOW
    ),
    Trap("silence for robots.txt", _silence, _set(), "/robots.txt"),
    Trap(
        "endless robots.txt",
        _drip(_CHUNKED, b"10000\r\n" + b"#" * 65536 + b"\r\n", 0),
        _set(),
        "/robots.txt",
    ),
    Trap("connection reset", _hang_up, BROKEN),
    Trap(
        "gzip cut short",
        _page(_HALF, Content_Encoding="gzip"),
        _set("new", "quarantined", "not-an-article"),
    ),
    Trap(
        "gzip that is none",
        _page(_GOOD, Content_Encoding="gzip"),
        _set("new", "refused", "quarantined"),
    ),
    Trap(
        "body shorter than announced",
        _page(_GOOD, Content_Length=str(len(_GOOD) + 500)),
        _set("new", "timed-out"),
    ),
    Trap("redirect to itself", _redirect("/trap"), REFUSED),
    Trap("endless redirects", _whole(lambda _: _further()), REFUSED),
    Trap("redirect to a page of the run", _redirect("/good"), _set("duplicate")),
    Trap("redirect to a file", _redirect("file:///etc/hostname"), REFUSED),
    Trap("redirect to a foreign host", _redirect("http://127.0.0.254:9/"), REFUSED),
    Trap("redirect to nowhere", _redirect("http://[::"), REFUSED),
    Trap("a header of 300 kB", _page(_GOOD, X_Big="x" * 300_000), REFUSED),
    Trap("20,000 headers", _whole(lambda _: _many_headers()), REFUSED),
    Trap(
        "endless interim answers",
        _drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50, 0.05),
        SLOW | BROKEN,
    ),
    Trap("no HTTP", _whole(lambda _: b"220 mail.example ESMTP\r\n"), BROKEN),
    Trap("a chunk size that is none", _whole(lambda _: _CHUNKED + b"zz\r\nxx\r\n"), BROKEN),
    Trap(
        "a chunk of 16 EB",
        _whole(lambda _: _CHUNKED + b"ffffffffffffffff\r\n" + _GOOD),
        _set("new", "quarantined") | BROKEN,
    ),
    Trap(
        "100,000 attributes",
        _page(b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + _GOOD),
        _set("quarantined"),
    ),
    Trap(
        "100,000 nested elements",
        _page(b"<div>" * 100_000 + _GOOD + b"</div>" * 100_000),
        _set("new", "quarantined"),
    ),
    Trap(
        "entities that multiply in a sitemap",
        _whole(_urlset(_LAUGHS, "<url><loc>{site}/&j;</loc></url>")),
        _set("refused", "fetched"),
        "/sitemap.xml",
    ),
    Trap(
        "entities that multiply in a feed",
        _whole(_channel(_LAUGHS, "&j;")),
        _set("refused", "fetched"),
        "/feed",
    ),
    Trap(
        "a file named by an entity in a sitemap",
        _whole(_urlset(_OUTSIDE, "<url><loc>{site}/&x;&y;</loc></url>")),
        _set("refused", "fetched"),
        "/sitemap.xml",
    ),
    Trap(
        "windows-1251 that says utf-8",
        _page("Шахта на севере области даёт больше руды. ".encode("cp1251") * 30),
        _set("new", "quarantined"),
    ),
    Trap("picture that says html", _page(b"\x89PNG\r\n\x1a\n" * 40), REFUSED),
)
"""One for each way of harm; the bombs unfold to `BOMB` MiB."""


def _further() -> bytes:
    """A redirect to an address that was never seen before."""
    target = f"/trap/{time.monotonic_ns()}"
    return answer(b"", HTML, status="302 Found", Location=target)


def _many_headers() -> bytes:
    head = b"".join(b"X-%d: 1\r\n" % n for n in range(20_000))
    return _START + head + b"Content-Length: 2\r\n\r\nok"
