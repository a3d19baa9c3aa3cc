"""Five partner sites on loopback, as they stand from night to night.

Each has another way to be found and another way to say what changed: an honest sitemap, a feed with
validators, paged listings with counters that move, a sitemap in which everything is always new, and
a feed with documents and a page that moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from tests.e2e.newsroom import NIGHTS, article, feed, html_page
from tests.loopback.referee import Promise
from tests.loopback.site import LoopbackSite

STOCK = 8
"""Pages of each site on the first night; each later night brings one more."""
CONTACT = "tests@example.org"


@dataclass
class Story:
    """An article of a site."""

    path: str
    title: str
    added: list[str] = field(default_factory=list)
    """Paragraphs that an edit brought."""
    edited: datetime = NIGHTS[0]

    @property
    def html(self) -> str:
        """The page, without what changes by itself."""
        return article(self.title, f"Kupfererz ({self.path})", more=self.added)


@dataclass
class Partner:
    """One site with its stories; `show` puts them on the site as they stand tonight."""

    name: str
    site: LoopbackSite
    show: Callable[[Partner, datetime], None]
    promise: Promise
    stories: list[Story] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Address without the slash at the end."""
        return self.site.url

    def night(self, number: int, now: datetime) -> None:
        """Forget the requests; one story is new, one is edited, as of the second night."""
        self.site.asked.clear()
        self.site.most_in_flight = 0
        if not self.stories:
            self.stories = [self._story(n) for n in range(STOCK)]
        else:
            self.stories.append(self._story(len(self.stories)))
            edited = self.stories[-1 - number]
            edited.added.append(f"Nachtrag der Nacht {number}: Die Grube {number} bleibt offen.")
            edited.edited = now
        self.show(self, now)

    def addresses(self) -> list[str]:
        """Of all stories, the newest first."""
        return [self.url + story.path for story in reversed(self.stories)]

    def _story(self, number: int) -> Story:
        return Story(f"/m/{number}", f"Meldung {number} aus dem {self.name}")


def _pages(partner: Partner, *, validators: bool, furniture: str = "") -> None:
    for story in partner.stories:
        html = story.html.replace("</main>", f"{furniture}</main>")
        named = {"etag": f'"{len(story.added)}"'} if validators else {}
        partner.site.page(story.path, html, **named)


def _sitemap(partner: Partner, lastmod: Callable[[Story], datetime]) -> None:
    entries = "".join(
        f"<url><loc>{partner.url}{s.path}</loc><lastmod>{lastmod(s).isoformat()}</lastmod></url>"
        for s in partner.stories
    )
    xmlns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    partner.site.xml("/sitemap.xml", f'<urlset xmlns="{xmlns}">{entries}</urlset>')


def honest(partner: Partner, now: datetime) -> None:
    """A ministry: its sitemap says when each page changed; robots.txt asks for pauses."""
    del now
    _pages(partner, validators=False)
    _sitemap(partner, lambda story: story.edited)
    partner.site.text(
        "/robots.txt",
        (
            f"User-agent: *\nCrawl-delay: {partner.promise.delay}\nDisallow: /intern/\n"
            f"Sitemap: {partner.url}/sitemap.xml\n"
        ),
    )
    partner.site.page("/", html_page("Start", '<a href="/intern/liste">Internes</a>'))


def press(partner: Partner, now: datetime) -> None:
    """A newspaper: a feed of its last ten stories, and validators that can be believed."""
    _pages(partner, validators=True)
    partner.site.xml("/feed", feed(partner.addresses()[:10], day=now))


def association(partner: Partner, now: datetime) -> None:
    """An association: listings of five entries each, no validators, a counter on every page."""
    shares = now.day * 7
    _pages(partner, validators=False, furniture=f'<div class="share">{shares}× geteilt</div>')
    addresses = partner.addresses()
    pages = [addresses[n : n + 5] for n in range(0, len(addresses), 5)]
    for number, entries in enumerate(pages):
        teasers = "".join(
            f'<article><h3><a href="{url}">Eine Meldung über das Revier, die {n + 1}.</a></h3>'
            "<p>Was die Grube plant und wer sie besucht.</p></article>"
            for n, url in enumerate(entries)
        )
        more = f'<a rel="next" href="/presse?seite={number + 1}">Weitere Meldungen</a>'
        path = f"/presse?seite={number}" if number else "/presse"
        partner.site.page(
            path, html_page("Presse", teasers + (more if number + 1 < len(pages) else ""))
        )


def agency(partner: Partner, now: datetime) -> None:
    """An agency: every page is new every night, says its sitemap; and each has a token."""
    token = f'<script>window.token="{now.isoformat()}"</script>'
    _pages(partner, validators=False, furniture=token)
    _sitemap(partner, lambda story: now)


def survey(partner: Partner, now: datetime) -> None:
    """A survey: a feed; its first story moves on the third night, its second one goes."""
    _pages(partner, validators=False)
    partner.site.xml("/feed", feed(partner.addresses(), day=now))
    if now >= NIGHTS[2]:
        first, second = partner.stories[:2]
        partner.site.redirect(first.path, "/archiv" + first.path, 301)
        partner.site.page("/archiv" + first.path, first.html)
        partner.site.answers.pop(second.path, None)


KINDS = {
    "ministry": (honest, 0.3),
    "press": (press, 0.1),
    "association": (association, 0.1),
    "agency": (agency, 0.1),
    "survey": (survey, 0.1),
}


@contextmanager
def partner_sites() -> Iterator[dict[str, Partner]]:
    """All five, empty until their first night."""
    with ExitStack() as stack:
        yield {
            name: Partner(
                name,
                stack.enter_context(LoopbackSite()),
                show,
                Promise(delay, ("/intern/",), escape(CONTACT)),
            )
            for name, (show, delay) in KINDS.items()
        }
