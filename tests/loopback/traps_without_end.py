"""A press site whose listing links to addresses without end beside its articles.

At every request the listing has new addresses of a trap in front of the same articles. What stands
at the trap's addresses says nothing new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape

from tests.e2e.newsroom import article, html_page
from tests.loopback.site import Answer, Asked, LoopbackSite, Script

LINKS = 60
"""Addresses of the trap in one answer of the listing."""
OFFER = "Das Sonderangebot der Woche"

COLOURS = ("rot", "blau", "grau", "weiss")
FORMS = ("rund", "eckig", "flach", "lang")
MONTHS = ("Januar", "Februar", "April", "Mai", "Juni", "Juli", "August", "September")


@dataclass(frozen=True)
class EndlessTrap:
    """How the addresses of a trap are made, and what they show."""

    name: str
    address: Callable[[int], str]
    """Path of the n-th address."""
    page: Callable[[str], str]
    """HTML at a path."""
    one_text: bool = True
    """Whether it is an article that is to be found once."""
    budget: int = 24
    """Pages that a night may request."""


@dataclass
class PressSite:
    """The site, its articles, and what was requested."""

    site: LoopbackSite
    trap: EndlessTrap | None = None
    articles: dict[str, str] = field(default_factory=dict)
    """Path → HTML."""
    made: int = 0
    """Addresses of the trap that the listing has named."""

    def answer(self, asked: Asked) -> Answer:
        """What the site says to any request."""
        if asked.path == "/aktuell":
            return _html(self._listing())
        if asked.path in self.articles:
            return _html(self.articles[asked.path])
        if self.trap is not None:
            return _html(self.trap.page(asked.path))
        return Answer(b"not here", 404)

    def _listing(self) -> str:
        trapped = []
        if self.trap is not None:
            trapped = [self.trap.address(self.made + n) for n in range(LINKS)]
            self.made += LINKS
        items = "".join(
            f'<li><a href="{escape(path)}">{escape(f"Meldung {path[-24:]}")}</a></li>'
            for path in [*trapped, *self.articles]
        )
        return html_page("Aktuelles", f'<h1>Aktuelles</h1><ul class="news">{items}</ul>')

    def asked(self, since: int = 0) -> list[str]:
        """Paths of pages that were requested."""
        return [p for p in self.site.paths()[since:] if p not in ("/aktuell", "/robots.txt")]


@contextmanager
def press_site(trap: EndlessTrap | None, articles: dict[str, str]) -> Iterator[PressSite]:
    """Serve the site."""
    with LoopbackSite() as site:
        press = PressSite(site, trap, articles)
        site.answers = _Everything(site.answers, press.answer)
        yield press


class _Everything(dict[str, Script]):
    """Answers whatever is asked for."""

    def __init__(self, answers: dict[str, Script], script: Script) -> None:
        super().__init__(answers)
        self._script = script

    def get(self, path: str, default: object = None) -> Script:
        del default
        return super().get(path) or self._script


def news(number: int) -> str:
    """The n-th article of a press site: most of it is as in the others."""
    return article(f"Bericht {number} aus dem Revier", more=[f"Im Schacht {number} wird gebaut."])


def token(number: int) -> str:
    """What a session looks like."""
    return hashlib.sha256(str(number).encode()).hexdigest()[:10] + "0a1"


def _html(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def _offer(path: str) -> str:
    del path
    return article(OFFER, "Zinn")


def _month(number: int) -> str:
    return f"/kalender/{2030 + number // 12}/{number % 12 + 1:02}"


def _calendar(path: str) -> str:
    _, _, year, month = path.split("/")
    name = MONTHS[int(month) % len(MONTHS)]
    inner = f"<h1>{name} {year}</h1><p>Im {name} {year} finden keine Veranstaltungen statt.</p>"
    return html_page(f"Kalender {name} {year}", inner)


def _facets(number: int) -> str:
    colour, form = COLOURS[number % 4], FORMS[number // 4 % 4]
    return f"/katalog?farbe={colour}&form={form}&seite={number}&sicht={number * 7 % 5}"


def _catalogue(path: str) -> str:
    colour, form = (part.split("=")[1] for part in path.split("?")[1].split("&")[:2])
    tiles = "".join(
        f'<li><a href="/katalog/{name}">Muster {name} aus unserem Lager</a></li>'
        for name in (colour, form, "alle", "neue", "alte", "andere")
    )
    return html_page(f"Katalog: {colour}, {form}", f"<h1>Katalog</h1><ul>{tiles}</ul>")


def _missing(path: str) -> str:
    del path
    return html_page("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Fehler 404.</p>")


ENDLESS = (
    EndlessTrap("session in the path", lambda n: f"/s/{token(n)}/angebot", _offer),
    EndlessTrap("session in the query", lambda n: f"/angebot?sid={token(n)}", _offer),
    EndlessTrap("nested for ever", lambda n: f"/{'a/' * (n + 2)}angebot", _offer),
    EndlessTrap("any address", lambda n: f"/archiv/meldung-{token(n)}", _offer),
    EndlessTrap("soft 404", lambda n: f"/archiv/meldung-{token(n)}", _missing, one_text=False),
    EndlessTrap("calendar", _month, _calendar, one_text=False, budget=60),
    EndlessTrap("facets", _facets, _catalogue, one_text=False),
)
