"""What several subcommands share: opening the installation, printing records."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, TypeVar

import click

from indexer.records.regular_files import open_regular_or_piped
from indexer.records.values import LARGEST_NUMBER, check_schedule, suggestion
from radar.configuration.settings import load_settings
from radar.installation.installation import Installation

Command = TypeVar("Command", bound=Callable[..., Any])

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line, for programs."
)

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path, file_okay=False),
    help="Configuration folder (default: RADAR_CONFIG, then the packaged one).",
)

home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Data folder (default: RADAR_HOME, then the user's data folder).",
)


class Number(click.IntRange):
    """A number that may be looked up in the database; the help does not name the largest one, as it
    would by `max`.
    """

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; a mistake of the command where it is out of range, or no number."""
        number = int(super().convert(value, param, ctx))
        if number > LARGEST_NUMBER:
            self.fail(f"{number} is larger than any number here.", param, ctx)
        return number


class Day(click.DateTime):
    """A calendar day."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # as click has it
        """The day; a mistake of the command, with an example, where it is none."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is not a day such as 2026-03-31.", param, ctx)


class Choice(click.Choice[str]):
    """One of some words; a slip is told what may have been meant."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """The message for a word that is none of them."""
        told = super().get_invalid_choice_message(value, ctx).removesuffix(".")
        return f"{told}{suggestion(str(value), self.choices)}."


class Name(click.types.StringParamType):
    """A text that may be looked up in the database: no bytes that are no UTF-8."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text; a mistake of the command where it can't be written."""
        text: str = super().convert(value, param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail(f"{text!r} is not written in UTF-8.", param, ctx)
        return text


class InputFile(click.File):
    """A file to read, or - for standard input; a named pipe or a device is not waited for."""

    def convert(
        self,
        value: str | os.PathLike[str] | IO[Any],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> IO[Any]:
        """Open it."""
        if not isinstance(value, str) or value == "-":
            return super().convert(value, param, ctx)
        try:
            file = open_regular_or_piped(Path(value))
        except OSError as error:
            self.fail(f"'{click.format_filename(value)}': {error.strerror}", param, ctx)
        if ctx is not None:
            ctx.call_on_close(file.close)
        return file


def schedule_option(text: str, *, default: str | None = None) -> Callable[[Command], Command]:
    """`--schedule` with this help: a time of day (`02:30`) or an interval (`6h`)."""
    return click.option(
        "--schedule",
        metavar="TIME",
        default=default,
        show_default=default is not None,
        callback=_schedule,
        help=text,
    )


def _schedule(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del context, parameter
    try:
        return None if value is None else check_schedule(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} {error}") from error


def places(config: Path | None, home: Path | None) -> list[str]:
    """The options that name this installation to a child."""
    return [
        *(("--config", str(config)) if config else ()),
        *(("--home", str(home)) if home else ()),
    ]


def installation(config: Path | None, home: Path | None) -> Installation:
    """The installation as configured; ConfigError with every mistake, but one in a watch is only
    said: it stops nothing else.
    """
    opened = silent_installation(config, home)
    for mistake in opened.settings.mistaken_watches:
        click.echo(mistake, err=True)
    return opened


def silent_installation(config: Path | None, home: Path | None) -> Installation:
    """The same for a command that itself says which watches are mistaken."""
    return Installation(load_settings(config, home=home))


def print_json(record: Mapping[str, Any]) -> None:
    """One object of JSON lines on stdout."""
    is_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    click.echo(json.dumps(record, ensure_ascii=not is_utf8))


def tell_encoder_failure(opened: Installation) -> bool:
    """Say why the encoder of meaning has failed, on standard error; whether it has."""
    failure = opened.encoder_failure
    if failure is not None:
        click.echo(f"meaning: {failure.message}", err=True)
        click.echo(f"hint: {failure.hint}", err=True)
    return failure is not None
