"""The search store of an installation, as commands ask it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import fill

import click
import sqlalchemy as sa

from indexer.records.errors import DatabaseError, DatabaseNewer, QueryError
from radar.installation.installation import Installation
from radar.installation.own_hits import OwnHits

_STDERR = 2
"""Its file descriptor: the engine knows of no other."""
WIDEST = 200
"""Characters of a query that is shown again, with a mark where its mistake is."""


@contextmanager
def searching(opened: Installation) -> Iterator[OwnHits]:
    """The search store of an installation, for reading."""
    engine = _database(opened)
    with _silent_engine(), opened.store(writable=False) as store:
        yield OwnHits(opened, store, lambda: engine)


def usage_error(query: str, error: QueryError) -> click.UsageError:
    """What is wrong with a query, with a mark under its place."""
    pointer = f"{query}\n{' ' * error.position}^" if len(query) < WIDEST else ""
    hint = _wrapped(f"hint: {error.hint}") if error.hint else ""
    lines = (error.message, pointer, hint)
    return click.UsageError("\n".join(line for line in lines if line))


def _wrapped(text: str) -> str:
    """Lines as wide as what is written to be read; what can be typed is not broken."""
    from radar.run.progress import PIPE_WIDTH  # noqa: PLC0415  # loads what shows progress

    return fill(text, PIPE_WIDTH, break_long_words=False, break_on_hyphens=False)


@contextmanager
def _silent_engine() -> Iterator[None]:
    """Keep to ourselves what the engine itself writes to the terminal before it fails on a damaged
    index: the error that we make of it says the same in a line.
    """
    try:
        kept = os.dup(_STDERR)
    except OSError:  # it was closed by whoever started us
        yield
        return
    sys.stderr.flush()
    silent = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(silent, _STDERR)
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)
        os.close(silent)


def _database(opened: Installation) -> sa.Engine | None:
    """The database, to leave out what it does not know. One that can't be read stops no search, but
    one of a newer version: this one knows neither what is in it nor what its index leaves out.
    """
    try:
        return opened.open_reader()
    except DatabaseNewer:
        raise
    except DatabaseError:
        return None
