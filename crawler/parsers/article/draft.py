"""Reads the article of a page: text, title, teaser, byline, authors, dates, language, kind."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import takewhile
from urllib.parse import urljoin, urlsplit

from crawler.parsers.article.authorship import AuthorReader, AuthorSource, choose_authors
from crawler.parsers.article.authorship import Choose as ChooseAuthors
from crawler.parsers.article.authorship.measures import Setting
from crawler.parsers.article.authorship.strings import may_sign
from crawler.parsers.article.blocks import LONG, TextBlock
from crawler.parsers.article.body import Body, join
from crawler.parsers.article.boilerplate_lines import BoilerplateLines
from crawler.parsers.article.byline import Byline, read_byline
from crawler.parsers.article.contact import read_contacts
from crawler.parsers.article.content import Content, ContentReader
from crawler.parsers.article.entries import lists_teasers
from crawler.parsers.article.kind import KindEvidence, judge_by_rules, judge_kind
from crawler.parsers.article.page_date import (
    LISTED,
    SEARCHED,
    PageDates,
    is_otherwise_listed,
    lies_ahead,
    prints,
    prints_without_year,
)
from crawler.parsers.article.page_words import PageWords
from crawler.parsers.article.publication import (
    Choose,
    Publication,
    PublicationReader,
    PublicationSource,
    choose_day,
)
from crawler.parsers.article.teaser import heading_index
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from crawler.parsers.language import detect_language, language_code
from crawler.parsers.markup import ARTICLE_TYPES, Markup, text_of
from crawler.parsers.reading_parts import ReadingParts
from crawler.profiles import SiteProfile
from crawler.profiles.article_places import is_read_in_full
from indexer.records.document import NOT_NEWS, Kind
from indexer.records.stated import NOTHING_STATED, Stated

HEAD_OF_TEXT, HEAD_LINES = 3_000, 25
"""Characters and lines of a bare text among which its date line is looked for."""

ENOUGH_WORDS = 400
"""Words of a text that is not a consent dialog or the teaser of a paywall."""

_UNJUDGED: Kind = "article"
"""What a page is where its kind could not be told: hiding news is worse."""


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
class _PageToRead:
    """A page, and what it is to be read with."""

    document: HtmlDocument
    url: str | None
    lang: str | None
    profile: SiteProfile | None
    fetched: date | None = None
    stated: Stated = NOTHING_STATED
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Methods:
    """How date and kind, which take most of the time, are read: in full, or by what is known of
    the site.
    """

    date: Callable[[PublicationSource, Content], Publication | None]
    judge: Callable[[KindEvidence, PageWords], Kind]
    lang: str | None = None
    """Language of a page that says so itself."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands around the title."""

    dated: Publication | None
    authors: int
    """Number of authors."""
    byline: Byline
    to_come: bool
    """A later day than that of the request stands where a day of publication would."""


