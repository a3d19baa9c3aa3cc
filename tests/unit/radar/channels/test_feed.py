"""The file of a feed is whole or not there, and nothing else is left."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.records.errors import DeliveryError
from radar.channels.feed import FeedChannel
from search_api.ports import WatchMatch


def nothing(watch: str, limit: int) -> Sequence[WatchMatch]:
    del watch, limit
    return []


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
