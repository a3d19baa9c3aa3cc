"""What several commands take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from indexer.records.values import LARGEST_NUMBER
from radar.cli import radar
from radar.commands.options import Number


def _numbers(command: click.Command, name: str) -> Iterator[tuple[str, click.ParamType[Any]]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from _numbers(found, f"{name} {part}")
    for param in command.params:
        is_shown = not getattr(param, "hidden", False)
        if is_shown and isinstance(param.type, click.IntRange | type(click.INT)):
            yield f"{name} {param.name}", param.type


def test_no_number_of_a_command_is_larger_than_the_database_takes() -> None:
    numbers = dict(_numbers(radar, "radar"))
    assert "radar runs run" in numbers
    endless = [
        name
        for name, kind in numbers.items()
        if not isinstance(kind, Number) and getattr(kind, "max", None) is None
    ]
    assert endless == []


@pytest.mark.parametrize(("number", "code"), [(LARGEST_NUMBER, 0), (LARGEST_NUMBER + 1, 2)])
def test_a_number_that_is_too_large_is_a_mistake_of_the_command(number: int, code: int) -> None:
    @click.command()
    @click.argument("number", type=Number(min=1))
    def command(number: int) -> None:
        click.echo(number)

    assert CliRunner().invoke(command, [str(number)]).exit_code == code


@pytest.mark.parametrize(
    "command",
    [
        "show",
        "forget",
        "watch explain lithium",
        "watch subscribe lithium",
        "watch dead-letters --replay",
    ],
)
def test_bytes_that_are_no_text_are_a_mistake_of_the_command(command: str, tmp_path: Path) -> None:
    arguments = [*command.split(), "https://a.example/\udcff", "--home", str(tmp_path)]
    result = CliRunner().invoke(radar, arguments)
    assert result.exit_code == 2
    assert "is not written in UTF-8" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["export", "x", "--format", "cvs"], """'ics' (did you mean "csv"?)."""),
        (["export", "x", "--format", "paper"], "'ics'."),
        (["search", "x", "--sort", "newst"], """(did you mean "newest"?)."""),
        (["completion", "bahs"], """(did you mean "bash"?)."""),
    ],
)
def test_a_slip_in_one_of_some_words_is_told(arguments: list[str], told: str) -> None:
    ended = CliRunner().invoke(radar, arguments)
    assert ended.exit_code == 2
    assert ended.output.rstrip().endswith(told)
