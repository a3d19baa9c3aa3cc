"""`radar label` without a page, before any was labelled, does not open an empty list."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar import cli


def test_without_a_page_there_must_be_one_that_was_labelled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["label", "--as", "anna", "--no-browser", "--home", str(tmp_path)])
    assert ended.value.code == 2
    assert "anna has labelled no page yet: name a URL or FILE" in capsys.readouterr().err
