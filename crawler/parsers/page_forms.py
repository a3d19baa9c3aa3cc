"""A page as its form has it: HTML, PDF, calendar file or bare text, before anything is looked for
in it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from crawler.parsers.alternates import read_alternates
from crawler.parsers.article import ArticleDraft, ArticleReader, PageWords
from crawler.parsers.article.printed_dates import says_day
from crawler.parsers.article.publication import Publication, parse_iso
from crawler.parsers.calendars import is_calendar, read_calendar
from crawler.parsers.dates import DateReader
from crawler.parsers.embedded_article import find_embedded_article, insert_article
from crawler.parsers.html import HtmlDocument
from crawler.parsers.language import detect_language, language_code
from crawler.parsers.pdf import PdfReader, PdfWords, is_pdf
from crawler.parsers.pdf.publication import find_publication
from crawler.parsers.raw_page import RawPage
from crawler.parsers.sites import SiteFields, read_site_fields
from indexer.records.document import Mention, Page, Part
from indexer.records.errors import ParseError
from indexer.records.reference import Reference
from indexer.records.stated import LISTED_AT

FRAME_TEXT, FULLER = 1_500, 2
"""Characters of text that the frame of an application has at most (menus, a call for subscribers);
how many times as many words its article has as are shown without it.
"""
_WALLS = frozenset({"paywalled", "consent-wall"})
_PARTIAL = re.compile(r"^(?:\d{4}(?:-(?:0[1-9]|1[0-2])|-[a-z]+)?|--\d{2}-\d{2})$")


class PageForms:
    """Reads the forms of pages, each into a record and where its values stand."""

    def __init__(self, reference: Reference, dates: DateReader) -> None:
        self._dates = dates
        self.articles = ArticleReader(PageWords(reference.languages), dates)
        """Reads what is HTML."""
        self._pdfs = PdfReader(PdfWords(reference.languages))
        self._towns = _town_names(reference)

    def read(self, raw: RawPage) -> tuple[Page, list[Mention]]:
        """The page as its form has it, before anything is looked for in its text."""
        if raw.text is not None:
            return self._text_page(raw)
        if raw.body is not None and is_pdf(raw.body, raw.content_type):
            return self._pdf_page(raw, raw.body)
        if raw.body is not None and is_calendar(raw.body):
            return self._calendar_page(raw, raw.body)
        return self._html_page(raw)

    def _html_page(self, raw: RawPage) -> tuple[Page, list[Mention]]:
        document, draft = self._html_draft(raw)
        site = read_site_fields(raw.url, document.markup)
        if site is not None:
            draft = self._with_site(draft, site)
        if draft.announced and _is_one_of(self._given_day(raw, draft.lang), draft.announced):
            raw = dataclasses.replace(raw, published=None)
        markup = _MarkupPart(draft, raw.stated.ahead)
        published, instant = draft.published, draft.published_at
        if raw.published:
            published = self._given_day(raw, draft.lang)
            iso = parse_iso(raw.published)
            if iso is not None and (iso[1] is not None or published != draft.published):
                instant = iso[1]
            elif published != draft.published:
                instant = None
        page = Page(
            url=raw.url,
            kind=draft.kind,
            canonical=draft.canonical,
            lang=draft.lang,
            title=raw.title or draft.title,
            teaser=draft.teaser,
            text=draft.text,
            authors=draft.authors,
            published=published,
            published_at=instant,
            modified=draft.modified,
            image=draft.image,
            robots=draft.robots,
            alternates=read_alternates(document, raw.url),
            truncated=document.truncated,
            unread=draft.unread,
            parts=_parts(raw, byline=draft.byline, contact=draft.contact, markup=markup.text),
        )
        mentions = list(_given_mentions(page, raw, title_inferred=draft.title_inferred))
        if not raw.published and draft.publication is not None:
            mentions.extend(_publication_mentions(page, draft.publication, markup))
        mentions.extend(_author_mentions(page))
        return page, mentions

    def _html_draft(self, raw: RawPage) -> tuple[HtmlDocument, ArticleDraft]:
        """The draft of a page; of the frame of an application, with the article in its data."""
        document = _document(raw)
        read = partial(
            self.articles.read, fetched=raw.fetched, at=raw.fetched_at, stated=raw.stated
        )
        draft = read(document, raw.url, raw.lang, raw.profile)
        if len(draft.text) >= FRAME_TEXT or draft.kind in _WALLS:
            return document, draft
        article = find_embedded_article(document.markup, raw.url or "")
        if article is None or article.words < FULLER * len(draft.text.split()):
            return document, draft
        filled = HtmlDocument(insert_article(document.markup, article), encoding=document.encoding)
        return filled, read(filled, raw.url, raw.lang, raw.profile)

    def _pdf_page(self, raw: RawPage, body: bytes) -> tuple[Page, list[Mention]]:
        """A page that is a PDF file."""
        draft = self._pdfs.read(body)
        title = raw.title or draft.title
        lang = language_code(raw.lang) or detect_language(f"{title or ''}\n{draft.text}")
        found = None if raw.published else find_publication(draft, lang, raw.url, self._dates)
        created = found is not None and found.part == "markup"
        page = Page(
            url=raw.url,
            kind="not-an-article" if draft.long else "article",
            lang=lang,
            title=title,
            text=draft.text,
            published=found.day if found else self._given_day(raw, lang),
            published_at=found.instant if found else None,
            parts=_parts(
                raw,
                byline=draft.byline,
                contact="",
                markup=f"pdf.CreationDate: {draft.created}" if created else "",
            ),
        )
        mentions = list(_given_mentions(page, raw))
        if found is not None:
            mentions.extend(_publication_mentions(page, found, None))
        return page, mentions

    def _calendar_page(self, raw: RawPage, body: bytes) -> tuple[Page, list[Mention]]:
        """A page that is a calendar file."""
        draft = read_calendar(body, raw.content_type, self._towns)
        title = raw.title or draft.title
        lang = language_code(raw.lang) or detect_language(f"{title or ''}\n{draft.text}")
        written = f"calendar.LAST-MODIFIED: {draft.published}" if draft.published else ""
        given = self._given_day(raw, lang)
        page = Page(
            url=raw.url,
            kind="event",
            lang=lang,
            title=title,
            text=draft.text,
            published=given or draft.published,
            parts=_parts(
                raw,
                byline="",
                contact="",
                markup="\n\n".join(p for p in (written, draft.markup) if p),
            ),
        )
        mentions = list(_given_mentions(page, raw))
        if given is None and draft.published:
            found = Publication(
                draft.published, None, "markup", draft.published, "calendar.modified"
            )
            mentions.extend(_publication_mentions(page, found, None))
        return page, mentions

    def _text_page(self, raw: RawPage) -> tuple[Page, list[Mention]]:
        """A page of which only the text was handed in."""
        text = raw.text or ""
        lang = language_code(raw.lang) or detect_language(f"{raw.title or ''}\n{text}")
        page = Page(
            url=raw.url,
            lang=lang,
            title=raw.title,
            text=text,
            published=self._given_day(raw, lang),
            parts=_parts(raw, byline="", contact="", markup=""),
        )
        mentions = list(_given_mentions(page, raw))
        if page.published is None:
            found = self.articles.published_in_text(text, lang, raw.url)
            if found is not None:
                page = dataclasses.replace(page, published=found.day, published_at=found.instant)
                mentions.extend(_publication_mentions(page, found, None))
        return page, mentions

    def _given_day(self, raw: RawPage, lang: str | None) -> str | None:
        """The day of a publication date that was handed in: ISO as it is, else as its language
        reads.
        """
        if not raw.published:
            return None
        iso = parse_iso(raw.published)
        if iso is not None:
            return iso[0]
        if _PARTIAL.match(raw.published):
            return raw.published
        return self._dates.parse_one(raw.published, lang)

    def _with_site(self, draft: ArticleDraft, site: SiteFields) -> ArticleDraft:
        """The draft with the fields that the site's page class read."""
        given = site.fields
        changes: dict[str, object] = {
            name: value
            for name in ("title", "teaser", "text", "contact")
            if (value := getattr(given, name)) is not None
        }
        if given.authors:
            changes["authors"] = tuple(given.authors)
        if given.published:
            day, instant = self._dates.parse_instant(given.published, draft.lang)
            if day:
                byline = _with_line(draft.byline, given.published)
                changes["byline"] = byline
                changes["publication"] = Publication(
                    day, instant, "byline", given.published, f"site:{site.page_class}"
                )
        # names checked above
        return dataclasses.replace(draft, **changes)  # type: ignore[arg-type]


