"""Hosts that a source has left: what was read there goes on at the same path of one that it has.

Without that, a source that moves to another host and redirects nobody would have all its pages
twice, and told as news. The path alone decides nothing: the text has to be the same.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import find_document
from indexer.frontier.address import delete_address, update_address
from indexer.frontier.fetches import Fetch
from indexer.records.document import Page, document_id
from indexer.records.source import Source
from indexer.records.urls import is_home, sites
from indexer.revisions.document_identity import is_same_text
from indexer.revisions.fingerprints import Fingerprints


class FormerHosts:
    """Of all sources, as a run finds them; the caller commits."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._left: dict[str, tuple[str, ...]] = {}

    def lead_here(self, source: Source, fetch: Fetch, page: Page, url: str) -> None:
        """If a document stood at this path of a host that the source has left, the address that was
        fetched leads to it from now on, and its old one is nobody's.
        """
        if fetch.known or fetch.given is not None or is_home(url):
            return
        parts = urlsplit(url)
        for host in self._hosts_left(source):
            for scheme in ("https", "http"):
                old = parts._replace(scheme=scheme, netloc=host).geturl()
                if self._tells_the_same(old, page):
                    delete_address(self._connection, old)
                    update_address(self._connection, fetch.url, {"document": document_id(old)})
                    return

    def _hosts_left(self, source: Source) -> tuple[str, ...]:
        if source.id not in self._left:
            address = tables.address.c
            query = sa.select(address.site).where(
                address.source == source.id, address.kind == "page", address.document.is_not(None)
            )
            known = set(self._connection.execute(query.distinct()).scalars())
            self._left[source.id] = tuple(sorted(known - sites(source)))
        return self._left[source.id]

    def _tells_the_same(self, url: str, page: Page) -> bool:
        document = tables.document.c
        known = find_document(
            self._connection,
            sa.and_(document.id == document_id(url), document.moved_to.is_(None)),
        )
        return known is not None and is_same_text(
            Fingerprints.of_document(known), Fingerprints.of(page)
        )
