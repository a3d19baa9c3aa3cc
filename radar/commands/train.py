"""`radar train`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from indexer.records.document import iso_instant
from indexer.records.errors import ConfigError
from indexer.records.labels import Labels
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.labelling.label_files import LabelFiles
from radar.plurals import counted
from radar.run.lock import run_lock, run_lock_in_turn
from radar.run.progress import STDERR, STDOUT, display
from radar.training.comparison import QUESTIONS, Count
from radar.training.training import Compared, compare, newest_done, train


@click.command("train")
@click.option("--accept", is_flag=True, help="Use the new parameters from now on.")
@click.option("--reset", is_flag=True, help="Go back to the parameters of the program.")
@config_option
@home_option
@json_option
def command(
    accept: bool, reset: bool, config: Path | None, home: Path | None, as_json: bool
) -> int:
    """Make the parameters of events anew, from the labelled pages of the program and your own.

    Takes some minutes. Prints what changes on pages that chose thresholds and on those that took no
    part; nothing is replaced unless --accept is given, or a terminal answers yes, and not before
    a run in progress has ended. The next run reads all pages again, and no watch is told of what
    changes by that.

    Exit codes: 0 done; 2 no page is labelled, or the configuration is wrong; 3 a run is in
    progress (--reset).
    """
    opened = installation(config, home)
    if reset:
        with run_lock(opened.settings.home, opened.settings.database):
            removed = opened.own_parameters.reset()
        click.echo(
            "the parameters of the program are used again"
            if removed
            else "there are none of your own",
            err=True,
        )
        return ExitCode.DONE
    labels = newest_done(list(LabelFiles(opened.settings.labels).all()))
    if not labels:
        raise ConfigError(
            ["error: no page is labelled and done"], hint="`radar label URL` begins with one"
        )
    with tempfile.TemporaryDirectory() as name:
        trained = Path(name)
        pages = train(labels, trained)
        compared = _compare(opened, pages, trained)
        _show(compared, as_json=as_json)
        if accept or _asked():
            _accept(opened, trained, labels)
        else:
            click.echo("nothing is replaced; `radar train --accept` does it", err=True)
    return ExitCode.DONE


def _compare(
    opened: Installation, pages: Sequence[Sequence[Mapping[str, Any]]], trained: Path
) -> list[Compared]:
    with display(remaining=True) as shown:

        def begin(total: int) -> None:
            shown.stage("compare", total)
            if not STDERR.is_terminal:
                click.echo(f"comparing: {counted(total, 'page')} to read", err=True)

        return compare(pages, opened.reference, trained, begin=begin, progress=shown.advance)


def _accept(opened: Installation, trained: Path, labels: Sequence[Labels]) -> None:
    def tell(reason: str) -> None:
        click.echo(f"{reason}: the parameters are taken over as soon as it ends", err=True)

    with run_lock_in_turn(opened.settings.home, opened.settings.database, tell):
        opened.own_parameters.accept(
            trained, moment=iso_instant(real_clock()), labelled=len(labels)
        )
    pages = counted(len(labels), "labelled page")
    click.echo(f"in use, with {pages}: the next run reads all pages again", err=True)


def _asked() -> bool:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return click.confirm("Use the new parameters?", default=False, err=True)


def _show(compared: Sequence[Compared], *, as_json: bool) -> None:
    if as_json:
        for part in compared:
            print_json(_record(part))
        return
    for part in compared:
        title = f"{part.part}: {counted(part.pages, 'page')}; precision / recall / F1"
        table = Table("", "in use", "new", "labelled", title=title, title_justify="left")
        for question in QUESTIONS:
            before, after = part.before[question], part.after[question]
            table.add_row(question, _shares(before), _shares(after), str(after.labelled))
        STDOUT.print(table)


def _record(part: Compared) -> dict[str, object]:
    return {
        "part": part.part,
        "pages": part.pages,
        "questions": {
            question: {
                "labelled": part.after[question].labelled,
                "before": _numbers(part.before[question]),
                "after": _numbers(part.after[question]),
            }
            for question in QUESTIONS
        },
    }


def _numbers(count: Count) -> dict[str, float | None]:
    return {"precision": count.precision, "recall": count.recall, "f1": count.f1}


def _shares(count: Count) -> str:
    shares = (count.precision, count.recall, count.f1)
    return " / ".join("-" if share is None else f"{share:.2f}" for share in shares)