class ArticleReader:
    """Reads articles with the words of all languages and a reader of lone dates."""

    def __init__(
        self,
        words: PageWords,
        dates: DateReader,
        judge: Callable[[KindEvidence, PageWords], Kind] = judge_kind,
        choose: Choose = choose_day,
        choose_names: ChooseAuthors = choose_authors,
    ) -> None:
        self._words = words
        self._judge = judge
        self._lines = BoilerplateLines(words)
        self._contents = ContentReader(self._lines, words)
        self._authors = AuthorReader(words, choose_names)
        self._publications = PublicationReader(dates, words, choose)
        self._page_dates = PageDates(self._publications, dates, words)

    def read(
        self,
        document: HtmlDocument,
        url: str | None,
        lang: str | None = None,
        profile: SiteProfile | None = None,
        *,
        fetched: date | None = None,
        at: datetime | None = None,
        stated: Stated = NOTHING_STATED,
    ) -> ArticleDraft:
        """Read a page; a given `lang` is trusted, `fetched` is the day of its request, `at` its
        instant. Raises ParseError as HtmlDocument does.

        What led to the page has `stated` its title and day: that helps to tell which of its lines
        and days they are, and its day counts where the page has none.

        What the profile of the site knows to recur on its pages is left out, but for contacts. A
        part that can't be read is left out, and named in `unread`. Where the places of the site's
        articles are proven, an article is read by them; so is not one page in twenty, nor any that
        is made otherwise, or whose day lists state otherwise.
        """
        if stated.ahead is None:
            draft = self.read_by_proven_places(document, url, lang, profile, stated)
            if draft is not None and not (
                lies_ahead(draft.publication, fetched)
                or is_otherwise_listed(draft.publication, stated)
            ):
                return draft
        page = _PageToRead(document, url, lang, profile, fetched, stated, at)
        return self._read_in_full(page)[0]

    def read_by_proven_places(
        self,
        document: HtmlDocument,
        url: str | None,
        lang: str | None,
        profile: SiteProfile | None,
        stated: Stated = NOTHING_STATED,
    ) -> ArticleDraft | None:
        """As `read_by_places`, of those pages that need not be read in full."""
        places = profile.articles if profile is not None else None
        if places is None or not places.is_proven or is_read_in_full(url):
            return None
        return self.read_by_places(document, url, lang, profile, stated)

    def read_with_content(
        self, document: HtmlDocument, url: str | None, lang: str | None, profile: SiteProfile | None
    ) -> tuple[ArticleDraft, Content]:
        """Read in full, whatever the profile knows of places; with where everything stands."""
        return self._read_in_full(_PageToRead(document, url, lang, profile))

    def read_by_places(
        self,
        document: HtmlDocument,
        url: str | None,
        lang: str | None,
        profile: SiteProfile | None,
        stated: Stated = NOTHING_STATED,
    ) -> ArticleDraft | None:
        """The article that stands at the places which the profile knows, proven or not; None where
        the page is made otherwise, or is no article.
        """
        if profile is None or profile.articles is None:
            return None
        page, reading = _PageToRead(document, url, lang, profile, stated=stated), ReadingParts()
        places = profile.articles
        content = reading.read(
            "places of articles",
            lambda: self._contents.read_by_places(document, url, profile, reading, stated.title),
            None,
        )
        if content is None or content.announced:
            return None
        methods = _Methods(
            partial(self._page_dates.read_known, places=places), judge_by_rules, places.lang
        )
        draft = self._draft(page, content, reading, methods)
        complete = draft.title and draft.text and (draft.published or not places.is_dated)
        return draft if complete and draft.kind == "article" and not draft.unread else None

    def _read_in_full(self, page: _PageToRead) -> tuple[ArticleDraft, Content]:
        reading = ReadingParts()
        content = self._contents.read(
            page.document, page.url, page.profile, reading, page.stated.title
        )
        methods = _Methods(self._page_dates.read, self._judge)
        return self._draft(page, content, reading, methods), content

    def _draft(
        self, page: _PageToRead, content: Content, reading: ReadingParts, methods: _Methods
    ) -> ArticleDraft:
        signed = content.blocks
        end = reading.read("closing line", lambda: self._closing_line(signed), None)
        if end is not None:
            signed = signed[: end + 1]
            content = dataclasses.replace(content, blocks=signed[:-1])
        titles, markup = content.titles, content.markup
        heading = reading.read("heading", lambda: heading_index(content.body, titles), 0)
        byline = reading.read(
            "byline",
            lambda: read_byline(content.tree, content.body, heading, self._lines, content.elements),
            Byline(()),
        )
        language = self._language(page, content, reading, methods.lang)
        source = _source(page, content, byline, language)
        dated = reading.read("publication date", lambda: methods.date(source, content), None)
        authors = reading.read(
            "authors", lambda: self._read_authors(content, heading, page.url, signed), ()
        )
        to_come = lies_ahead(dated, page.fetched)
        dated = None if to_come else dated
        shown = dated if dated is None or dated.rule != LISTED else None
        head = _Head(shown, len(authors), byline, to_come)
        evidence = partial(_evidence, page, content, head, self._words)
        kind = reading.read("kind", lambda: methods.judge(evidence(), self._words), _UNJUDGED)
        if dated is not None:
            dated = self._page_dates.of_page(dated, kind, source, content)
        blocks = self._blocks_of_kind(kind, page, content, reading, dated)
        announced = reading.read(
            "days of an event", lambda: content.announced if kind == "event" else (), ()
        )
        if dated is not None and dated.inferred and dated.part == "byline":
            byline = dataclasses.replace(byline, lines=(*byline.lines, dated.surface))
        return ArticleDraft(
            title=titles.title,
            title_inferred=titles.inferred,
            announced=announced,
            teaser=content.teaser,
            text=join(blocks),
            authors=authors,
            publication=dated,
            modified=self._modified(markup, language, reading),
            lang=language,
            kind=kind,
            canonical=_canonical(page.document, page.url),
            image=_absolute(markup.first_meta("og:image", "twitter:image"), page.url),
            robots=markup.first_meta("robots"),
            byline=byline.text,
            contact=self._contact(page, content, reading),
            markup=markup,
            unread=tuple(reading.failures),
        )

    def _blocks_of_kind(
        self,
        kind: Kind,
        page: _PageToRead,
        content: Content,
        reading: ReadingParts,
        dated: Publication | None,
    ) -> Sequence[TextBlock]:
        """The blocks of the text, chosen anew where the page proves to be no article; without the
        line that `dated` stands in.
        """
        blocks, day = content.blocks, dated.surface if dated is not None else ""
        if kind in NOT_NEWS:
            blocks = reading.read(
                "text of a page that is no article",
                lambda: self._contents.other_text(content),
                blocks,
            )
        elif kind == "event":
            ahead = _day_of(page.stated.ahead)
            blocks = reading.read(
                "text of an event",
                lambda: self._contents.event_text(content, day, ahead),
                blocks,
            )
            end = reading.read("closing line", lambda: self._closing_line(blocks), None)
            blocks = blocks[:end]
        if content.own is not None:
            own, chosen = content.own, blocks
            blocks = reading.read("line of the date", lambda: own.without_day(chosen, day), chosen)
        return blocks

    def _language(
        self, page: _PageToRead, content: Content, reading: ReadingParts, known: str | None
    ) -> str | None:
        declared = language_code(page.lang) or language_code(page.document.lang)
        if known is not None and declared == known:
            return known
        shown = (content.titles.title or "", content.teaser or "", join(content.blocks))
        return language_code(page.lang) or reading.read(
            "language", lambda: detect_language("\n".join(shown), page.document.lang), None
        )

    def _modified(self, markup: Markup, lang: str | None, reading: ReadingParts) -> str | None:
        return reading.read(
            "date of change", lambda: self._publications.read_modified(markup, lang), None
        )

    def _contact(self, page: _PageToRead, content: Content, reading: ReadingParts) -> str:
        return reading.read(
            "contact",
            lambda: read_contacts(
                page.document.tree, content.originals(), self._words, page.document.elements
            ),
            "",
        )

    def _closing_line(self, blocks: Sequence[TextBlock]) -> int | None:
        """Index of the line behind the last paragraph that says where and when the text was
        written, and by whom; None where none does, or several do, as in a list of dates.
        """
        behind = [*takewhile(lambda i: not _is_paragraph(blocks[i]), reversed(range(len(blocks))))]
        if len(behind) == len(blocks):
            return None
        ends = [i for i in behind if self._authors.closes(blocks[i].text)]
        return ends[0] if len(ends) == 1 else None

    def _read_authors(
        self, content: Content, heading: int, url: str | None, signed: tuple[TextBlock, ...]
    ) -> tuple[str, ...]:
        """`signed`: the blocks of the text, with the line that closes it."""
        source = AuthorSource(
            elements=content.elements,
            body=_to_signature(content.body, signed),
            behind_heading=heading,
            heading=content.titles.heading,
            host=_host(url),
            markup=content.markup,
            setting=Setting(
                _site_names(content.markup, url), content.titles.title or "", join(content.blocks)
            ),
            last_line=" ".join(signed[-1].text.split()) if signed else "",
        )
        return self._authors.read(source)

    def is_person(self, line: str) -> bool:
        """Whether a line is a person with a known first name, or names some behind byline words."""
        return self._authors.is_person(line)

    def published_in_text(self, text: str, lang: str | None, url: str | None) -> Publication | None:
        """Publication date of a bare text: in one of its first lines, else in the address."""
        lines = [line.strip() for line in text[:HEAD_OF_TEXT].split("\n") if line.strip()]
        shown = tuple(line for line in lines[:HEAD_LINES] if self._lines.is_date_line(line))
        return self._publications.in_text(Byline(shown), lang, url)


