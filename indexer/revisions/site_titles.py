"""Lines of a page that only name other pages of its site, or quote them beside their titles:
teasers, ways to the next page.

A reader takes them for text now and then. What an old page gains by them is no news: the page that
they name is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
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
_QUOTED = 4
"""Words of another page's text that stand with its title, at least …"""
_CUT_OFF = 8
"""… and of its beginning where they stand alone."""
_SENTENCE_END = re.compile(r"(?<!\.\.)[.!?:][»”\"')\]]*\s*$")
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
    teaser of another page of the source, perhaps beside its day, or a piece of the text of a page
    whose title was added with it.
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
    named = {line for given in short.values() for line in given if _names(line, titles, volatile)}
    if not all(named.issuperset(given) for given in short.values()):
        folded = {line: folded_words(line) for given in short.values() for line in given}
        cut = {words: not _SENTENCE_END.search(line) for line, words in folded.items()}
        quoted = _quoted(connection, source, own, cut, volatile)
        named |= {line for line in folded if folded[line] in quoted}
    return [key for key in added if key not in short or not named.issuperset(short[key])]


def _may_name_pages(lines: list[str]) -> bool:
    return len(lines) <= _MOST_LINES and all(len(line) <= _LONGEST for line in lines)


def _quoted(
    connection: sa.Connection,
    source: str,
    own: str,
    lines: Mapping[str, bool],
    volatile: VolatileText,
) -> AbstractSet[str]:
    """Of folded lines those that are the title of one of the newest pages together with a piece of
    its text, or the two of them in two lines; and those that are the beginning of its text and
    end within a sentence (`lines`: whether each does).
    """
    document, page = tables.document.c, tables.revision.c.page
    current = tables.document.join(tables.revision, CURRENT_REVISION)
    newest = (
        sa.select(
            document.id,
            page["title"].as_string().label("title"),
            sa.func.substr(page["text"].as_string(), 1, _LONGEST).label("beginning"),
        )
        .select_from(current)
        .where(document.source == source)
        .order_by(document.published.desc())
        .limit(_NEWEST)
    )
    text = sa.select(page["teaser"].as_string(), page["text"].as_string()).select_from(current)
    found: set[str] = set()
    for row in connection.execute(newest).all():
        title, beginning = _folded(row.title or ""), folded_words(row.beginning or "")
        if beginning and not _are_alike(title, own):
            found |= {line for line in lines if lines[line] and _begins(line, beginning)}
        naming = {line for line in lines if f" {title} " in f" {line} "}
        if not naming or " " not in title or _are_alike(title, own):
            continue
        said = connection.execute(text.where(document.id == row.id)).one()
        words = "".join(f" {folded_words(part or '')} " for part in said)
        rest = {line: f" {line} ".replace(f" {title} ", " ", 1).strip() for line in lines}
        quoting = {line for line in lines if _is_piece(rest[line], words)}
        alone = {line for line in naming if volatile.says_only_when(f" {rest[line]} ")}
        found |= quoting | alone if quoting else set()
    return found


def _begins(said: str, beginning: str) -> bool:
    return len(said.split()) >= _CUT_OFF and beginning.startswith(said)


def _is_piece(said: str, words: str) -> bool:
    """Whether a text has these words; the last one may be cut off."""
    return len(said.split()) >= _QUOTED and f" {said}" in words


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
