"""Names that lead to what a command does not expect, and every place where one may be given."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from radar.cli import radar
from tests.unit.indexer.records.test_config_files import make_socket

BOMB = gzip.compress(bytes(70_000_000), 1)
WRONG: dict[str, Callable[[Path], object]] = {
    "folder": Path.mkdir,
    "pipe": os.mkfifo,
    "socket": make_socket,
    "zeros": lambda p: p.symlink_to("/dev/zero"),
    "full": lambda p: p.symlink_to("/dev/full"),
    "dangling": lambda p: p.symlink_to("nowhere"),
    "loop": lambda p: p.symlink_to(p.name),
    "unreadable": lambda p: p.symlink_to("/proc/self/mem"),
    "empty": Path.touch,
    "garbage": lambda p: p.write_bytes(bytes(range(256)) * 64),
    "long-line": lambda p: p.write_bytes(b"x" * 200_000),
    "bomb.gz": lambda p: p.write_bytes(BOMB),
}
"""Name → what makes it."""


def make_wrong(folder: Path) -> dict[str, str]:
    """All of them in a folder, and names that no file can have."""
    made = {}
    for name, make in WRONG.items():
        make(folder / name)
        made[name] = str(folder / name)
    return {
        **made,
        "no such": str(folder / "none"),
        "below a file": str(folder / "empty" / "below"),
        "too long": str(folder / ("x" * 300)),
        "half a character": f"{folder}/\udcff",
        "no such person": "~nobody-has-this-name/x",
        "nothing": "",
    }


@dataclass(frozen=True)
class PathPlace:
    """A parameter of a command that takes a path."""

    command: tuple[str, ...]
    parameter: click.Parameter

    def __str__(self) -> str:
        return f"{' '.join(self.command)} {self.parameter.opts[0]}"

    def arguments(self, *paths: str) -> list[str]:
        """The command with these paths, whatever else it needs filled in."""
        given = [self.parameter.opts[0]] if isinstance(self.parameter, click.Option) else []
        return [*self.command, *self._filled(), *given, *paths]

    def _filled(self) -> Iterator[str]:
        for other in command_of(self.command).params:
            if other is not self.parameter and other.required:
                yield from other.opts[:1] if isinstance(other, click.Option) else ()
                yield FILLED.get(other.name or "", "x")


FILLED = {"scope": "read", "since": "2026-01-01"}
"""What other parameters that must be given are given, by name; the rest is `x`."""
PATHS_AS_WORDS = {("try", "target")}
"""Parameters that take a path among other things."""


def command_of(words: tuple[str, ...]) -> click.Command:
    """The command behind some words."""
    found: click.Command = radar
    for word in words:
        assert isinstance(found, click.Group)
        inner = found.get_command(click.Context(found), word)
        assert inner is not None
        found = inner
    return found


def commands(words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command that there is."""
    found = command_of(words)
    if words and (not isinstance(found, click.Group) or found.invoke_without_command):
        yield words
    if isinstance(found, click.Group):
        for name in found.list_commands(click.Context(found)):
            yield from commands((*words, name))


def path_places() -> list[PathPlace]:
    """Every parameter of every command that takes a path."""
    return [
        PathPlace(words, parameter)
        for words in commands()
        for parameter in command_of(words).params
        if isinstance(parameter.type, click.Path | click.File)
        or (*words, parameter.name) in PATHS_AS_WORDS
    ]
