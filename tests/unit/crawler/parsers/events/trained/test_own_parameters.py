from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.parsers.events.trained.event_models import PARAMETERS, VERSION, read_models
from crawler.parsers.events.trained.own_parameters import TRAINED, read_own_or_shipped


def test_own_parameters_stand_in_for_those_of_the_program(tmp_path: Path) -> None:
    own = {"version": VERSION, "questions": {"event": {"weights": {"x": 2}, "threshold": 1}}}
    (tmp_path / PARAMETERS.name).write_text(json.dumps(own))
    models = read_own_or_shipped(read_models, PARAMETERS, tmp_path)
    assert models["event"].log_odds([{"x": 3.0}]) == [6.0]


@pytest.mark.parametrize("content", ["", '{"version": 0, "questions": {}}', '{"version"'])
def test_those_that_do_not_fit_are_told_and_left_out(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / PARAMETERS.name).write_text(content)
    shipped = read_models(PARAMETERS)
    assert read_own_or_shipped(read_models, PARAMETERS, tmp_path) == shipped
    assert "radar train --reset" in caplog.text


def test_without_a_file_those_of_the_program_are_read(tmp_path: Path) -> None:
    for folder in (None, tmp_path, tmp_path / "nothing"):
        assert read_own_or_shipped(read_models, PARAMETERS, folder) == read_models(PARAMETERS)


def test_the_program_has_every_file_that_is_trained() -> None:
    for shipped, read in TRAINED.items():
        assert read(shipped)