class _MarkupPart:
    """The part `markup`: a line `path: value` for each value used, then the markup's events."""

    def __init__(self, draft: ArticleDraft, ahead: str | None = None) -> None:
        self._lines: list[str] = []
        self._values: dict[tuple[str, str], int] = {}
        publication = draft.publication
        if publication is not None and publication.part == "markup":
            self._add(publication.path, publication.surface)
        if draft.kind == "event" and ahead is not None:
            self._add(LISTED_AT, ahead)
        lines = "\n".join(self._lines)
        self.text = "\n\n".join(piece for piece in (lines, draft.markup.event_text()) if piece)

    def _add(self, path: str, value: str) -> None:
        value = " ".join(value.split())
        self._values[path, value] = sum(len(line) + 1 for line in self._lines) + len(path) + 2
        self._lines.append(f"{path}: {value}")

    def place(self, path: str, value: str) -> tuple[int, int]:
        """Start and end of a value that was added."""
        value = " ".join(value.split())
        start = self._values[path, value]
        return start, start + len(value)


def _document(raw: RawPage) -> HtmlDocument:
    if raw.body is not None:
        return HtmlDocument.from_bytes(raw.body, raw.content_type)
    if raw.html is not None:
        return HtmlDocument(raw.html)
    raise ParseError("neither body, html nor text", reason="empty")


