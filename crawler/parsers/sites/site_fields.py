"""What a page class may read of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewsFields:
    """What a page class may read better than the general reader; None leaves it to that."""

    title: str | None = None
    teaser: str | None = None
    text: str | None = None
    """Paragraphs separated by one blank line."""
    authors: list[str] | None = None
    published: str | None = None
    """Date as the page shows it; read with the page's language."""
    contact: str | None = None
    """Contact block with its line breaks."""


@dataclass(frozen=True, slots=True)
class SiteFields:
    """Fields that a page class gave, and its name."""

    page_class: str
    fields: NewsFields
