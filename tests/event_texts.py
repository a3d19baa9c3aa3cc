"""A text by itself, without a page around it, and the events that are read from it."""

from __future__ import annotations

from functools import cache

from crawler.parsers.entities import EntityReader
from crawler.parsers.events import EventReader
from crawler.parsers.events.grammar.vocabulary import EventVocabulary
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from indexer.records.document import Event, Mention, Page
from indexer.records.reference import load_reference
from tests.page_reader import packaged_reader


@cache
def entity_reader() -> EntityReader:
    """With the tables that the program ships."""
    return packaged_reader().entities


@cache
def event_reader() -> EventReader:
    """With the words that the program ships."""
    return packaged_reader().events


@cache
def event_vocabulary(lang: str) -> EventVocabulary:
    """The words of a language that the program ships."""
    known = event_reader()._language(lang).vocabulary
    return known if known.lang == lang else EventVocabulary(lang, load_reference().languages[lang])


def text_page(
    text: str,
    lang: str,
    published: str | None = None,
    *,
    title: str | None = None,
    authors: tuple[str, ...] = (),
) -> Page:
    """The page of a text, with the mentions in it and the date that it is given with."""
    mentions = entity_reader().find("text", text, lang)
    if title:
        mentions = [*entity_reader().find("title", title, lang), *mentions]
    parts = {}
    if published:
        parts["given"] = published
        mentions.append(Mention("published", "given", 0, len(published), published, published))
    return Page(
        None,
        lang=lang,
        title=title,
        text=text,
        authors=authors,
        published=published,
        parts=parts,
        mentions=tuple(mentions),
    )


def annotate(text: str, lang: str, published: str | None = None) -> AnnotatedPage:
    """The annotated page of a text."""
    return event_reader().annotate(text_page(text, lang, published))


def read_events(text: str, lang: str, published: str | None = None) -> tuple[Event, ...]:
    """The events of a text."""
    return event_reader().find(text_page(text, lang, published))[0]


def read_values(page: Page) -> dict[str, tuple[str | int | None, str]]:
    """Value and rule by their path below the first event of a page; of several the last one."""
    first = "events[0]."
    return {
        m.field.removeprefix(first): (m.value, m.extractor)
        for m in event_reader().find(page)[1]
        if m.field.startswith(first)
    }
