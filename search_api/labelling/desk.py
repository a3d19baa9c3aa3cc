"""The port to labels: what is known of a page, and how a person changes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.records.errors import RadarError
from indexer.records.labels import Labels


class LabelMistaken(RadarError):
    """A change of labels that can't be made: the message says why."""

    code = "label-mistaken"


class LabelsChanged(RadarError):
    """The labels were changed meanwhile, in another tab or by another program."""

    code = "labels-changed"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page in the list of those that can be labelled."""

    id: str
    title: str | None
    url: str | None
    saved: str | None
    """ISO instant of the last change; None: not labelled yet."""
    done: bool


class LabelDesk(Protocol):
    """Labels of pages; each labeller has labels of their own. Called from several threads."""

    def pages(self, labeller: str) -> Sequence[LabelledPage]:
        """The pages at hand, and those that were labelled before."""

    def open(self, page: str, labeller: str) -> Labels | None:
        """The saved labels of a page, else what the program proposes; None: there is none."""

    def change(self, page: str, labeller: str, known: str, change: Mapping[str, str]) -> Labels:
        """Make a change (`radar.labelling.changes`) and save it at once.

        `known`: fingerprint of the labels that the change was made on. Raises LabelMistaken,
        LabelsChanged, NotFound, or OSError where it can't be saved: nothing is changed then.
        """
