"""Messages as lines of a file."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.records.errors import DeliveryError
from radar.channels import file
from radar.channels.file import FileChannel
from radar.channels.kind import Means
from radar.channels.patience import Patience
from radar.channels.registry import missing, open_channels
from radar.channels.webhook import to_json
from tests.contract.test_channels import MESSAGE


@pytest.fixture
def channel(tmp_path: Path) -> FileChannel:
    return FileChannel(tmp_path / "alerts" / "desk.jsonl")


def lines(channel: FileChannel) -> list[Any]:
    return [json.loads(line) for line in channel.path.read_text("utf-8").splitlines()]


def test_a_line_is_what_a_webhook_gets(channel: FileChannel) -> None:
    channel.deliver(MESSAGE)
    channel.deliver(replace(MESSAGE, key="2" * 36))
    assert lines(channel) == [to_json(MESSAGE), to_json(replace(MESSAGE, key="2" * 36))]


def test_one_that_was_added_before_the_delivery_was_killed_is_not_added_again(
    channel: FileChannel,
) -> None:
    """Others come first then."""
    for message in (MESSAGE, replace(MESSAGE, key="2" * 36), MESSAGE):
        channel.deliver(message)
    assert [line["key"] for line in lines(channel)] == [MESSAGE.key, "2" * 36]


def test_of_many_messages_only_those_with_the_key_are_read(
    channel: FileChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        channel.deliver(replace(MESSAGE, key=f"{number:036}"))
    read: list[str] = []

    def key(line: dict[str, str]) -> str:
        read.append(line["key"])
        return read[-1]

    monkeypatch.setattr(file, "_key", key)
    for handed_over in ("2" * 36, f"{7:036}"):
        channel.deliver(replace(MESSAGE, key=handed_over))
    assert read == [f"{7:036}"]
    assert len(lines(channel)) == 21


def test_a_line_that_was_cut_off_stays_alone(channel: FileChannel) -> None:
    channel.deliver(MESSAGE)
    with channel.path.open("a") as opened:
        opened.write('{"key": "cut')
    channel.deliver(replace(MESSAGE, key="2" * 36))
    first, cut, last = channel.path.read_text("utf-8").splitlines()
    assert (json.loads(first)["key"], cut) == (MESSAGE.key, '{"key": "cut')
    assert json.loads(last)["key"] == "2" * 36


def test_a_folder_that_can_t_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "alerts").write_text("in the way")
    with pytest.raises(DeliveryError, match=r"desk\.jsonl can't be written"):
        FileChannel(tmp_path / "alerts" / "desk.jsonl").deliver(MESSAGE)


def test_without_a_folder_it_is_missing(tmp_path: Path) -> None:
    def means(files: Path | None) -> Means:
        return Means(None, tmp_path, lambda watch, limit: [], files=files)

    named = ["file:desk", "file:board", "feed"]
    assert list(missing(named, means(tmp_path))) == []
    message = "no folder is set, but watches write to 2 files"
    assert list(missing(named, means(None))) == [("files", message)]
    with (
        open_channels(means(None), Patience(threading.Event())) as opened,
        pytest.raises(DeliveryError, match="no folder for files"),
    ):
        opened("file:desk")
