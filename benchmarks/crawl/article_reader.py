"""Our article reader alone: no names, no dates in the text, no events.

Loaded by reading workers; it imports no more than they need.
"""

from __future__ import annotations

from crawler.parsers.article import ArticleReader, PageWords
from crawler.parsers.dates import DateReader
from crawler.parsers.html import HtmlDocument
from crawler.parsers.raw_page import RawPage
from indexer.records.document import Page
from indexer.records.errors import ParseError
from indexer.records.reference import Reference


class ArticleOnly:
    """Reads the article of a page with the parts that `PageReader` uses."""

    def __init__(self, reference: Reference) -> None:
        self.articles = ArticleReader(
            PageWords(reference.languages), DateReader(reference.languages)
        )

    def read(self, raw: RawPage) -> Page:
        """Title, text, authors, date, language and kind; raises ParseError."""
        if raw.body is None:
            raise ParseError("no body", reason="empty")
        document = HtmlDocument.from_bytes(raw.body, raw.content_type)
        draft = self.articles.read(document, raw.url, raw.lang, raw.profile)
        return Page(
            url=raw.url,
            kind=draft.kind,
            lang=draft.lang,
            title=draft.title,
            text=draft.text,
            authors=draft.authors,
            published=draft.published,
        )
