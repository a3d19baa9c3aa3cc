"""Groups of commands: what their help lists, and what a slip of the pen is answered with."""

from __future__ import annotations

import pytest

from radar import cli


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([*arguments])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out + err


@pytest.mark.parametrize("group", ["watch", "sources", "key"])
def test_help_lists_each_command_with_a_whole_sentence(
    group: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, group, "--help")
    assert code == 0
    lines = " ".join(text.partition("Commands:")[2].split())
    assert "..." not in lines
    assert lines.endswith(".")


@pytest.mark.parametrize(
    ("group", "slip", "meant"),
    [("watch", "explane", "explain"), ("sources", "chek", "check"), ("key", "ad", "add")],
)
def test_a_misspelt_command_is_answered_with_the_one_that_was_meant(
    group: str, slip: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = said(capsys, group, slip)
    assert code == 2
    assert f"No such command '{slip}' (did you mean \"{meant}\"?)." in text


def test_what_is_only_a_little_like_a_command_is_not_taken_for_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "No such command 'preview'." in said(capsys, "watch", "preview")[1]
