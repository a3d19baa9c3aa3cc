"""Parameters made anew from the pages of the program and those of an installation."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.parsers.events.trained.confidence_model import CONFIDENCE_FILE
from crawler.parsers.events.trained.event_models import PARAMETERS
from crawler.parsers.events.trained.joint_model import ROLES_FILE
from crawler.parsers.page import PageReader
from indexer.records.labels import Labels
from indexer.records.reference import Reference, load_reference
from radar.training import confidence_training, event_training, role_training
from radar.training.comparison import Counts, count
from radar.training.event_parts import TrainingPart, split_folders
from radar.training.labelled_pages import DraftReader
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OPEN_PAGES, OWN_PAGES, PAGES_WITHOUT_EVENT, PLAIN_PAGES

SHIPPED = (OWN_PAGES, PLAIN_PAGES, PAGES_WITHOUT_EVENT)
"""Folders of the program's labelled pages."""
OPEN = (OPEN_PAGES,)
"""Folders from which which mentions are events, and the roles of bodies, learn."""
PARTS: tuple[TrainingPart, ...] = ("chosen-on", "blind")
"""Parts of the labelled pages that are counted, in the order shown. The blind part has chosen
nothing.
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """What the parameters in use and the new ones get right on a part of the pages."""

    part: str
    pages: int
    before: Counts
    after: Counts


def newest_done(labels: Sequence[Labels]) -> list[Labels]:
    """The pages that are labelled whole, each once: where two have labelled one, as it was saved
    last.
    """
    by_page: dict[str, Labels] = {}
    for one in sorted(labels, key=lambda labels: labels.saved or ""):
        if one.done and one.lang is not None:
            by_page[one.id] = one
    return list(by_page.values())


def train(
    labels: Sequence[Labels],
    into: Path,
    shipped: Sequence[Path] = SHIPPED,
    open_pages: Sequence[Path] = OPEN,
) -> list[list[Any]]:
    """Write new parameters into a folder; returns the labelled pages of each folder of the program,
    and those of the installation. What the trainers say goes to stderr.
    """
    with tempfile.TemporaryDirectory() as name:
        own = Path(name) / "own"
        own.mkdir()
        lines = (json.dumps(one.to_record(), ensure_ascii=False) + "\n" for one in labels)
        (own / "labels.jsonl").write_text("".join(lines), "utf-8")
        drafts = DraftReader(load_reference())
        with redirect_stdout(sys.stderr):
            for file in (PARAMETERS, ROLES_FILE):
                # Questions that are not trained anew stay as they are.
                shutil.copy(file, into / file.name)
            every, turns = [*shipped, *open_pages, own], Path(name) / "turns"
            event_training.main(every, into / PARAMETERS.name, drafts, turns)
            role_training.main(every, into / ROLES_FILE.name, drafts, turns=turns)
            confidence_training.main(
                every, into / CONFIDENCE_FILE.name, trained=into, drafts=drafts, turns=turns
            )
        return [read_folder(folder) for folder in (*shipped, own)]


def compare(
    pages: Sequence[Sequence[Mapping[str, Any]]],
    reference: Reference,
    trained: Path,
    *,
    begin: Callable[[int], None] = lambda total: None,
    progress: Callable[[int], None] = lambda number: None,
) -> list[Compared]:
    """The parts of labelled pages, read with the parameters in use and with the new ones.

    `begin` is told how many pages will be read, `progress` of each.
    """
    parts = split_folders(pages)
    before = PageReader(reference)
    after = before.with_parameters(trained)
    begin(2 * sum(len(parts[part]) for part in PARTS))
    return [
        Compared(
            part,
            len(parts[part]),
            count(before, parts[part], progress),
            count(after, parts[part], progress),
        )
        for part in PARTS
    ]
