"""The stories that a watch has told of, read from its matches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from hashlib import blake2b
from operator import attrgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.alerts.stories import WINDOW, Place, StoryBook
from indexer.database import tables
from indexer.database.chunks import chunks
from indexer.records.document import Page, StoredDocument
from indexer.text.passages import passages

_MATCH, _DOCUMENT = tables.match.c, tables.document.c
_STORY = sa.func.coalesce(_MATCH.story, _MATCH.document)
_NOW = sa.func.coalesce(_DOCUMENT.moved_to, _DOCUMENT.id)
"""The document that a match is of, wherever it has moved."""


class MutedText(NamedTuple):
    """What a page told when its story was muted."""

    story: str
    passages: frozenset[str]
    """Fingerprints."""

    def is_told_by(self, page: Page) -> bool:
        """Whether this is half of a page or more: what is added to it belongs to the story.

        A page of which it is less has turned to other news, or holds several.
        """
        of_page = passages(page)
        counted = [p for p in of_page if p.part == "text"] or of_page
        return 2 * sum(p.fingerprint in self.passages for p in counted) >= len(counted)


class _Text(NamedTuple):
    """What all matches of a revision were made with; where text of the document was removed, one
    match alone: others may have been made before, or after that.
    """

    document: str
    revision: int
    match: int | None


class PastStories:
    """Reads what watches have told within the last `WINDOW`. Many watches match the same document:
    what it says is read once.
    """

    def __init__(self, connection: sa.Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._documents: dict[str, sa.Row[Any]] = {}
        self._samples: dict[_Text, frozenset[int]] = {}

    def enter(self, books: Mapping[str, StoryBook]) -> None:
        """Enter the stories of watches, each into its book."""
        for watches in chunks(books):
            self._enter({watch: books[watch] for watch in watches})

    def _enter(self, books: Mapping[str, StoryBook]) -> None:
        recent = sa.and_(_MATCH.watch.in_(list(books)), _MATCH.created >= self._now - WINDOW)
        passage = tables.matched_passage.c
        told: dict[int, list[str]] = {}
        fingerprints = sa.select(passage.match, passage.fingerprint).join(
            tables.match, _MATCH.id == passage.match
        )
        for number, fingerprint in self._connection.execute(fingerprints.where(recent)):
            told.setdefault(number, []).append(fingerprint)
        query = sa.select(_MATCH.id, _MATCH.watch, _MATCH.document, _MATCH.revision, _MATCH.created)
        query = query.add_columns(
            _STORY.label("story"), _MATCH.sample.is_not(None).label("sampled")
        )
        rows = self._connection.execute(query.where(recent)).all()
        self._read_documents({row.document for row in rows} - self._documents.keys())
        texts = {row.id: self._text_of(row.document, row.revision, row.id) for row in rows}
        sampled = {texts[row.id]: row.id for row in rows if row.sampled}
        self._read_samples({sampled[text]: text for text in sampled.keys() - self._samples.keys()})
        for row in sorted(rows, key=attrgetter("id")):
            document = self._documents[row.document]
            place = Place(
                document=document.now,
                url=document.url,
                story=row.story,
                sample=self._samples[texts[row.id]] if row.sampled else frozenset(),
                when=row.created,
                lang=document.lang,
                shared=document.shared,
            )
            books[row.watch].remember(place, told.get(row.id, ()))

    def _text_of(self, document: str, revision: int, match: int) -> _Text:
        removed = self._documents[document].text_removed
        return _Text(document, revision, match if removed else None)

    def _read_documents(self, documents: Collection[str]) -> None:
        shared, revision = tables.document_story.c, tables.revision.c
        removed = sa.exists().where(
            revision.document == _DOCUMENT.id, revision.fingerprints.is_not(None)
        )
        query = (
            sa.select(_DOCUMENT.id, _NOW.label("now"), _DOCUMENT.url)
            .add_columns(shared.traits["lang"].as_string().label("lang"))
            .add_columns(shared.story.label("shared"), removed.label("text_removed"))
            .outerjoin(tables.document_story, shared.document == _NOW)
        )
        for part in chunks(documents):
            for row in self._connection.execute(query.where(_DOCUMENT.id.in_(part))):
                self._documents[row.id] = row

    def _read_samples(self, matches: Mapping[int, _Text]) -> None:
        query = sa.select(_MATCH.id, _MATCH.sample)
        for part in chunks(matches):
            for row in self._connection.execute(query.where(_MATCH.id.in_(part))):
                self._samples[matches[row.id]] = frozenset(row.sample or ())


def story_told(connection: sa.Connection, watch: str, document: str) -> str | None:
    """The story that a watch last told of a document, however long ago; None: it told none."""
    query = _matches_of(watch, document, sa.select(_STORY)).order_by(_MATCH.id.desc())
    return connection.execute(query.limit(1)).scalar()


def muted_text(connection: sa.Connection, watch: str, document: str) -> MutedText | None:
    """What was muted of a document; None: its story is not."""
    story = story_told(connection, watch, document)
    muted = tables.muted_story.c
    at = connection.execute(
        sa.select(muted.at).where(muted.watch == watch, muted.story == story)
    ).scalar()
    if story is None or at is None:
        return None
    revision = tables.revision.c
    told = sa.select(_MATCH.created, revision.added, revision.fingerprints, revision.page).join(
        tables.revision,
        sa.and_(revision.document == _MATCH.document, revision.number == _MATCH.revision),
    )
    query = _matches_of(watch, document, told).where(_STORY.in_([story]))
    rows = connection.execute(query.order_by(_MATCH.id)).all()
    before = [row for row in rows if row.created <= at]
    return MutedText(story, _passages_told(before[-1] if before else rows[0]))


def name_of_other_news(document: StoredDocument) -> str:
    """Name of the story of a document that told another one before, from this revision on."""
    identity = f"{document.id} {document.revision}"
    return blake2b(identity.encode(), digest_size=8).hexdigest()


def _matches_of(watch: str, document: str, query: sa.Select[Any]) -> sa.Select[Any]:
    """The matches of a document, also at its old addresses."""
    here = sa.or_(_DOCUMENT.id == document, _DOCUMENT.moved_to == document)
    on = _DOCUMENT.id == _MATCH.document
    return query.join(tables.document, on).where(_MATCH.watch == watch, here)


def _passages_told(row: sa.Row[Any]) -> frozenset[str]:
    """Fingerprints of the passages that a revision added, of the first one all."""
    if row.added is not None:
        return frozenset(row.added)
    if row.fingerprints is not None:
        return frozenset(row.fingerprints)
    return frozenset(p.fingerprint for p in passages(Page.from_json(row.page)))