def _source(
    page: _PageToRead, content: Content, byline: Byline, lang: str | None
) -> PublicationSource:
    profile = page.profile
    return PublicationSource(
        elements=content.elements,
        url=page.url,
        lang=lang,
        markup=content.markup,
        byline=byline,
        body=content.body,
        blocks=content.shown,
        heading=content.titles.heading,
        day_first=profile.day_first if profile else None,
        believe_markup=profile is None or profile.believe_markup,
        listed=page.stated.day,
        ahead=page.stated.ahead,
        counted=page.stated.counted,
        fetched=page.fetched,
        at=page.at,
    )


def _evidence(page: _PageToRead, content: Content, head: _Head, words: PageWords) -> KindEvidence:
    titles, dated = content.titles, head.dated
    listed = titles.is_called(page.stated.title)
    return KindEvidence(
        elements=page.document.elements,
        title=titles.title,
        titles=[t for t in (titles.title or "", *titles.alternatives) if t],
        text=join(content.blocks),
        chosen=content.blocks,
        blocks=_all_blocks(content.shown, content.body, content.blocks),
        content=content.body.blocks,
        markup=content.markup,
        url=page.url,
        dated=dated is not None and dated.rule not in {"url", *SEARCHED},
        date_rule=dated.rule if dated is not None else "",
        authors=head.authors,
        byline=head.byline.text,
        own=content.own is not None,
        placed=content.own is not None and content.own.is_dated_as_others,
        proven=_is_proven(page, content),
        announced=head.to_come or bool(content.announced),
        ahead=(
            _is_ahead(page.stated.ahead, content, words, listed=listed)
            and not _is_of_year_before(page.stated.ahead, dated)
        ),
        listed=listed,
        teasers=lists_teasers(content.body.blocks, words, page.url),
    )


