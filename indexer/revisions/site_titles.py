"""Lines of a page that only name other pages of its site: teasers, ways to the next page.

A reader takes them for text now and then. What an old page gains by them is no news: the page that
they name is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import CURRENT_REVISION
from indexer.records.document import Page
from indexer.text.passages import folded_words, passages
from indexer.text.volatile_text import VolatileText

_NEWEST = 300
"""Pages of a site whose titles are known: lists of other news show the newest."""
_LEAST = 4
"""Words of a title or a teaser; a shorter one may be the label of anything."""
_LONGEST = 500
"""Characters of a line that only names a page."""
_MOST_LINES = 12
_folded = lru_cache(maxsize=4_000)(folded_words)
"""The newest pages of a source stay the same for nearly all pages of it that changed."""


def without_pointers(
    connection: sa.Connection,
    source: str,
    page: Page,
    added: tuple[str, ...],
    volatile: VolatileText,
) -> list[str]:
    """The fingerprints of added passages without those each line of which is the title or the
    teaser of another page of the source, perhaps beside its day.
    """
    if not added:
        return []
    lines = {
        p.fingerprint: p.text.split("\n")
        for p in passages(page)
        if p.part != "title" and p.fingerprint in added
    }
    short = {key: given for key, given in lines.items() if _may_name_pages(given)}
    if not short:
        return list(added)
    own = folded_words(page.title or "")
    known = _titles_and_teasers(connection, source)
    titles = {folded for folded in known if not _are_alike(folded, own)}
    return [
        key
        for key in added
        if key not in short or not all(_names(line, titles, volatile) for line in short[key])
    ]


def _may_name_pages(lines: list[str]) -> bool:
    return len(lines) <= _MOST_LINES and all(
        len(line) <= _LONGEST and len(folded_words(line).split()) >= _LEAST for line in lines
    )


def _titles_and_teasers(connection: sa.Connection, source: str) -> Iterator[str]:
    """What the newest pages are called and how they begin, folded; of those that are only listed so
    far what they are called.
    """
    document, address, page = tables.document.c, tables.address.c, tables.revision.c.page
    read = (
        sa.select(page["title"].as_string(), page["teaser"].as_string())
        .select_from(tables.document.join(tables.revision, CURRENT_REVISION))
        .where(document.source == source)
        .order_by(document.published.desc())
        .limit(_NEWEST)
    )
    listed = (
        sa.select(address.title)
        .where(address.source == source, address.last_outcome.is_(None))
        .order_by(address.dated.desc())
        .limit(_NEWEST)
    )
    for query in (read, listed):
        for row in connection.execute(query):
            yield from _worth_knowing(row)


def _worth_knowing(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        folded = _folded(text or "")
        if len(folded.split()) >= _LEAST:
            yield folded


def _are_alike(title: str, own: str) -> bool:
    """Pages of one series are called alike: what a page says of itself names no other."""
    return bool(own) and (title in own or own in title)


def _names(line: str, titles: Iterable[str], volatile: VolatileText) -> bool:
    folded = f" {folded_words(line)} "
    return any(
        f" {title} " in folded and volatile.says_only_when(folded.replace(f" {title} ", " ", 1))
        for title in titles
    )
