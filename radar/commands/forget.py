"""`radar forget`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click
import sqlalchemy as sa

from indexer.database import tables
from indexer.database.engine import usable
from indexer.records.values import suggestion
from radar.backup.installed_files import index_not_in_use, set_aside
from radar.commands.options import (
    Name,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.erasure.erased_pages import page_key
from radar.erasure.eraser import Eraser, Kind
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.plurals import counted
from radar.run.lock import delivery_lock, rebuild_lock, run_lock
from radar.run.run_log import run_log

_SINGULAR = {
    "documents": "document",
    "revisions": "revision",
    "matches": "match",
    "addresses": "address",
    "answers": "answer",
}
"""Singular nouns of the counts."""


@click.command("forget")
@click.argument("what", type=Name(), metavar="URL|SOURCE")
@click.option("--yes", is_flag=True, help="Don't ask for confirmation.")
@config_option
@home_option
@json_option
def command(what: str, yes: bool, config: Path | None, home: Path | None, as_json: bool) -> int:
    """Remove everything about a page or a source: record, index, archive, matches, feeds.

    A forgotten page is not fetched again: only a hash of its address is kept. A source that is
    still enabled comes back with the next run. Exit codes: 0 removed; 2 no such source, or not
    confirmed; 3 database or search store not usable (try again later), or a run in progress.
    """
    opened = installation(config, home)
    settings = opened.settings
    kind = _kind(opened, what)
    _warn(opened, kind, what)
    _confirm(what, yes=yes)
    # Not beside a rebuild or a delivery either: they might write or send what they had read before.
    run, rebuild = run_lock(settings.home, settings.database), rebuild_lock(settings.home)
    with run, rebuild, delivery_lock(settings.database), run_log(settings.log):
        engine = opened.open_writer()
        try:
            with usable(), engine.connect() as connection:
                eraser = Eraser(opened, engine, connection, real_clock)
                counts = eraser.erase(kind, what)
        finally:
            engine.dispose()
    for loss in eraser.losses:
        click.echo(f"note: damage in the archive was removed: {loss}", err=True)
    left = {str(path): "which a restore has left" for path in set_aside(settings)}
    if (index := index_not_in_use(settings)) is not None:
        left[str(index)] = "the index of a store that is not in use"
    aside = list(left)
    if as_json:
        named = what if kind == "source" else page_key(what)
        print_json({"kind": kind, "what": named, **counts, "aside": aside})
    else:
        line = ", ".join(counted(n, _SINGULAR[name], name) for name, n in counts.items())
        click.echo(f"forgotten: {line}")
    for path, why in left.items():
        click.echo(
            f"note: {path}, {why}, may still hold it; once you need nothing from there: "
            f"rm -r {shlex.quote(path)}",
            err=True,
        )
    return ExitCode.DONE


def _kind(opened: Installation, what: str) -> Kind:
    """Addresses have a colon, ids of sources never; a source may be one that is no longer
    configured.
    """
    if ":" in what:
        return "page"
    known = {s.id for s in opened.settings.sources} | _find_recorded(opened.open_reader())
    if what not in known:
        near = suggestion(what, sorted(known))
        raise click.UsageError(
            f"{what} is neither an address nor a source{near}; `radar sources` lists them"
        )
    return "source"


def _find_recorded(engine: sa.Engine | None) -> set[str]:
    """Sources that the database has something of."""
    if engine is None:
        return set()
    try:
        with usable(), engine.connect() as connection:
            queries = (tables.address.c.source, tables.document.c.source)
            return {
                source
                for column in queries
                for source in connection.execute(sa.select(column).distinct()).scalars()
            }
    finally:
        engine.dispose()


def _warn(opened: Installation, kind: Kind, what: str) -> None:
    if kind == "source" and any(s.id == what and s.enabled for s in opened.settings.sources):
        click.echo(
            f"note: source {what} is enabled: the next run fetches its pages again. "
            "To prevent it, give the source enabled: false and a reason.",
            err=True,
        )


def _confirm(what: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("no terminal to confirm at: give --yes")
    if not click.confirm(f"Remove everything about {what}? It can't be undone", err=True):
        raise click.UsageError("not confirmed: nothing was removed")
