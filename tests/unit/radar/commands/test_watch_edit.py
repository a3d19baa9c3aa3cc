"""`radar watch add` says what it needs by the names of its options."""

from __future__ import annotations

from pathlib import Path

import pytest

from radar import cli


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], "--name, --query, --channel: needed"),
        (["--name", "Tin", "--query", "tin"], "Error: --channel: needed"),
        (["--name", "Tin", "--country", "KZ"], "Error: --channel: needed"),
        (["--channel", "feed", "--tell", "event-moved"], "Error: --name, --query: needed"),
    ],
)
def test_what_is_missing_is_named_as_it_is_given(
    given: list[str], missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["watch", "add", *given, "--home", str(tmp_path)])
    assert ended.value.code == 2
    assert missing in capsys.readouterr().err
