from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.records.labels import Labels
from radar.labelling.label_files import LabelFiles
from radar.labelling.proposal import propose
from tests.unit.radar.labelling.made_up_page import PAGE

ONE, TWO = propose(PAGE, "0a"), replace(propose(PAGE, "0b"), labeller="ann")


def save(files: LabelFiles, labels: Labels, labeller: str = "ann") -> None:
    with files.writing(labeller) as writer:
        writer.append(replace(labels, labeller=labeller))


def test_the_last_line_of_a_page_counts_and_the_ones_before_stay(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path / "labels")
    save(files, ONE)
    save(files, TWO)
    save(files, replace(ONE, done=True))
    assert [(labels.id, labels.done) for labels in files.of("ann")] == [("0a", True), ("0b", False)]
    assert files.page("ann", "0b") == TWO
    assert len((tmp_path / "labels" / "ann.jsonl").read_text("utf-8").splitlines()) == 3


def test_a_new_data_folder_is_open_to_its_user_alone(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path / "data" / "labels")
    save(files, ONE)
    folders = (files.folder.parent, files.folder)
    assert [oct(folder.stat().st_mode & 0o777) for folder in folders] == ["0o700", "0o700"]


def test_labellers_have_files_of_their_own(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path)
    save(files, ONE, "ann")
    save(files, replace(ONE, events=(), marks=(), done=True), "bob")
    assert files.page("ann", "0a") == replace(ONE, labeller="ann")
    assert [(labels.labeller, labels.done) for labels in files.all()] == [
        ("ann", False),
        ("bob", True),
    ]


def test_a_name_that_makes_no_file_name_leads_to_no_other_folder(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path / "labels")
    save(files, ONE, "../outside")
    assert [labels.labeller for labels in files.all()] == ["../outside"]
    assert files.page("../outside", "0a") is not None
    assert [entry.name for entry in tmp_path.iterdir()] == ["labels"]


def test_labels_are_removed_from_files_that_no_labeller_is_called_after(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path)
    save(files, ONE)
    save(files, TWO)
    (tmp_path / "ann.jsonl").rename(tmp_path / "ann (old).jsonl")
    assert files.remove(lambda labels: labels.id == "0a") == 1
    assert [labels.id for labels in files.all()] == ["0b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ann (old).jsonl", "labels.lock"]


def test_a_line_that_was_cut_off_is_left_out_and_the_next_is_whole(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = LabelFiles(tmp_path)
    save(files, ONE)
    save(files, replace(ONE, done=True))
    file = tmp_path / "ann.jsonl"
    file.write_bytes(file.read_bytes()[:-200])
    assert files.page("ann", "0a") == replace(ONE, labeller="ann")
    assert "is left out" in caplog.text
    save(files, TWO)
    assert {labels.id for labels in files.of("ann")} == {"0a", "0b"}


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "0a"}',
        b"[1, 2]",
        b'{"id": "0a", "text": "x", "events": 3}',
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps(
            {
                **propose(PAGE, "0a").to_record(),
                "_persons": [{"surface": "far away", "event": None, "start": 4000}],
            }
        ).encode(),
    ],
)
def test_lines_that_are_no_labels_are_left_out(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "ann.jsonl").write_bytes(line + b"\n")
    assert LabelFiles(tmp_path).of("ann") == []


def test_nothing_is_added_where_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = LabelFiles(tmp_path)
    save(files, ONE)
    before = (tmp_path / "ann.jsonl").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        save(files, TWO)
    assert (tmp_path / "ann.jsonl").read_bytes() == before


def test_all_labels_of_a_page_are_removed_with_what_cannot_be_read(tmp_path: Path) -> None:
    files = LabelFiles(tmp_path)
    save(files, ONE, "ann")
    save(files, TWO, "ann")
    save(files, ONE, "bob")
    with (tmp_path / "bob.jsonl").open("ab") as file:
        file.write(b'{"id": "0a", "text": "cut o')
    assert files.remove(lambda labels: labels.id == "0a") == 3
    assert [labels.id for labels in files.all()] == ["0b"]
    assert b"0a" not in b"".join(file.read_bytes() for file in tmp_path.glob("*.jsonl"))
