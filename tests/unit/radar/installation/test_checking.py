"""What `radar check` says of an installation."""

from __future__ import annotations

import errno
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from indexer.alerts.watches import sync_watches
from indexer.database.engine import open_database
from indexer.frontier.archive_files import save_end
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.regular_files import open_regular
from radar.configuration.settings import load_settings
from radar.installation import checking
from radar.installation.checking import check_installation
from radar.installation.deep_check import archive_check
from radar.installation.installation import Installation
from radar.installation.misspelt import MANY

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def told(folder: Path) -> list[str]:
    """What is said of watches."""
    opened = Installation(load_settings(folder, {"RADAR_MEANING": "off"}, home=folder / "home"))
    results = check_installation(opened, clock=lambda: NOW)
    return [result.message for result in results if result.what == "watches"]


def test_a_word_of_a_watch_that_may_be_misspelt_is_noted(tmp_path: Path) -> None:
    (tmp_path / "watches").mkdir()
    watch = "{id: %s, name: N, query: %s, channels: [feed]}"
    watches = [watch % ("wrong", "Antimonny"), watch % ("right", "antimony")]
    (tmp_path / "watches" / "w.yaml").write_text(f"[{', '.join(watches)}]")
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    urls = [f"https://a.example/{n}" for n in range(MANY)]
    page = Page(None, lang="en", text="Antimony is dear.")
    pages = [StoredDocument(document_id(url), url, "a", 1, NOW, page) for url in urls]
    with Installation(settings).store(writable=True) as store:
        store.write(pages)
    (line,) = told(tmp_path)
    assert line == "watch wrong: no page has the word 'Antimonny'; did you mean 'antimony'?"


def test_watches_whose_folder_is_missing_are_named(tmp_path: Path) -> None:
    file = tmp_path / "watches" / "w.yaml"
    file.parent.mkdir()
    file.write_text("- {id: lead, name: Lead, query: Blei, channels: [feed]}\n")
    settings = load_settings(tmp_path, {}, home=tmp_path / "home")
    settings.home.mkdir()
    with open_database(settings.database).begin() as connection:
        sync_watches(connection, settings.watches, NOW)
    assert told(tmp_path) == []
    file.unlink()
    file.parent.rmdir()
    (line,) = told(tmp_path)
    assert line.startswith(f"{file.parent}: there is no such folder")
    assert ": lead; " in line


class Silent:
    """Shows nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """See `Progress`."""

    def advance(self, number: int = 1) -> None:
        """See `Progress`."""


def test_what_is_wrong_with_files_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(path: Path) -> BinaryIO:
        # Rights keep root out of nothing.
        if path.name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        if path.name == "broken":
            raise OSError(errno.EIO, "Input/output error", str(path))
        return open_regular(path)

    monkeypatch.setattr(checking, "open_regular", opened)
    settings = load_settings(tmp_path, {"RADAR_MEANING": "off"}, home=tmp_path / "home")
    settings.archive.mkdir(parents=True)
    for name, content in {"closed": b"12345", "short": b"1234", "whole": b"12345"}.items():
        (settings.archive / name).write_bytes(content)
    with open_database(settings.database).begin() as connection:
        for name in ("broken", "closed", "gone", "short", "whole"):
            save_end(connection, name, 5)
    found = check_installation(Installation(settings), clock=lambda: NOW)
    told = [(result.level, result.message) for result in found if result.what == "archive"]
    place, deep = settings.archive, "`radar check --deep` says what it held"
    assert told == [
        ("todo", f"{place / 'broken'} can't be read: Input/output error; {deep}"),
        ("todo", f"{place / 'closed'} can't be read: Permission denied; {checking.RIGHTS}"),
        ("todo", f"{place / 'gone'} is missing: {deep}"),
        ("todo", f"{place / 'short'} is shorter than what was written: {deep}"),
    ]


def test_a_file_of_the_archive_that_rights_close_needs_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "rohstoffradar-000001.warc.gz"
    (tmp_path / name).write_bytes(b"")

    def refuse(path: Path) -> BinaryIO:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(archive_check, "open_regular", refuse)
    (found,) = archive_check.check_archive(None, tmp_path, Silent())
    assert (found.level, found.message) == (
        "todo",
        f"{name} can't be read: Permission denied; {checking.RIGHTS}",
    )


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (0, "no due time is left of it"),
        (1, "1 due time lies beyond all that can be set now: due in the next run"),
        (2, "2 due times lie beyond all that can be set now: due in the next run"),
    ],
)
def test_a_clock_ahead_is_told_with_what_it_has_left(times: int, said: str) -> None:
    note = checking._clock_ahead(times, NOW)
    assert note.startswith("a run was made with a clock ahead of 2026-03-01 02:30 UTC")
    assert note.endswith(said)
