"""What trainers are called with."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar.training.arguments import trainer_arguments


def test_folders_are_paths() -> None:
    assert trainer_arguments("").parse_args(["a", "b/c"]).folders == [Path("a"), Path("b/c")]


def test_help_and_a_call_without_a_folder_train_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="0"):
        trainer_arguments("Trains the gate.").parse_args(["--help"])
    assert "Trains the gate." in capsys.readouterr().out
    with pytest.raises(SystemExit, match="2"):
        trainer_arguments("").parse_args([])


def test_a_trainer_that_reads_nothing_in_turn_refuses_turns() -> None:
    assert trainer_arguments("").parse_args(["--turns", "t", "a"]).turns == Path("t")
    with pytest.raises(SystemExit, match="2"):
        trainer_arguments("", turns=False).parse_args(["--turns", "t", "a"])
