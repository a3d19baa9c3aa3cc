"""Lines of ledgers that nobody can read are told, by `radar check` and by the server's health."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.database.engine import open_database
from radar.configuration.settings import load_settings
from radar.installation.catalogue import Catalogue
from radar.installation.checking import check_installation
from radar.installation.installation import Installation
from radar.installation.ledger_damage import (
    REMEDY,
    LedgerDamage,
    damaged_ledgers,
    has_unreadable_ledger,
    unwritable_ledgers,
)


def test_a_pipe_or_a_link_to_nothing_is_no_ledger_and_is_not_waited_for(tmp_path: Path) -> None:
    settings = load_settings(None, {"RADAR_HOME": str(tmp_path)})
    os.mkfifo(settings.sent)
    settings.subscriptions.symlink_to(tmp_path / "no-such-disk" / "subscriptions.jsonl")
    assert list(damaged_ledgers(settings, 9)) == [
        LedgerDamage(settings.sent, error=f"not a regular file; {REMEDY}"),
        LedgerDamage(settings.subscriptions, error=f"a link to a file that is not there; {REMEDY}"),
    ]
    settings.sent.unlink()
    assert has_unreadable_ledger(settings)
    settings.subscriptions.unlink()
    assert not has_unreadable_ledger(settings)


def test_what_is_wrong_with_a_ledger_is_told_until_it_is_mended(tmp_path: Path) -> None:
    settings = load_settings(None, {"RADAR_HOME": str(tmp_path)})
    assert list(damaged_ledgers(settings, 9)) == []
    settings.subscriptions.write_text("{}\n[]\n")
    settings.sent.mkdir()
    line = f"{settings.subscriptions}:2: no JSON object"
    assert list(damaged_ledgers(settings, 1)) == [
        LedgerDamage(settings.sent, error=f"Is a directory; {REMEDY}"),
        LedgerDamage(settings.subscriptions, (line,)),
    ]
    assert has_unreadable_ledger(settings)
    engine = open_database(settings.database)
    health = Catalogue(settings, engine).health
    assert f"sent.jsonl: Is a directory; {REMEDY}" in health().problems
    settings.sent.rmdir()
    assert not has_unreadable_ledger(settings)
    told = "subscriptions.jsonl: lines that nobody can read: `radar check` says more"
    assert health().problems == (told,)
    settings.subscriptions.write_text("")
    assert health().problems == ()
    engine.dispose()


def test_a_ledger_that_cannot_be_written_is_told_by_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"RADAR_HOME": str(tmp_path), "RADAR_MEANING": "off"}
    installation = Installation(load_settings(None, environ))
    settings = installation.settings
    settings.sent.write_text("")
    assert list(unwritable_ledgers(settings)) == []
    # Root may write anywhere, but on a disk that is mounted to be read.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert list(unwritable_ledgers(settings)) == [settings.sent]
    (told,) = (r for r in check_installation(installation) if r.what == "ledgers")
    assert told.level == "todo"
    assert f"{settings.sent} can't be written" in told.message
