"""Which document is a page?

A document is a canonical URL. A page is the document of the address that it states as canonical,
unless that is a mistake; or the document whose text it shows under another address; and it may
continue the document that its address gave before. All of that is decided here; the decisions
change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.records import find_record
from indexer.documents.queries import (
    CurrentDocument,
    current_documents,
    find_document,
    iter_documents,
)
from indexer.frontier.address import find_address
from indexer.frontier.fetches import Fetch
from indexer.frontier.recrawl.visits import READ_WELL
from indexer.frontier.traps.shape_records import ShapeRecords
from indexer.records.document import NOT_NEWS, DocumentId, Page, document_id
from indexer.records.source import Source
from indexer.records.stated import COUNTED_AT, LISTED_AT
from indexer.records.urls import canonical, identity, is_home, owns
from indexer.revisions.fingerprints import Fingerprints, text_hash
from indexer.text.reprints import is_reprint
from indexer.text.shingles import shingle_sample

PERMANENT = (301, 308)
"""Statuses of an address whose page has another one for good."""
ALIKE = 0.6
"""Share of the shorter page's paragraphs that the longer one has too: headers and hints differ."""
FEWEST = 2
"""Paragraphs in common from which two addresses are one page."""


@dataclass(frozen=True, slots=True)
class DocumentIdentity:
    """The document that a page is."""

    id: DocumentId
    url: str
    """Canonical URL."""
    continues: str | None = None
    """Id of another document, which had the page's address until now and which this one continues.
    """


# -- pure decisions


def address_of(page: Page, final_url: str, source: Source | None) -> str:
    """The page's own canonical address where the source owns that, else the one that answered.

    A canonical that points to the home page is a mistake of the site, unless it is the home page.
    """
    stated = canonical(page.canonical, final_url) if page.canonical else None
    if stated is None or source is None or not owns(source, stated):
        return final_url
    if is_home(stated) and not is_home(final_url):
        return final_url
    # http and https are one page: the form that was fetched stays.
    return final_url if identity(stated) == identity(final_url) else stated


def is_same_text(one: Fingerprints, other: Fingerprints) -> bool:
    """Whether two pages have most of their paragraphs in common."""
    common = len(one.text & other.text)
    return common >= FEWEST and common >= ALIKE * min(len(one.text), len(other.text))


def resembles(old: Fingerprints, new: Fingerprints) -> bool:
    """Whether a page at a new address is the old one, perhaps edited.

    That is if it has its title, or half of its passages. Relaunched sites often redirect all old
    addresses to one page with other content.
    """
    common = old.passages & new.passages
    if new.kind not in NOT_NEWS and common & old.title:
        return True
    return bool(common) and 2 * len(common) >= len(old.passages)


# -- decisions that look up what is known


def identify(connection: sa.Connection, fetch: Fetch, page: Page, url: str) -> DocumentIdentity:
    """The document that a fetched page is; `url` is its canonical address."""
    new = Fingerprints.of(page)
    if url != fetch.final_url and _is_of_others(connection, fetch.url, url, page):
        url = fetch.final_url
    identifier = document_id(url)
    before = _document_before(connection, fetch.url, identifier)
    if before is None or not resembles(Fingerprints.of_document(before), new):
        return DocumentIdentity(identifier, url)
    if before.url == fetch.final_url and _is_other_page(connection, url, new):
        # The site states a wrong canonical address: the page has the content that it always had.
        return DocumentIdentity(before.id, before.url)
    return DocumentIdentity(identifier, url, continues=before.id)


def find_same_text(
    connection: sa.Connection, fetch: Fetch, page: Page, url: str, twins: Iterable[str]
) -> str | None:
    """Canonical address of the known document with this text; None if there is none.

    `twins`: addresses under which the same page may stand. One that leads elsewhere is none of it:
    the site has moved, and what is edited from now on stands here alone. A page whose own address
    is a document stays that document.
    """
    if not page.text or _fingerprints_at(connection, url) is not None:
        return None
    for twin in twins:
        if _leads_elsewhere(connection, fetch, twin):
            continue
        known = _fingerprints_at(connection, twin)
        if known is not None and is_same_text(known, Fingerprints.of(page)):
            return twin
    return None


def _leads_elsewhere(connection: sa.Connection, fetch: Fetch, url: str) -> bool:
    """Whether an address has led to that of the fetched page, or to any for good."""
    if url == fetch.url != fetch.final_url:
        return True
    known = find_address(connection, url)
    return known is not None and known.status in PERMANENT


def find_copy(
    connection: sa.Connection, run: int, fetch: Fetch, page: Page, url: str
) -> str | None:
    """Canonical address of the source's document of which the page is a copy; None: of none.

    That is one with the same title and text word for word, the same date of publication and the
    same values in its markup (two dates of a series may be announced in the same words). It must
    have been seen in this run too, or the address be of a shape that mostly repeats itself: else
    the page has moved, rather. A page whose own address is a document stays that document.
    """
    words = text_hash(page)
    if words is None:
        return None
    document = tables.document.c
    query = (
        current_documents()
        .where(
            document.source == fetch.source,
            document.text_hash == words,
            document.url.not_in((url, fetch.url)),
            document.moved_to.is_(None),
            document.last_outcome.in_(READ_WELL),
        )
        .order_by(document.first_seen, document.url)
    )
    found = list(iter_documents(connection, query))
    if not found or find_document(connection, document.id == document_id(url)) is not None:
        return None
    repeats = ShapeRecords(connection).mostly_repeats(fetch.source, fetch.url)
    for known in found:
        if states_the_same(known, page) and (repeats or _is_seen(connection, run, known)):
            return known.url
    return None


