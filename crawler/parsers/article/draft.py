"""Reads the article of a page: text, title, teaser, byline, authors, dates, language, kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.parsers.article.authorship import AuthorReader, AuthorSource, choose_authors
from crawler.parsers.article.authorship import Choose as ChooseAuthors
from crawler.parsers.article.authorship.measures import Setting
from crawler.parsers.article.blocks import TextBlock, read_blocks
from crawler.parsers.article.body import Body, join, read_body, read_long_blocks, trim
from crawler.parsers.article.boilerplate import is_hidden
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.byline import Byline, read_byline
from crawler.parsers.article.contact import read_contacts
from crawler.parsers.article.kind import KindEvidence, judge_kind
from crawler.parsers.article.own_content import OwnContent
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.publication import (
    Choose,
    LoneDates,
    Publication,
    PublicationReader,
    PublicationSource,
    choose_day,
    settle_date,
)
from crawler.parsers.article.teaser import heading_index, read_teaser
from crawler.parsers.article.title import Titles, read_title
from crawler.parsers.html import HtmlDocument
from crawler.parsers.language import detect_language, language_code
from crawler.parsers.markup import ARTICLE_TYPES, Markup, read_markup, text_of
from crawler.parsers.reading_parts import ReadingParts
from crawler.profiles import SiteProfile
from indexer.records.document import Kind

HEAD_OF_TEXT, HEAD_LINES = 3_000, 25
"""Characters and lines of a bare text among which its date line is looked for."""

ENOUGH_WORDS = 400
"""Words of a text that is not a consent dialog or the teaser of a paywall."""

_UNJUDGED: Kind = "article"
"""What a page is where its kind could not be told: hiding news is worse."""

_SEARCHED = frozenset({"printed", "script"})
"""Rules of dates that stand anywhere in a page."""

_DESCRIPTIONS = ("description", "og:description", "twitter:description")


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """What the article of a page says, before dates, entities and events are looked for."""

    title: str | None
    teaser: str | None
    text: str
    authors: tuple[str, ...]
    publication: Publication | None
    modified: str | None
    lang: str | None
    kind: Kind
    canonical: str | None
    image: str | None
    robots: str | None
    byline: str
    contact: str
    markup: Markup
    title_inferred: bool = False
    """Nothing but its place, which the site's profile knows, supports the title."""
    unread: tuple[str, ...] = ()
    """Parts that could not be read, each with its error."""
    announced: tuple[str, ...] = ()
    """Days of the event that it announces, as they are printed where its site prints them."""

    @property
    def published(self) -> str | None:
        """Partial date of publication."""
        return self.publication.day if self.publication else None

    @property
    def published_at(self) -> datetime | None:
        """Instant of publication in UTC."""
        return self.publication.instant if self.publication else None


