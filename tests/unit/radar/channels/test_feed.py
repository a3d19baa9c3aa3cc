"""The file of a feed is whole or not there, and nothing else is left."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.records.errors import DeliveryError
from radar.channels.feed import FeedChannel
from search_api.ports import WatchMatch


def nothing(watch: str, limit: int) -> Sequence[WatchMatch]:
    del watch, limit
    return []


def owned(folder: Path, owner: str) -> FeedChannel:
    return FeedChannel(folder, nothing, lambda: owner)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_of_a_feed_that_can_not_be_written_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = FeedChannel(tmp_path / "feeds", nothing)

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(DeliveryError, match="No space left"):
            channel.write("tin", "Tin", "en")
    assert files(channel.folder) == {"feeds.lock"}
    channel.write("tin", "Tin", "en")
    assert files(channel.folder) == {"feeds.lock", "tin.atom"}


def test_what_killed_runs_have_left_is_removed(tmp_path: Path) -> None:
    channel = FeedChannel(tmp_path, nothing)
    channel.write("tin", "Tin", "en")
    for left in (".tin.atom.4711", ".gone.atom.new"):
        (tmp_path / left).write_text("a forgotten page")
    channel.remove_drafts()
    assert files(tmp_path) == {"feeds.lock", "tin.atom"}


def test_a_folder_belongs_to_whoever_wrote_there_first(tmp_path: Path) -> None:
    ours, theirs = owned(tmp_path, "a"), owned(tmp_path, "b")
    ours.write("tin", "Ours", "en")
    before = (tmp_path / "tin.atom").read_bytes()
    changes: list[Callable[[], None]] = [
        lambda: theirs.write("tin", "Theirs", "en"),
        lambda: theirs.write("zinc", "Theirs", "en"),
        lambda: theirs.remove("tin"),
        theirs.remove_drafts,
    ]
    for change in changes:
        with pytest.raises(DeliveryError, match=r"another installation: .*installation\.json"):
            change()
    assert files(tmp_path) == {"feeds.lock", "installation.json", "tin.atom"}
    assert (tmp_path / "tin.atom").read_bytes() == before
    ours.write("tin", "Ours", "en")


def test_a_folder_whose_mark_was_removed_is_taken_over(tmp_path: Path) -> None:
    ours, theirs = owned(tmp_path, "a"), owned(tmp_path, "b")
    ours.write("tin", "Ours", "en")
    (tmp_path / "installation.json").unlink()
    theirs.write("tin", "Theirs", "en")
    with pytest.raises(DeliveryError, match="another installation"):
        ours.write("tin", "Ours", "en")