def find_original(connection: sa.Connection, fetch: Fetch, page: Page) -> str | None:
    """Canonical address of the document of which this address was a copy when it was read last, and
    still is, perhaps edited: it has its title and most of its text.

    The original has an address of its own, which still gives it. Both are edited together, and not
    read in one run.
    """
    if not fetch.known or fetch.final_url != fetch.url:
        return None
    led_to = tables.address.alias()
    own = sa.exists().where(
        tables.address.c.url == tables.document.c.url,
        # Were it led elsewhere, two addresses might each be taken for a copy of the other for good.
        tables.address.c.document == tables.document.c.id,
    )
    query = (
        current_documents()
        .join(led_to, led_to.c.document == tables.document.c.id)
        .where(
            led_to.c.url == fetch.url,
            tables.document.c.url != fetch.url,
            tables.document.c.last_outcome.in_(READ_WELL),
            own,
        )
    )
    known = find_record(connection, CurrentDocument, query)
    if known is None:
        return None
    old, new = Fingerprints.of_document(known), Fingerprints.of(page)
    return known.url if old.title == new.title and is_same_text(old, new) else None


def _is_seen(connection: sa.Connection, run: int, document: CurrentDocument) -> bool:
    """Whether another address has given the document in this run."""
    visit = tables.visit.c
    query = sa.select(visit.url).where(
        visit.run == run, visit.document == document.id, visit.outcome.in_(READ_WELL)
    )
    return connection.execute(query.limit(1)).first() is not None


def states_the_same(document: CurrentDocument, page: Page) -> bool:
    """Whether a page with the words of a document states its day and the values of its markup."""
    known = document.read_page()
    # A list states a day of some addresses of the page only.
    # What it counts from the day of its request is another one each night.
    days = {each.published for each in (known, page)}
    dated = len(days) == 1 or (None in days and any(map(_is_listed, (known, page))))
    dated = dated or any(_has_line(COUNTED_AT, each) for each in (known, page))
    markup = _own_markup(known) == _own_markup(page)
    return dated and (markup or document.text_removed)


def _is_listed(page: Page) -> bool:
    return LISTED_AT in (page.parts.get("markup") or "")


def _has_line(path: str, page: Page) -> bool:
    return any(line.startswith(f"{path}: ") for line in page.part("markup").split("\n"))


def _own_markup(page: Page) -> str:
    """Without the day that lists state, as few lead to each address of a page, and without one that
    it counts anew each night.
    """
    lines = page.part("markup").split("\n")
    return "\n".join(line for line in lines if not line.startswith((LISTED_AT, COUNTED_AT)))


def _document_before(
    connection: sa.Connection, url: str, identifier: DocumentId
) -> CurrentDocument | None:
    """The document that this address gave so far, if it is another one with no other address."""
    query = (
        current_documents()
        .join(tables.address, tables.address.c.document == tables.document.c.id)
        .where(tables.address.c.url == url, tables.document.c.id != identifier)
    )
    before = find_record(connection, CurrentDocument, query)
    if before is None or before.url == url:
        return before
    own = sa.select(tables.address.c.url).where(tables.address.c.url == before.url)
    return None if connection.execute(own).first() is not None else before


def _is_of_others(connection: sa.Connection, fetched: str, url: str, page: Page) -> bool:
    """Whether other addresses gave what is known at the canonical address of a page, and it is
    another page.

    Some sites state one canonical address on many pages: that of their list, or that of the script
    which shows them all, without its parameters. As one document, each would replace the last one.
    Parts of a list are not meant: they may state its first part.
    """
    there = find_document(connection, tables.document.c.url == url)
    if there is None or page.kind in NOT_NEWS:
        return False
    known = Fingerprints.of_document(there)
    if resembles(known, Fingerprints.of(page)):
        return False
    # Another version of it may part its text otherwise into paragraphs.
    samples = [shingle_sample(each.text or "") for each in (there.read_page(), page)]
    if is_reprint(*samples, one_site=False):
        return False
    address = tables.address.c
    led_to = sa.select(address.document).where(address.url == fetched)
    if connection.execute(led_to).scalar() != there.id:
        return True
    others = sa.select(address.url).where(
        address.source == there.source,  # as an index has it
        address.document == there.id,
        address.url != fetched,
    )
    if known.kind not in NOT_NEWS:  # Both addresses of one page may be edited together.
        others = others.where(address.url != url)
    return connection.execute(others.limit(1)).first() is not None


def _is_other_page(connection: sa.Connection, url: str, page: Fingerprints) -> bool:
    """Whether a page with other content is known at this address."""
    there = find_document(connection, tables.document.c.url == url)
    return there is not None and not resembles(Fingerprints.of_document(there), page)


def _fingerprints_at(connection: sa.Connection, url: str) -> Fingerprints | None:
    document = find_document(connection, tables.document.c.id == document_id(url))
    return None if document is None else Fingerprints.of_document(document)
