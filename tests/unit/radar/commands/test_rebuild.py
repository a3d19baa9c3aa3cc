"""`radar rebuild` where the encoder of meaning fails, and beside a run."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from indexer.records.errors import MeaningUnavailable, RunInProgress
from radar.commands import rebuild as module
from radar.commands.rebuild import command
from radar.installation.installation import Installation
from radar.run.lock import run_lock
from radar.stages.index import Indexed


@pytest.mark.parametrize("fails", [True, False])
def test_an_encoder_that_fails_is_told_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool
) -> None:
    encoder = Mock(failure=None)

    def rebuild(*_: object) -> Indexed:
        if fails:
            encoder.failure = MeaningUnavailable("the extra fails", hint="install it")
        return Indexed()

    monkeypatch.setattr(Installation, "encoder", encoder)
    monkeypatch.setattr(module, "rebuild", rebuild)
    arguments = ["--config", str(tmp_path), "--home", str(tmp_path)]
    ended = CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    told = "meaning: the extra fails\nhint: install it\n"
    assert (ended.return_value, told in ended.stderr) == (int(fails), fails)


def test_no_database_is_made_or_migrated_under_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run of an earlier version would go on with tables that it does not know."""
    kind = Mock(runs_beside_rebuild=True)
    monkeypatch.setattr(Installation, "store_kind", kind)
    monkeypatch.setattr(module, "rebuild", lambda *_: Indexed())
    arguments = ["--config", str(tmp_path), "--home", str(tmp_path)]
    with run_lock(tmp_path), pytest.raises(RunInProgress):
        CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    assert not (tmp_path / "radar.db").exists()
    CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    with run_lock(tmp_path):
        again = CliRunner().invoke(command, arguments, standalone_mode=False)
    assert again.exception is None
