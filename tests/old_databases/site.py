"""The site of the kept installations: always at the same address, over four nights.

Three nights are lived by the version that makes an installation; one by that which takes it over.
Do not change what the first three show: the kept installations have read it.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple

ADDRESS = ("127.0.77.1", 8077)
"""On a loopback address of its own nobody but another run of these tests has taken the port."""
PATIENCE = 240.0
"""Seconds to wait for that one to end."""
HOME = f"http://{ADDRESS[0]}:{ADDRESS[1]}"
NIGHTS = [datetime(2026, 3, 2, 2, 30, tzinfo=UTC) + timedelta(days=n) for n in range(4)]
PAST = 3
"""Nights that a kept installation has seen."""

SOURCES = [
    {
        "id": "bote",
        "name": "Revierbote",
        "url": HOME + "/",
        "country": "DE",
        "languages": ["de", "ru"],
        "feeds": [{"url": HOME + "/feed"}],
        "exclude": ["/archiv/"],
    }
]
WATCHES = [
    {
        "id": "copper",
        "name": "Kupfer",
        "query": "commodity:copper",
        "channels": ["mailto:desk@example.org", "feed"],
    },
    {
        "id": "events",
        "name": "Veranstaltungen",
        "query": "has:event",
        "channels": ["mailto:desk@example.org"],
    },
]

_TEXT = """Das Bergwerk im Norden der Region fördert seit vier Jahren {subject}. Die Leitung hat \
am Montag Zahlen vorgelegt, nach denen die Förderung um ein Achtel gestiegen ist.

Der größte Teil wird auf der Schiene zur Hütte gebracht. Dort entstehen Bleche und Drähte für den \
Maschinenbau. Die Nachfrage sei höher als im Vorjahr, sagte die Sprecherin des Betriebs.

Im Sommer soll eine zweite Sohle erschlossen werden. Für Straßen, Pumpen und Wetterführung sind \
vierzig Millionen Euro vorgesehen. Die Gemeinde rechnet mit hundert neuen Stellen."""

_RUSSIAN = """Министерство промышленности и торговли сообщило о запуске новой обогатительной \
фабрики в Карагандинской области. На ней будут перерабатывать медную руду трёх месторождений.

Как рассказал министр Ерлан Садыков, предприятие создаст триста рабочих мест. Проектная мощность \
составит два миллиона тонн руды в год.

Строительство заняло три года. Концентрат будут поставлять на медеплавильный завод в Балхаше и на \
экспорт."""

_FORUM = """Das Rohstoffforum Zentralasien 2026 findet {when} in Astana statt. Veranstalter ist \
die Deutsche Rohstoffagentur gemeinsam mit der Deutsch-Kasachischen Handelskammer.

Erwartet werden Fachleute aus Deutschland, Kasachstan und Usbekistan. Sie beraten über Lithium, \
Kupfer und seltene Erden sowie über Lieferketten.

Anmeldungen nimmt die Handelskammer bis Ende April entgegen. Die Teilnahme ist kostenlos."""


class Answer(NamedTuple):
    """What the site says to a request."""

    body: bytes
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    location: str | None = None


def site_of(night: int) -> dict[str, Answer]:
    """Path → answer, as of a night (1 … 4)."""
    pages = _pages(night)
    return {
        **{path: page for path, page in pages.items() if page is not None},
        "/feed": _feed([path for path, page in pages.items() if page is not None], night),
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /intern/\n", "text/plain"),
    }


def _pages(night: int) -> dict[str, Answer | None]:
    """Pages that the feed names; None: not there (yet, or any more)."""
    added = [
        f"Nachtrag {n}: Der Kupferpreis stieg in der Nacht {n} um {n} Prozent."
        for n in (2, 4)
        if n <= night
    ]
    when = "am 12. und 13. Mai 2026" if night <= PAST else "am 9. und 10. Juni 2026"
    moved = night >= 3
    return {
        "/n/bleibt": _article("Zinkgrube liefert wie bisher", _TEXT.format(subject="Zinkerz")),
        "/n/waechst": _article(
            "Grube meldet Fortschritte", "\n\n".join([_TEXT.format(subject="Bleierz"), *added])
        ),
        "/n/kupfer": _article("Kupfer aus der Tiefe", _TEXT.format(subject="Kupfererz")),
        "/n/verschwindet": _article("Wolfram wird knapp", _TEXT.format(subject="Wolfram"))
        if night < 2
        else None,
        "/n/zieht-um": Answer(b"", status=301, location=HOME + "/n/umgezogen")
        if moved
        else _article("Nickel für Batterien", _TEXT.format(subject="Nickel")),
        "/n/umgezogen": _article("Nickel für Batterien", _TEXT.format(subject="Nickel"))
        if moved
        else None,
        "/n/kaputt": Answer(b"\x00" * 20_000),
        "/n/forum": _article("Rohstoffforum Zentralasien 2026 in Astana", _FORUM.format(when=when)),
        "/n/fabrika": _article("Новая фабрика под Карагандой", _RUSSIAN, lang="ru"),
        "/n/zweite-nacht": _night_page(2) if night >= 2 else None,
        "/n/dritte-nacht": _night_page(3) if night >= 3 else None,
        "/n/vierte-nacht": _night_page(4) if night >= 4 else None,
        "/archiv/alt": _article("Kupfer von gestern", _TEXT.format(subject="Kupfererz")),
        "/intern/plan": _article("Kupfer intern", _TEXT.format(subject="Kupfererz")),
    }


def _night_page(night: int) -> Answer:
    note = f"Meldung der Nacht {night}: Am Tagebau wurden {night} Lader für Kupfererz übergeben."
    return _article(
        f"Lader der Nacht {night}", "\n\n".join([_TEXT.format(subject="Zinkerz"), note])
    )


def _article(title: str, text: str, *, lang: str = "de") -> Answer:
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in text.split("\n\n"))
    html = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{escape(title)} | Revierbote</title>"
        '<meta property="article:published_time" content="2026-02-27T08:00:00+01:00"></head>'
        '<body><header><nav><ul><li><a href="/">Start</a></li><li><a href="/kontakt">Kontakt</a>'
        f"</li></ul></nav></header><main><article><h1>{escape(title)}</h1>{paragraphs}</article>"
        "</main><footer>© Revierbote</footer></body></html>"
    )
    return Answer(html.encode())


def _feed(paths: list[str], night: int) -> Answer:
    stated = format_datetime(NIGHTS[0] - timedelta(days=3))
    items = "".join(
        f"<item><title>{path}</title><link>{HOME}{path}</link><guid>{HOME}{path}</guid>"
        f"<pubDate>{stated}</pubDate></item>"
        for path in paths
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Revierbote</title><link>{HOME}/</link><description>Nacht {night}</description>"
        f"{items}</channel></rss>"
    )
    return Answer(text.encode(), "application/rss+xml")


class Site:
    """The running site; shows the night that was set last."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}

    def show(self, night: int) -> None:
        """From now on, answer as of this night."""
        self.answers = site_of(night)


@contextmanager
def serve() -> Iterator[Site]:
    """Serve the site at its address until the block is left."""
    site = Site()
    server = _listen(_handler(site))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _listen(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    last = time.monotonic() + PATIENCE
    while True:
        try:
            return ThreadingHTTPServer(ADDRESS, handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > last:
                raise
            time.sleep(0.2)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = site.answers.get(self.path, Answer(b"nicht gefunden", "text/plain", 404))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
