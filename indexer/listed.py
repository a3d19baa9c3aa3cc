"""Pages that a complete listing holds no more: the first of two witnesses that they are gone.

A page left out by two complete readings of its listing in a row is asked for once. 404 or 410 then
makes it `gone` at once, without the second 404 that is needed else, and so does a redirect to the
home page (other redirects are `moved`). If it is still there, it stays, and is not expected in that listing any more.
Some "complete" listings hold the newest pages only: each site's are trusted as far as what they left out was gone.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from indexer import database as db
from indexer.chunks import chunks
from indexer.experience import Experiences
from indexer.site import site
from indexer.visits import MISSED

LARGEST_LOSS = 0.5
"""Part of a listing that may be missing at once; if it is more, the listing is broken."""
SAMPLE = 2
"""Pages that are asked for nevertheless, of a listing whose word does not count."""


def listing_read(
    connection: sa.Connection,
    experiences: Experiences,
    url: str,
    pages: Collection[str],
    now: datetime,
) -> None:
    """Compare a complete listing with what it held; told after its new pages. The caller commits."""
    address = db.address.c
    held = sa.select(address.url, address.absences).where(address.listing == url)
    held_before = dict(connection.execute(held).all())
    missing = sorted(held_before.keys() - set(pages))
    if len(missing) > LARGEST_LOSS * len(held_before):
        return
    _update(connection, [p for p in pages if held_before.get(p, 1)], listing=url, absences=0)
    _update(connection, missing, absences=address.absences + 1)
    vanished = [page for page in missing if held_before[page] == MISSED - 1]
    if not experiences.of(site(url)).listings.claims_count:
        vanished = vanished[:SAMPLE]
    _update(connection, vanished, next_due=now, quiet=False, claimed=False)


def _update(connection: sa.Connection, urls: Collection[str], **values: object) -> None:
    for part in chunks(urls):
        connection.execute(
            sa.update(db.address)
            .where(db.address.c.url.in_(part), db.address.c.kind == "page")
            .values(**values)
        )
