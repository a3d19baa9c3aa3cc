from __future__ import annotations

from pathlib import Path

import pytest

from radar.backup.ledgers import join_ledgers


@pytest.mark.parametrize(
    ("present", "staged", "joined"),
    [
        (None, b"1\n2\n", b"1\n2\n"),
        (b"1\n2\n3\n", None, b"1\n2\n3\n"),
        (b"1\n2\n3\n", b"1\n2\n", b"1\n2\n3\n"),
        (b"3\n", b"1\n2\n", b"1\n2\n3\n"),
        (b"2\n3", b"1\n2", b"1\n2\n3\n"),
        (b"", b"1\n", b"1\n"),
        (b"1\n2\n", b"1\n2\n3\n", b"1\n2\n3\n"),
        (b"1\n4\n", b"1\n2\n3\n", b"1\n2\n3\n4\n"),
    ],
)
def test_nothing_that_was_sent_is_lost_and_the_newest_comes_last(
    tmp_path: Path, present: bytes | None, staged: bytes | None, joined: bytes
) -> None:
    files = tmp_path / "present", tmp_path / "staged"
    for file, content in zip(files, (present, staged), strict=True):
        if content is not None:
            file.write_bytes(content)
    join_ledgers(*files)
    assert files[1].read_bytes() == joined


def test_without_any_ledger_there_is_none(tmp_path: Path) -> None:
    join_ledgers(tmp_path / "present", tmp_path / "staged")
    assert list(tmp_path.iterdir()) == []
