"""Hosts that a source has left: what was read there goes on at the same path of one that it has, or
where its text stands word for word.

Without that, a source that moves to another host would have all its pages twice, and told as news:
nobody requests the old addresses any more, whether they redirect or not. The path alone decides
nothing: the text has to be the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from urllib.parse import urlsplit

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import CurrentDocument, find_document
from indexer.frontier.address import delete_address, update_address
from indexer.frontier.fetches import Fetch
from indexer.records.document import Page, document_id
from indexer.records.site import site
from indexer.records.source import Source
from indexer.records.urls import is_home, sites
from indexer.revisions.document_identity import is_same_text, states_the_same
from indexer.revisions.fingerprints import Fingerprints, text_hash


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
        hosts = self._hosts_left(source)
        parts = urlsplit(url)
        for host, scheme in product(hosts, ("https", "http")):
            old = parts._replace(scheme=scheme, netloc=host).geturl()
            known = self._document(document_id(old))
            if known is not None and is_same_text(
                Fingerprints.of_document(known), Fingerprints.of(page)
            ):
                self._lead(old, fetch)
                return
        same = [*self._word_for_word(source, page, hosts)] if hosts else []
        if len(same) == 1:
            self._lead(same[0], fetch)

    def _lead(self, old: str, fetch: Fetch) -> None:
        delete_address(self._connection, old)
        update_address(self._connection, fetch.url, {"document": document_id(old)})

    def _word_for_word(self, source: Source, page: Page, hosts: Collection[str]) -> Iterator[str]:
        """Addresses on some hosts whose documents say and state the same."""
        words = text_hash(page)
        if words is None:
            return
        document = tables.document.c
        query = sa.select(document.id, document.url).where(
            document.source == source.id, document.text_hash == words
        )
        for row in self._connection.execute(query).all():
            known = self._document(row.id) if site(row.url) in hosts else None
            if known is not None and states_the_same(known, page):
                yield row.url

    def _hosts_left(self, source: Source) -> tuple[str, ...]:
        if source.id not in self._left:
            address = tables.address.c
            query = sa.select(address.site).where(
                address.source == source.id, address.kind == "page", address.document.is_not(None)
            )
            known = set(self._connection.execute(query.distinct()).scalars())
            self._left[source.id] = tuple(sorted(known - sites(source)))
        return self._left[source.id]

    def _document(self, identifier: str) -> CurrentDocument | None:
        document = tables.document.c
        return find_document(
            self._connection, sa.and_(document.id == identifier, document.moved_to.is_(None))
        )
