"""Makes article pages of about 40 kB, with the furniture of real ones, for the crawl benchmark."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from benchmarks.crawl.article_words import WORDINGS, Wording

SIZE = 40_000
"""Bytes of a page, about: the median of the news pages that the crawl was designed by."""
CHARACTERS = 3_500
LANGUAGES = ("de", "en", "ru", "de", "en")
"""Language of each site in turn."""
_FIRST_DAY = date(2023, 1, 2)


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of a site."""

    path: str
    html: bytes
    published: date


def article_pages(site: int, count: int, characters: int = CHARACTERS) -> list[ArticlePage]:
    """The first `count` pages of a site; the same at every call, no two alike.

    `characters`: about so many has the text of the article; a longer one makes a larger page.
    """
    lang = LANGUAGES[site % len(LANGUAGES)]
    return [_Writer(lang, site, number, characters).page() for number in range(count)]


class _Writer:
    """Writes one page."""

    def __init__(self, lang: str, site: int, number: int, characters: int) -> None:
        self._lang = lang
        self._wording: Wording = WORDINGS[lang]
        self._number = number
        self._characters = characters
        # reproducible, nothing secret
        self._chance = random.Random(f"{site}/{number}")  # noqa: S311
        self._published = _FIRST_DAY + timedelta(days=self._chance.randrange(900))

    def page(self) -> ArticlePage:
        title = self._fill(self._wording.titles)
        title = f"{title[0].upper()}{title[1:]} ({self._number})"
        path = f"/{self._published:%Y/%m}/article-{self._number}.html"
        paragraphs = self._paragraphs()
        person = self._wording.persons[self._number % 4].split()
        author = " ".join(person[-2:])
        main = self._article(title, author, paragraphs)
        top, bottom = self._head(title, author), self._bottom()
        size = len((top + main + bottom).encode())
        script = self._script(max(0, SIZE - size))
        html = f"{top}{self._menu()}{main}{bottom}{script}</body></html>"
        return ArticlePage(path, html.encode(), self._published)

    def _fill(self, patterns: tuple[str, ...]) -> str:
        wording, chance = self._wording, self._chance
        day = self._published - timedelta(days=chance.randrange(1, 200))
        written = wording.day.format(
            day=day.day, month=wording.months[day.month - 1], year=day.year
        )
        return chance.choice(patterns).format(
            commodity=chance.choice(wording.commodities),
            place=chance.choice(wording.places),
            body=chance.choice(wording.bodies),
            person=chance.choice(wording.persons),
            number=chance.randrange(3, 400),
            day=written,
        )

    def _sentence(self) -> str:
        sentence = self._fill(self._wording.sentences)
        return sentence[0].upper() + sentence[1:]

    def _paragraphs(self) -> list[str]:
        chance = self._chance
        wanted = self._characters * chance.uniform(0.7, 1.3)
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < wanted:
            paragraphs.append(" ".join(self._sentence() for _ in range(chance.randint(2, 5))))
        if self._number % 3 == 0:
            paragraphs.insert(1, " ".join(self._fill((s,)) for s in self._wording.event))
        return paragraphs

    def _head(self, title: str, author: str) -> str:
        stated = f"{self._published.isoformat()}T08:30:00+01:00"
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": stated,
            "author": {"@type": "Person", "name": author},
            "publisher": {"@type": "Organization", "name": "Revierbote"},
        }
        metas = "".join(
            f'<meta property="{name}" content="{escape(value)}">'
            for name, value in (
                ("og:title", title),
                ("og:type", "article"),
                ("og:description", self._sentence()),
                ("article:published_time", stated),
            )
        )
        style = "".join(f".c{n}{{margin:{n % 9}px;padding:{n % 7}px}}" for n in range(120))
        return (
            f'<!doctype html><html lang="{self._lang}"><head><meta charset="utf-8">'
            f"<title>{escape(title)} | Revierbote</title>{metas}<style>{style}</style>"
            f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
            '<link rel="stylesheet" href="/static/site.css"></head><body class="node-article">'
        )

    def _menu(self) -> str:
        items = "".join(
            f'<li class="c{n}"><a href="/menu/{n}">{entry}</a><ul>'
            + "".join(
                f'<li><a href="/menu/{n}/{m}">{entry}: {self._wording.menu[m]}</a></li>'
                for m in range(6)
            )
            + "</ul></li>"
            for n, entry in enumerate(self._wording.menu)
        )
        boxes = self._wording.boxes
        return (
            f'<div class="cookie-banner" role="dialog"><p>{boxes["cookies"]}</p>'
            "<button>OK</button></div>"
            f'<header><a href="/">Revierbote</a><nav><ul>{items}</ul></nav></header>'
        )

    def _article(self, title: str, author: str, paragraphs: list[str]) -> str:
        boxes, wording, day = self._wording.boxes, self._wording, self._published
        shown = wording.day.format(day=day.day, month=wording.months[day.month - 1], year=day.year)
        text = "".join(f"<p>{escape(p)}</p>" for p in paragraphs[:4])
        text += f'<aside class="related-inline"><h3>{boxes["related"]}</h3>{self._links(3)}</aside>'
        text += f"<h2>{escape(self._wording.menu[self._number % 8])}</h2>"
        text += "".join(f"<p>{escape(p)}</p>" for p in paragraphs[4:])
        share = "".join(f'<a href="#{n}">{n}</a>' for n in ("Facebook", "LinkedIn", "X"))
        return (
            f'<main><article><h1>{escape(title)}</h1><p class="byline">{boxes["by"]} {author}</p>'
            f'<time datetime="{day.isoformat()}">{shown}</time>'
            f'<div class="share">{boxes["share"]}: {share}</div>'
            f'<div class="body">{text}</div></article>'
        )

    def _links(self, count: int) -> str:
        links = "".join(
            (
                f'<li><a href="/other/{self._chance.randrange(9999)}">'
                f"{escape(self._fill(self._wording.titles))}</a></li>"
            )
            for _ in range(count)
        )
        return f"<ul>{links}</ul>"

    def _bottom(self) -> str:
        boxes = self._wording.boxes
        comments = "".join(
            f'<li id="comment-{n}"><b>user{n}</b><p>{escape(self._sentence())}</p></li>'
            for n in range(5)
        )
        return (
            f'<section class="comments"><h3>{boxes["comments"]}</h3>'
            f"<ol>{comments}</ol></section></main>"
            f"<aside><h3>{boxes['related']}</h3>{self._links(8)}"
            f"<h3>{boxes['read']}</h3>{self._links(8)}</aside>"
            f"<footer><form><label>{boxes['newsletter']}<input></label></form>{self._links(6)}"
            "<p>© Revierbote</p></footer>"
        )

    def _script(self, size: int) -> str:
        pieces = "".join(
            f'{{"id":{n},"k":"{self._chance.getrandbits(64):x}"}},' for n in range(size // 36)
        )
        return f"<script>window.__state=[{pieces}null]</script>"
