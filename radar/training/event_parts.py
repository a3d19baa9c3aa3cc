"""Parts of the labelled pages that event models are trained on: train, chosen-on and blind.

The hosts of each language (without `www.`) are ordered by the SHA-256 of their name: the first
fifth is blind, the second chooses thresholds, the rest is trained on. So every language is in every
part, no host is in two, and the same pages give the same parts. Pages that were kept back once
(OPEN_PAGES) all train: what is kept back now takes their part, and thresholds are chosen on the
hands of `train` in turn (of pages without one: hosts), too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from indexer.records.site import host
from radar.training.marked_pages import read_folder
from radar.training.shipped_pages import OPEN_PAGES

TrainingPart = Literal["train", "chosen-on", "blind"]

TAUGHT: tuple[TrainingPart, ...] = ("train", "chosen-on")
"""What models see when they are trained."""
FOLDS = 6
"""Folds of hands or hosts that are judged in turn, each by what the others teach."""
_FIFTHS = 5


def split_training(
    records: Sequence[Mapping[str, Any]],
) -> dict[TrainingPart, list[Mapping[str, Any]]]:
    """The pages of each part, in their order."""
    parts: dict[TrainingPart, list[Mapping[str, Any]]] = {"train": [], "chosen-on": [], "blind": []}
    languages = {str(record["lang"]) for record in records}
    part_of: dict[tuple[str, str], TrainingPart] = {}
    for lang in languages:
        hosts = sorted({host(r.get("url")) for r in records if r["lang"] == lang}, key=_rank)
        fifth = len(hosts) // _FIFTHS
        for i, name in enumerate(hosts):
            part_of[lang, name] = (
                "blind" if i < fifth else "chosen-on" if i < 2 * fifth else "train"
            )
    for record in records:
        parts[part_of[str(record["lang"]), host(record.get("url"))]].append(record)
    return parts


def read_parts(folders: Sequence[Path]) -> dict[TrainingPart, list[Mapping[str, Any]]]:
    """The pages of each part of several folders of labelled pages."""
    split = [folder for folder in folders if folder.resolve() != OPEN_PAGES.resolve()]
    parts = split_folders([read_folder(folder) for folder in split])
    for folder in folders:
        if folder not in split:
            parts["train"] += read_folder(folder)
    return parts


def split_folders(
    folders: Sequence[Sequence[Mapping[str, Any]]],
) -> dict[TrainingPart, list[Mapping[str, Any]]]:
    """The pages of each part of several folders, each split by itself: a further folder moves no
    page of another one.
    """
    parts: dict[TrainingPart, list[Mapping[str, Any]]] = {"train": [], "chosen-on": [], "blind": []}
    for records in folders:
        for part, pages in split_training(records).items():
            parts[part] += pages
    return parts


def turn_of(part: str, name: str) -> int:
    """Which of the models in turn have not seen a page of a hand: those without its fold, or, of
    `chosen-on`, which teaches nothing, those of all others.
    """
    return FOLDS if part == "chosen-on" else fold_of(name)


def folder_of_turn(turns: Path, turn: int) -> Path:
    """Where the parameters of a turn lie."""
    return turns / f"turn-{turn}"


def fold_of(name: str) -> int:
    """The fold of a hand, below `FOLDS`."""
    return crc32(name.encode()) % FOLDS


def _rank(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
