"""Groups of commands: what stands below `radar watch`, `radar sources` and `radar key`."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Mapping
from typing import Any

import click

from indexer.records.values import suggestion

_WHOLE = 1000
"""Characters of a command's line in the list of commands: its first sentence is never cut."""


class CommandGroup(click.Group):
    """Imports a command of another module only when it is called, or listed."""

    def __init__(
        self, *arguments: Any, modules: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        """`modules`: name of a command → the module in which it is, under that name."""
        super().__init__(*arguments, **options)
        self._modules = modules or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, those of this module first."""
        return [*super().list_commands(ctx), *self._modules]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if it is in another module."""
        if cmd_name not in self._modules:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(self._modules[cmd_name])
        found = getattr(module, cmd_name.replace("-", "_"))
        return found if isinstance(found, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command; UsageError with the one that may have been meant."""
        check_command(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands, each with its first sentence in full."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(n, c.get_short_help_str(_WHOLE)) for n, c in commands if c])


def check_command(name: str, known: Collection[str], ctx: click.Context) -> None:
    """UsageError for a name that is none of the commands, nor an option."""
    if not name.startswith("-") and name not in known:
        raise click.UsageError(f"No such command '{name}'{suggestion(name, known)}.", ctx)
