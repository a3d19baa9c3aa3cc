"""Which story each document tells, decided once, in the order in which documents came.

A document of which no other page tells the same is a story of its own, named by its id. Whoever
joins it later takes that name. A document that shares a story keeps it, whatever its later
revisions say: what was told of it is not told again under another name.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import CurrentDocument, stretches
from indexer.meaning.encoder import Encoder
from indexer.meaning.packing import ENCODER_VERSION, pack, unpack
from indexer.meaning.passages import encode_pages
from indexer.records.document import NOT_NEWS, DocumentId, PassageVector
from indexer.records.errors import MeaningUnavailable
from indexer.stories.shelf import ShelvedPage, StoryShelf
from indexer.stories.traits import Traits, traits_of

logger = logging.getLogger(__name__)

_BATCH = 200
"""Documents looked at before what was found is committed."""
_TABLE = tables.document_story


def enter_stories(
    connection: sa.Connection,
    encoder: Encoder | None,
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Look at every revision that was not looked at yet; returns how many there were.

    With an encoder also at those that have no vectors, or vectors of another version of it. From
    where it fails on, as without one.
    Commits after each batch, so that an interrupted run goes on where it was.
    """
    shelf = StoryShelf(lambda day: _pages_of(connection, day))
    done = 0
    unseen = stretches(connection, _BATCH, _is_unseen(encoder))
    while not stopped() and (documents := next(unseen, [])):
        pages = [document.read_page() for document in documents]
        try:
            vectors = encode_pages(encoder, pages) if encoder else [()] * len(pages)
        except MeaningUnavailable as error:
            logger.warning("stories_by_words %s", error.message)
            encoder = None
            unseen = stretches(connection, _BATCH, _is_unseen(encoder))
            continue
        for document, of_page in zip(documents, vectors, strict=True):
            row = _row(connection, shelf, document, of_page)
            row["encoder"] = ENCODER_VERSION if encoder else None
            connection.execute(sa.delete(_TABLE).where(_TABLE.c.document == document.id))
            connection.execute(sa.insert(_TABLE).values(row))
        connection.commit()
        done += len(documents)
    return done


def _is_unseen(encoder: Encoder | None) -> sa.ColumnElement[bool]:
    is_old = _TABLE.c.revision.is_distinct_from(tables.document.c.revision)
    if encoder is not None:
        is_old |= _TABLE.c.encoder.is_distinct_from(ENCODER_VERSION)
    return is_old


def _row(
    connection: sa.Connection,
    shelf: StoryShelf,
    document: CurrentDocument,
    vectors: tuple[PassageVector, ...],
) -> dict[str, Any]:
    """What is kept of a document; puts it on the shelf."""
    traits = traits_of(document.to_store(), vectors[0].vector if vectors else None)
    is_news = document.page["kind"] not in NOT_NEWS and not document.text_removed
    story = _shared_story(connection, document.id)
    if story is None:
        story = (shelf.find(document.id, traits) if is_news else None) or document.id
    if is_news:
        shelf.add(ShelvedPage(document.id, story, traits))
    return {
        "document": document.id,
        "revision": document.revision,
        "story": story,
        "day": traits.day if is_news else None,
        "traits": traits.to_json() if is_news else None,
        "vectors": pack(vectors) if vectors else None,
    }


def _shared_story(connection: sa.Connection, document: DocumentId) -> str | None:
    """The story that a document has together with others."""
    own = sa.select(_TABLE.c.story).where(_TABLE.c.document == document)
    query = sa.select(_TABLE.c.story).where(_TABLE.c.story.in_(own), _TABLE.c.document != document)
    return connection.execute(query.limit(1)).scalar()


def _pages_of(connection: sa.Connection, day: int) -> Iterator[ShelvedPage]:
    query = (
        sa.select(_TABLE)
        .join(tables.document, tables.document.c.id == _TABLE.c.document)
        .where(_TABLE.c.day == day, tables.document.c.moved_to.is_(None))
        .order_by(_TABLE.c.document)
    )
    for row in connection.execute(query):
        current = row.encoder == ENCODER_VERSION
        vector = unpack(row.vectors)[0].vector if row.vectors and current else None
        traits = Traits.from_json(row.traits, row.day, vector)
        yield ShelvedPage(DocumentId(row.document), row.story, traits)