def _is_ahead(ahead: str | None, content: Content, words: PageWords, *, listed: bool) -> bool:
    """The page prints the day to come that lists state beside it; to that which they call by its
    title they state it with the year.
    """
    day = _day_of(ahead)
    if day is None or ahead is None:
        return False
    return prints(ahead, content) or (listed and prints_without_year(day, content, words))


def _is_of_year_before(ahead: str | None, dated: Publication | None) -> bool:
    """The page appeared on that day of a year before: a list of older pages prints no years."""
    if ahead is None or dated is None or dated.rule == LISTED:
        return False
    return dated.day < ahead[:10] and dated.day[4:] == ahead[4:10]


def _day_of(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso is not None else None


def _is_proven(page: _PageToRead, content: Content) -> bool:
    """Day and address stand where and are made as those of the site's news."""
    known = content.own is not None and content.own.is_dated_as_others
    return known and page.profile is not None and page.profile.has_news_at(page.url)


def _to_signature(body: Body, blocks: Sequence[TextBlock]) -> Body:
    """The chosen blocks up to the last one of the text, where that may be a signature: columns
    behind it are left out of the text, though they were chosen.
    """
    if not blocks or not may_sign(blocks[-1]):
        return body
    last = blocks[-1].element
    ends = [n for n, i in enumerate(body.chosen) if body.blocks[i].element is last]
    return dataclasses.replace(body, chosen=body.chosen[: ends[-1] + 1]) if ends else body


def _is_paragraph(block: TextBlock) -> bool:
    """One of its lines is long."""
    return any(len(line.words) >= LONG for line in block.lines)


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
    for link in document.elements.with_tags("link"):
        if "canonical" in link.attributes.get("rel", "").lower().split():
            return _absolute(link.attributes.get("href"), url)
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