def _parts(raw: RawPage, **read: str) -> dict[str, str]:
    parts = {name: text for name, text in read.items() if text}
    if raw.url:
        parts["url"] = raw.url
    given = "\n".join(v for v in (raw.published, raw.title) if v)
    if given:
        parts["given"] = given
    return parts


def _is_one_of(given: str | None, announced: Sequence[str]) -> bool:
    """Whether the day that a list gave is one on which the page says that its event is."""
    iso = parse_iso(given) if given else None
    return iso is not None and any(
        says_day(surface, date.fromisoformat(iso[0])) for surface in announced
    )


def _given_mentions(page: Page, raw: RawPage, *, title_inferred: bool = False) -> Iterator[Mention]:
    """Where the values that were handed in stand, in the part `given`, and the title."""
    if raw.published:
        yield Mention(
            "published",
            "given",
            0,
            len(raw.published),
            raw.published,
            page.published,
            extractor="given",
        )
    if page.title:
        inferred = title_inferred and not raw.title
        yield Mention(
            "title",
            "title",
            0,
            len(page.title),
            page.title,
            None,
            extractor="profile-title" if inferred else "title",
            inferred=inferred,
        )


def _publication_mentions(
    page: Page, publication: Publication, markup: _MarkupPart | None
) -> Iterator[Mention]:
    """Where the publication date stands."""
    part, surface = publication.part, publication.surface
    if part == "markup" and markup is not None:
        start, end = markup.place(publication.path, surface)
        surface = markup.text[start:end]
    else:
        start = page.part(part).find(surface)
        end = start + len(surface)
    if start >= 0:
        yield Mention(
            "published",
            part,
            start,
            end,
            surface,
            publication.day,
            extractor=publication.rule,
            inferred=publication.inferred,
        )


def _author_mentions(page: Page) -> Iterator[Mention]:
    """Where the byline, else the text, names the authors."""
    for name in page.authors:
        sources: tuple[Part, ...] = ("byline", "text")
        for part in sources:
            start = page.part(part).find(name)
            if start >= 0:
                yield Mention(
                    "authors", part, start, start + len(name), name, name, extractor="byline"
                )
                break


def _with_line(text: str, line: str) -> str:
    return text if line in text else f"{text}\n{line}".strip()


def _town_names(reference: Reference) -> frozenset[str]:
    """Names of the tables' towns in small letters."""
    return frozenset(
        name.casefold()
        for place in reference.places.values()
        if place.kind in ("city", "capital")
        for names in place.names.values()
        for name in names
    )
