"""`radar rebuild` where the encoder of meaning fails."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from indexer.records.errors import MeaningUnavailable
from radar.commands import rebuild as module
from radar.commands.rebuild import command
from radar.installation.installation import Installation
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
