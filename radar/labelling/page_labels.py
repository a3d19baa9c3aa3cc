"""The desk of labels: pages at hand, what the program proposes for them, and what was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from indexer.records.document import Page, iso_instant
from indexer.records.labels import Labels
from indexer.records.reference import Reference
from radar.installation.clock import Clock
from radar.labelling.changes import LabelChanges
from radar.labelling.label_files import LabelFiles
from radar.labelling.proposal import places_read, propose
from radar.labelling.value_words import ValueWords
from search_api.labelling.desk import LabelledPage, LabelsChanged
from search_api.ports import DocumentArchive
from search_api.problems import NotFound


class PagesAtHand(Protocol):
    """Pages that can be labelled: some that were named, or all of an installation."""

    def ids(self) -> Sequence[str]:
        """Those that are listed though nobody has labelled them."""

    def find(self, identity: str) -> Page | None:
        """The page with this id."""


class NamedPages:
    """Pages that were named on the command line."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self._pages = pages

    def ids(self) -> Sequence[str]:
        """All of them."""
        return list(self._pages)

    def find(self, identity: str) -> Page | None:
        """One of them."""
        return self._pages.get(identity)


class StoredPages:
    """The documents of an installation; only those that were labelled are listed."""

    def __init__(self, archive: DocumentArchive) -> None:
        self._archive = archive

    def ids(self) -> Sequence[str]:
        """None: there are too many, and each has its link."""
        return ()

    def find(self, identity: str) -> Page | None:
        """The page of a document as it stands."""
        view = self._archive.document(identity)
        return None if view is None else view.page


class PageLabels:
    """Labels over pages and files."""

    def __init__(
        self, pages: PagesAtHand, files: LabelFiles, reference: Reference, clock: Clock
    ) -> None:
        self._pages = pages
        self._files = files
        self._values = ValueWords(reference)
        self._clock = clock

    def pages(self, labeller: str) -> Sequence[LabelledPage]:
        """The pages at hand, and those that were labelled before."""
        saved = self._files.of(labeller)
        labelled = {labels.id for labels in saved}
        fresh = [
            LabelledPage(identity, page.title, page.canonical or page.url, None, done=False)
            for identity in self._pages.ids()
            if identity not in labelled and (page := self._pages.find(identity)) is not None
        ]
        known = [LabelledPage(s.id, s.title, s.url, s.saved, s.done) for s in saved]
        return [*fresh, *known]

    def open(self, page: str, labeller: str) -> Labels | None:
        """The saved labels of a page, else what the program proposes."""
        return self._files.page(labeller, page) or self._proposed(page)

    def change(self, page: str, labeller: str, known: str, change: Mapping[str, str]) -> Labels:
        """Make a change and save it."""
        with self._files.writing(labeller) as writer:
            labels = self.open(page, labeller)
            if labels is None:
                raise NotFound("There is no such page to label.")
            if labels.fingerprint != known:
                raise LabelsChanged("These labels were changed meanwhile.")
            found = self._pages.find(page)
            changes = LabelChanges(self._values, places_read(found) if found else {})
            changed = replace(
                changes.make(labels, change), labeller=labeller, saved=iso_instant(self._clock())
            )
            writer.append(changed)
            return changed

    def _proposed(self, identity: str) -> Labels | None:
        page = self._pages.find(identity)
        return None if page is None else propose(page, identity)