@dataclass(frozen=True, slots=True)
class _Content:
    """Title, teaser and text, and what they were read from."""

    tree: lxml.html.HtmlElement
    own: OwnContent | None
    markup: Markup
    titles: Titles
    body: Body
    teaser: str | None
    blocks: tuple[TextBlock, ...]
    """Those of the text."""
    shown: Sequence[TextBlock]
    """All that the page shows, dialogs and boxes too."""

    def originals(self) -> frozenset[lxml.html.HtmlElement]:
        """Elements of the text's blocks in the tree of the whole page."""
        if self.own is not None:
            return self.own.originals(self.blocks)
        return frozenset(block.element for block in self.blocks)

    @property
    def announced(self) -> tuple[str, ...]:
        """Days that stand where the site, by its profile, prints days to come."""
        return self.own.announced() if self.own is not None else ()


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands around the title."""

    dated: Publication | None
    authors: int
    """Number of authors."""
    byline: Byline


class ArticleReader:
    """Reads articles with the words of all languages and a reader of lone dates."""

    def __init__(
        self,
        words: PageWords,
        dates: LoneDates,
        judge: Callable[[KindEvidence, PageWords], Kind] = judge_kind,
        choose: Choose = choose_day,
        choose_names: ChooseAuthors = choose_authors,
    ) -> None:
        self._words = words
        self._judge = judge
        self._dates = dates
        self._lines = BoilerplateLines(words)
        self._authors = AuthorReader(words, choose_names)
        self._publications = PublicationReader(dates, words, choose)

    def read(
        self,
        document: HtmlDocument,
        url: str | None,
        lang: str | None = None,
        profile: SiteProfile | None = None,
    ) -> ArticleDraft:
        """Read a page; a given `lang` is trusted. Raises ParseError as HtmlDocument does.

        What the profile of the site knows to recur on its pages is left out, but for contacts. A
        part that can't be read is left out, and named in `unread`.
        """
        reading = ReadingParts()
        content = self._content(document, url, profile, reading)
        body, titles, teaser, blocks = content.body, content.titles, content.teaser, content.blocks
        text = join(blocks)
        heading = reading.read("heading", lambda: heading_index(body, titles), 0)
        byline = reading.read(
            "byline",
            lambda: read_byline(content.tree, body, heading, self._lines),
            Byline(()),
        )
        language = language_code(lang) or reading.read(
            "language",
            lambda: detect_language(f"{titles.title or ''}\n{teaser or ''}\n{text}", document.lang),
            None,
        )
        source = PublicationSource(
            tree=content.tree,
            url=url,
            lang=language,
            markup=content.markup,
            byline=byline,
            body=body,
            blocks=content.shown,
            heading=titles.heading,
            day_first=profile.day_first if profile else None,
        )
        dated = reading.read("publication date", lambda: self._stated_date(source, content), None)
        authors = reading.read("authors", lambda: self._read_authors(content, heading, url), ())
        kind = reading.read(
            "kind",
            lambda: self._judge(
                _evidence(document, url, content, _Head(dated, len(authors), byline)), self._words
            ),
            _UNJUDGED,
        )
        if dated is not None and not _is_of_page(dated, kind, announced=bool(content.announced)):
            dated = None
        if content.own is not None:
            shown, surface, chosen = content.own, dated.surface if dated is not None else "", blocks
            blocks = reading.read(
                "line of the date", lambda: shown.without_day(chosen, surface), chosen
            )
        announced = reading.read(
            "days of an event", lambda: content.announced if kind == "event" else (), ()
        )
        if dated is not None and dated.inferred:
            byline = dataclasses.replace(byline, lines=(*byline.lines, dated.surface))
        return ArticleDraft(
            title=titles.title,
            title_inferred=titles.inferred,
            announced=announced,
            teaser=teaser,
            text=join(blocks),
            authors=authors,
            publication=dated,
            modified=reading.read(
                "date of change",
                lambda: self._publications.read_modified(content.markup, language),
                None,
            ),
            lang=language,
            kind=kind,
            canonical=_canonical(document, url),
            image=_absolute(content.markup.first_meta("og:image", "twitter:image"), url),
            robots=content.markup.first_meta("robots"),
            byline=byline.text,
            contact=reading.read(
                "contact",
                lambda: read_contacts(document.tree, content.originals(), self._words),
                "",
            ),
            markup=content.markup,
            unread=tuple(reading.failures),
        )

    def _content(
        self,
        document: HtmlDocument,
        url: str | None,
        profile: SiteProfile | None,
        reading: ReadingParts,
    ) -> _Content:
        """Title, teaser and text."""
        own = (
            reading.read("site profile", lambda: OwnContent(document.tree, profile), None)
            if profile is not None
            else None
        )
        tree = own.tree if own is not None else document.tree
        markup = reading.read("markup", lambda: read_markup(document, url), Markup())
        frame: frozenset[str] = profile.title_frame if profile else frozenset()
        titles = reading.read(
            "title", lambda: read_title(tree, markup, frame), Titles(None, None, ())
        )
        body = reading.read("text", lambda: read_body(tree), None)
        if body is None:
            body = reading.read("blocks", lambda: read_long_blocks(tree), Body((), ()))
        if own is not None:
            found, whole = titles, body
            titles = reading.read("title of the site profile", lambda: own.titles(found), found)
            body = reading.read("text of the site profile", lambda: own.body(whole), whole)
        final = body
        teaser = reading.read(
            "teaser",
            lambda: read_teaser(final, titles, markup.first_meta(*_DESCRIPTIONS), self._lines),
            None,
        )
        chosen = tuple(body.blocks[i] for i in body.chosen)
        blocks = reading.read(
            "frame of the text", lambda: self._trim(final, titles, teaser), chosen
        )
        shown = reading.read("shown blocks", lambda: read_blocks(tree, is_hidden), [])
        return _Content(tree, own, markup, titles, body, teaser, blocks, shown)

    def _stated_date(self, source: PublicationSource, content: _Content) -> Publication | None:
        dated = self._publications.read(source)
        if content.own is None:
            return dated
        return settle_date(dated, content.own, source, self._dates)

    def _read_authors(self, content: _Content, heading: int, url: str | None) -> tuple[str, ...]:
        source = AuthorSource(
            tree=content.tree,
            body=content.body,
            behind_heading=heading,
            heading=content.titles.heading,
            host=_host(url),
            markup=content.markup,
            setting=Setting(
                _site_names(content.markup, url), content.titles.title or "", join(content.blocks)
            ),
        )
        return self._authors.read(source)

    def published_in_text(self, text: str, lang: str | None, url: str | None) -> Publication | None:
        """Publication date of a bare text: in one of its first lines, else in the address."""
        lines = [line.strip() for line in text[:HEAD_OF_TEXT].split("\n") if line.strip()]
        shown = tuple(line for line in lines[:HEAD_LINES] if self._lines.is_date_line(line))
        return self._publications.in_text(Byline(shown), lang, url)

    def _trim(self, body: Body, titles: Titles, teaser: str | None) -> tuple[TextBlock, ...]:
        names = [titles.title or "", *titles.alternatives]
        blocks = trim(body, self._lines, names, teaser)
        if blocks or not teaser:
            return blocks
        # A page that is nothing but its teaser keeps it as its text.
        return trim(body, self._lines, names, None)


def _evidence(
    document: HtmlDocument, url: str | None, content: _Content, head: _Head
) -> KindEvidence:
    titles, dated = content.titles, head.dated
    return KindEvidence(
        tree=document.tree,
        title=titles.title,
        titles=[t for t in (titles.title or "", *titles.alternatives) if t],
        text=join(content.blocks),
        chosen=content.blocks,
        blocks=_all_blocks(content.shown, content.body, content.blocks),
        content=content.body.blocks,
        markup=content.markup,
        url=url,
        dated=dated is not None and dated.rule not in {"url", *_SEARCHED},
        authors=head.authors,
        byline=head.byline.text,
        own=content.own is not None,
        announced=bool(content.announced),
    )


def _is_of_page(dated: Publication, kind: Kind, *, announced: bool) -> bool:
    """Whether a page of the kind has the date itself; that of a list may be of one of its items,
    and that of a page that announces an event the day of that.
    """
    if kind == "listing":
        return dated.rule in ("json-ld", "meta")
    silent = announced or kind in ("soft-404", "consent-wall")
    return not silent or dated.rule not in _SEARCHED


def _host(url: str | None) -> str:
    return (urlsplit(url or "").hostname or "").removeprefix("www.")


def _site_names(markup: Markup, url: str | None) -> list[str]:
    """What the site is called: by its markup, its address, and as the publisher."""
    publishers = [
        name for node in markup.of_type(ARTICLE_TYPES) if (name := text_of(node.get("publisher")))
    ]
    host = _host(url)
    return [markup.first_meta("og:site_name") or "", host, host.split(".")[0], *publishers]


def _all_blocks(
    shown: Sequence[TextBlock], body: Body, chosen: Sequence[TextBlock]
) -> Sequence[TextBlock]:
    """The page's blocks with dialogs and boxes where the text is short enough to be one of them."""
    if sum(len(b.words) for b in chosen) > ENOUGH_WORDS:
        return body.blocks
    return shown


def _canonical(document: HtmlDocument, url: str | None) -> str | None:
    for link in document.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return _absolute(link.get("href"), url)
    return None


def _absolute(address: str | None, url: str | None) -> str | None:
    """The address resolved against the page's; None if that gives no web address."""
    if not address or not address.strip():
        return None
    try:
        resolved = urljoin(url or "", address.strip())
        parts = urlsplit(resolved)
    except ValueError:
        return None
    return resolved if parts.scheme in ("http", "https") and parts.netloc else None
