"""Made-up pages with the furniture of real ones, and feeds that name them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random

NIGHTS = [datetime(2026, 3, 2, 1, 30, tzinfo=UTC) + timedelta(days=n) for n in range(8)]
"""Moments for `--now`, a day apart."""

BODY = """
Das Bergwerk im Norden der Region fördert seit vier Jahren {subject}. Die Leitung hat am Montag \
Zahlen
vorgelegt, nach denen die Förderung um ein Achtel gestiegen ist.

Der größte Teil wird auf der Schiene zur Hütte gebracht. Dort entstehen Bleche und Drähte für den
Maschinenbau. Die Nachfrage sei höher als im Vorjahr, sagte die Sprecherin des Betriebs.

Im Sommer soll eine zweite Sohle erschlossen werden. Für Straßen, Pumpen und Wetterführung sind \
vierzig
Millionen Euro vorgesehen. Die Gemeinde rechnet mit hundert neuen Stellen.
""".strip()


_THINGS = [
    "Brücken",
    "Keller",
    "Fenster",
    "Gärten",
    "Lampen",
    "Mauern",
    "Dächer",
    "Hügel",
    "Treppen",
    "Wagen",
    "Leitern",
    "Hallen",
    "Zäune",
    "Bäume",
    "Teller",
    "Schuhe",
    "Körbe",
    "Tische",
    "Bänke",
    "Kisten",
    "Seile",
    "Räder",
    "Türme",
    "Wiesen",
]


def html_page(title: str, inner: str, head: str = "") -> str:
    """A page around its content: menu, banner, side column, footer."""
    return f"""<!doctype html><html lang="de"><head><meta charset="utf-8">\
<title>{escape(title)} | Revierbote</title>{head}</head>
<body><header><a href="/">Revierbote</a><nav><ul><li><a href="/politik">Politik</a></li>\
<li><a href="/wirtschaft">Wirtschaft</a></li>
<li><a href="/kontakt">Kontakt</a></li></ul></nav></header>
<div class="cookie-hint">Diese Seite verwendet Cookies. <button>Verstanden</button></div>
<main>{inner}</main>
<aside><h2>Meistgelesen</h2><ul><li><a href="/wetter">Das Wetter im Revier</a></li>\
<li><a href="/verkehr">Sperrung der Brücke</a></li></ul></aside>
<footer><a href="/impressum">Impressum</a> <a href="/datenschutz">Datenschutz</a> \
© Revierbote</footer></body></html>"""


def own_words(title: str) -> str:
    """A sentence of an article's own."""
    chosen = Random(title).sample(_THINGS, 5)  # always the same for a title
    return f"Genannt wurden {', '.join(chosen[:-1])} und {chosen[-1]}."


def article(
    title: str,
    subject: str = "Kupfererz",
    *,
    canonical: str | None = None,
    more: Sequence[str] = (),
    day: str = "2026-02-27",
) -> str:
    """A news article of three paragraphs about `subject`, and `more`.

    Each has words of its own, by its title: what several pages of a site say alike is taken for a
    part of the site.
    """
    texts = BODY.format(subject=subject).split("\n\n")
    paragraphs = [*(f"{text} {own_words(title)}" for text in texts), *more]
    inner = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    head = f'<meta property="article:published_time" content="{day}T08:00:00+01:00">'
    head += f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return html_page(
        title,
        f'<article><h1>{escape(title)}</h1><p class="byline">Von Karla Brandt</p>{inner}</article>',
        head,
    )


def feed(addresses: Sequence[str], *, day: datetime = NIGHTS[0]) -> str:
    """An RSS feed that names the addresses."""
    stated = format_datetime(day - timedelta(days=3))
    items = "".join(
        f"<item><title>Meldung {n}</title><link>{escape(url)}</link>"
        f'<guid isPermaLink="false">{n}</guid><pubDate>{stated}</pubDate></item>'
        for n, url in enumerate(addresses)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        "<title>Revierbote</title>"
        f"<link>http://127.0.0.1/</link><description>x</description>{items}</channel></rss>"
    )
