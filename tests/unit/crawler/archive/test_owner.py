from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive.owner import FILE, owner_of_file, read_owner, write_owner
from crawler.archive.warc import Archive
from indexer.frontier.port import Response

RESPONSE = Response(
    url="https://example.org/1",
    final_url="https://example.org/1",
    status=200,
    headers={"content-type": "text/html"},
    fetched_at=datetime(2026, 5, 4, tzinfo=UTC),
    body=b"<p>Kupfer</p>",
)


def begun(folder: Path, owner: str | None) -> Path:
    """An archive with one file, begun for this owner."""
    if owner is not None:
        write_owner(folder, owner)
    archive = Archive(folder)
    name = archive.append(RESPONSE).file
    archive.close()
    return folder / name


@pytest.mark.parametrize("owner", ["a1b2", None])
def test_a_file_says_who_wrote_it(tmp_path: Path, owner: str | None) -> None:
    assert owner_of_file(begun(tmp_path, owner)) == owner


def test_the_files_say_whose_the_archive_is_where_the_folder_no_longer_does(tmp_path: Path) -> None:
    begun(tmp_path, "a1b2")
    (tmp_path / FILE).unlink()
    assert read_owner(tmp_path) == "a1b2"


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"installation": 7}', b"\xff"])
def test_an_owner_that_can_not_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert read_owner(tmp_path) is None


@pytest.mark.parametrize("damage", ["missing", "empty", "noise", "cut"])
def test_a_damaged_file_names_nobody(tmp_path: Path, damage: str) -> None:
    file = begun(tmp_path, "a1b2")
    whole = file.read_bytes()
    if damage == "missing":
        file.unlink()
    else:
        file.write_bytes({"empty": b"", "noise": bytes(len(whole)), "cut": whole[:40]}[damage])
    assert owner_of_file(file) is None
