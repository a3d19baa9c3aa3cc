"""What a person sees while a long command works: bars on a terminal, nothing in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text


class PipeConsole(Console):
    """A console that ignores a closed pipe: `radar search x | head -1` is no error."""

    def on_broken_pipe(self) -> None:
        """Continue as for any other output."""
        raise BrokenPipeError


STDERR = Console(stderr=True, soft_wrap=not sys.stderr.isatty())
_WIDTH = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else 200
"""Columns in a pipe; None: as the terminal, or `COLUMNS`, has it."""
STDOUT = PipeConsole(soft_wrap=not sys.stdout.isatty(), width=_WIDTH)
"""In a pipe nothing is wrapped, and tables are as wide as they need to be, unless `COLUMNS` says
how wide lines may be.
"""
PIPE_WIDTH = 80
"""Columns of what is written to be read (`print_prose`), in a pipe."""
_ANY_WIDTH = 10_000


def _has_width() -> bool:
    return STDOUT.is_terminal or bool(os.environ.get("COLUMNS"))


def print_prose(text: Text) -> None:
    """Print text for people on stdout, wrapped at the width of the terminal, or at 80 columns."""
    width = None if _has_width() else PIPE_WIDTH
    STDOUT.print(text, soft_wrap=False, overflow="fold", width=width)


def print_address(before: str, address: str) -> None:
    """Print an id and an address on stdout, which are there to be typed: neither is cut or broken,
    the address has a line of its own where one is too short for both.
    """
    line = f"{before}  {address}"
    click.echo(line if len(line) <= PIPE_WIDTH else f"{before}\n  {address}")


def print_table(table: Table) -> None:
    """Print a table on stdout; where the terminal, or `COLUMNS`, is too narrow for it, each row as
    a paragraph: in cells that are cut no date or name can be read.
    """
    widest = STDOUT.options.update(max_width=_ANY_WIDTH)
    if not _has_width() or Measurement.get(STDOUT, widest, table).maximum <= STDOUT.width:
        STDOUT.print(table)
        return
    labels = [str(column.header) for column in table.columns]
    for first, *others in zip(*(column.cells for column in table.columns), strict=True):
        known = [(label, str(cell)) for label, cell in zip(labels[1:], others, strict=True)]
        facts = [f"{label} {cell}" for label, cell in known if cell]
        STDOUT.print(Text(f"{labels[0]} {first}", style="bold"))
        told = Padding(Text(" · ".join(facts), overflow="fold"), (0, 0, 0, 2))
        STDOUT.print(told, soft_wrap=False)  # what a pipe does not wrap it cuts


class Display:
    """One line for each stage of the work."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._task: int | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage; the one before is done."""
        if self._progress is None:
            return
        if self._task is not None:
            task = self._progress.tasks[self._task]
            self._progress.update(
                task.id, total=max(task.completed, 1), completed=max(task.completed, 1)
            )
        self._task = self._progress.add_task(name, total=total)

    def advance(self, number: int = 1) -> None:
        """Add to the progress of the stage."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._progress.tasks[self._task].id, number)

    def at(self, completed: int, total: int | None = None) -> None:
        """Set the progress of the stage."""
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[self._task]
            self._progress.update(task.id, completed=completed, total=total or task.total)


@contextmanager
def display(*, remaining: bool = False) -> Iterator[Display]:
    """Show progress on stderr while the block runs, if that is a terminal; `remaining`: and how
    long the stage will go on, by what it took so far.
    """
    if not STDERR.is_terminal:
        yield Display(None)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        *([TextColumn("left:"), TimeRemainingColumn()] if remaining else ()),
    )
    with Progress(*columns, console=STDERR, transient=True) as progress:
        yield Display(progress)
