"""Answers that stand in for several pages: maintenance, or an error under status 200.

No single answer shows that. Several pages of a source that said different things do, once all of
them say the same, word for word, and nothing of what they said. Such an answer says nothing of the
pages: they stay as they were read last. The decision needs all answers of a run, so those that may
be stand-ins wait for the last one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from indexer.database import tables
from indexer.documents.queries import find_document
from indexer.frontier.fetches import (
    Fetch,
    repeated_bodies,
    stand_in_mark,
    stand_in_marks,
    was_stand_in,
)
from indexer.frontier.run_record import last_extracting_run
from indexer.records.document import NOT_NEWS, Page
from indexer.records.errors import ParseError
from indexer.records.outcome import REDIRECTS_TO, Outcome
from indexer.revisions.document_identity import PERMANENT, resembles
from indexer.revisions.fingerprints import Fingerprints, lasting_text_hash, text_hash
from indexer.revisions.revisions import NOT_KEPT

FEWEST = 2
"""Different texts that one text has to take the place of."""
FEWEST_TITLED = 3
"""The same where the pages keep their titles."""
MOST_ASKED = 20
"""Pages that led to one address, of which it is asked what they said."""
MOST_HELD = 1_000
"""Pages that are held at most: they wait in memory. Further ones are entered at once."""


@dataclass(frozen=True, slots=True)
class HeldPage:
    """A page that was read, and not yet entered."""

    fetch: Fetch
    page: Page | ParseError | None
    """None once it is known to be a stand-in; an error only after another page of the address."""
    words: str
    """Hash of its title and text; empty where the address that it led to is what stands in."""


@dataclass(slots=True)
class _Text:
    """What is known of one text of a source."""

    is_stand_in: bool = False
    replaced: set[str] = field(default_factory=set)
    """Hashes of the texts in whose place it stands."""
    held: list[HeldPage] = field(default_factory=list)


class StandIns:
    """The answers of a run that may stand in for pages."""

    def __init__(self, connection: sa.Connection, run: int) -> None:
        """What earlier runs have found out is known again: the mark is kept with the fetch."""
        self._connection = connection
        self._run = run
        self._marks = stand_in_marks(connection)
        self._repeated = repeated_bodies(connection)
        self._texts: dict[tuple[str, str], _Text] = {}
        self._waiting: set[str] = set()
        """Addresses of what is held."""
        self._led_away: list[HeldPage] = []
        """What was given by an address to which several pages led."""
        self._later: list[HeldPage] = []
        """What such addresses answered afterwards."""
        self._pages = 0

    def holds(self, fetch: Fetch, answer: Page | ParseError) -> bool:
        """Whether the answer has to wait for `settle`; it is kept until then.

        What an address answers while an earlier answer of it waits has to wait, too, or the earlier
        one would be entered as the newer.
        """
        if isinstance(answer, Page) and self._holds_text(fetch, answer):
            self._waiting.add(fetch.url)
            return True
        if fetch.url not in self._waiting:
            return False
        self._later.append(HeldPage(fetch, answer, ""))
        return True

    def _holds_text(self, fetch: Fetch, page: Page) -> bool:
        """Whether the text of the page, or the address that gave it, may stand in for pages."""
        words = text_hash(page)
        if fetch.given is not None or page.kind in NOT_KEPT or words is None:
            return False
        known = self._known_text(fetch)
        if known is not None and known.text_hash in (None, words):
            return False
        # A new address has replaced nothing: by itself it is no sign of anything.
        replaced = "" if known is None else self._lost_text(known.id, page, fetch)
        if replaced is not None and self._is_led_to(fetch, page, replaced):
            # Of the text nothing is known from then on: its own address may be a page.
            self._led_away.append(HeldPage(fetch, None, ""))
            return True
        if replaced is not None:
            words = _words_of(fetch, page)
            return replaced != words and self._holds_words(fetch, page, words, replaced)
        return known is not None and self._holds_under_title(known.id, page, fetch)

    def _known_text(self, fetch: Fetch) -> sa.Row[Any, Any] | None:
        """The document that the address gave so far, and the hash of its text."""
        address, document = tables.address.c, tables.document.c
        query = (
            sa.select(document.id, document.text_hash)
            .join(tables.address, address.document == document.id)
            .where(address.url == fetch.url)
        )
        return self._connection.execute(query).first()

    def _holds_under_title(self, document: str, page: Page, fetch: Fetch) -> bool:
        """Whether all but the title of a known page may have been replaced. That it stays so in the
        next run would show that it is meant: events may all be cancelled in the same words.
        """
        known = find_document(self._connection, tables.document.c.id == document)
        if known is None or known.text_removed or was_stand_in(self._connection, fetch):
            return False
        before = known.read_page()
        old, new = Fingerprints.of(before), Fingerprints.of(page)
        if old.kind in NOT_NEWS or not old.text or old.text & new.text:
            return False
        words, replaced = (_words_of(fetch, replace(p, title=None)) for p in (page, before))
        return replaced != words and self._holds_words(
            fetch, page, f"titled {words}", replaced, FEWEST_TITLED
        )

    def _holds_words(
        self, fetch: Fetch, page: Page, words: str, replaced: str, fewest: int = FEWEST
    ) -> bool:
        key = (fetch.source, words)
        text = self._texts.get(key)
        if text is None:
            text = _Text(is_stand_in=(fetch.source, stand_in_mark(words)) in self._marks)
        if not replaced:
            if not text.is_stand_in and (fetch.source, fetch.body_hash) not in self._repeated:
                return False
        else:
            text.replaced.add(replaced)
            text.is_stand_in |= len(text.replaced) >= fewest
        self._texts[key] = text
        if text.is_stand_in:  # The pages are not needed any more.
            self._pages -= sum(h.page is not None for h in text.held)
            text.held = [HeldPage(h.fetch, None, words) for h in text.held]
            text.held.append(HeldPage(fetch, None, words))
            return True
        if self._pages >= MOST_HELD:
            return False
        self._pages += 1
        text.held.append(HeldPage(fetch, page, words))
        return True

    def settle(self) -> Iterator[HeldPage]:
        """All that was held: stand-ins first, the others in the order of fetching."""
        held = [page for text in self._texts.values() for page in text.held]
        held += self._led_away
        held += self._later
        self._texts.clear()
        self._waiting.clear()
        self._led_away.clear()
        self._later.clear()
        self._pages = 0
        yield from sorted(held, key=lambda h: (h.page is not None, h.fetch.id))

    def _lost_text(self, document: str, page: Page, fetch: Fetch) -> str | None:
        """Hash of what a document said, if it is news and a page says next to nothing of it, not
        even its title.
        """
        before = find_document(self._connection, tables.document.c.id == document)
        if before is None:
            return None
        old = Fingerprints.of_document(before)
        if old.kind in NOT_NEWS or resembles(old, Fingerprints.of(page)):
            return None
        if before.text_removed:
            return " ".join(sorted(old.passages))
        return _words_of(fetch, before.read_page())

    def _is_led_to(self, fetch: Fetch, page: Page, replaced: str) -> bool:
        """Whether pages that said different things have led to one address in this run, for now: it
        was asked for once. What leads elsewhere for good was removed, or is there.
        """
        if fetch.final_url == fetch.url:
            return False
        lost = {replaced}
        for document in self._led_to.get((fetch.source, fetch.final_url), ())[:MOST_ASKED]:
            lost.add(self._lost_text(document, page, fetch) or "")
        return len(lost - {""}) >= FEWEST

    @cached_property
    def _led_to(self) -> dict[tuple[str, str], list[str]]:
        """Source and address → documents whose addresses led there for now. Asked once: SQLite
        reads all visits of the run for it.
        """
        visit, address = tables.visit.c, tables.address.c
        query = (
            sa.select(visit.source, visit.reason, visit.document)
            .join(tables.address, address.url == visit.url)
            .where(
                visit.run > last_extracting_run(self._connection, self._run),
                visit.kind == "page",
                visit.outcome == Outcome.DUPLICATE,
                visit.reason.startswith(REDIRECTS_TO),
                visit.document.is_not(None),
                address.status.not_in(PERMANENT),
            )
        )
        led: dict[tuple[str, str], list[str]] = {}
        for source, reason, document in self._connection.execute(query):
            led.setdefault((source, reason.removeprefix(REDIRECTS_TO)), []).append(document)
        return led


def _words_of(fetch: Fetch, page: Page) -> str:
    return lasting_text_hash(page, f"{fetch.url} {fetch.final_url}") or ""
