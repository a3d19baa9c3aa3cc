"""`radar import`."""

from __future__ import annotations

from pathlib import Path

import click

from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.run import check_sources, exit_code_of
from radar.commands.summary import show_summary
from radar.installation.clock import real_clock
from radar.page_input.importing import Importer
from radar.run.progress import display
from radar.run.run import run
from radar.run.run_summary import RunOptions
from radar.service.stopping import stop_on_signals


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option("--source", metavar="ID", help="Whose pages they are (default: the source `import`).")
@config_option
@home_option
@json_option
def command(
    paths: tuple[Path, ...],
    source: str | None,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Read saved pages: HTML, PDF and calendar files (also .gz), folders of them, JSON lines as for
    `radar parse`.

    They go the way of crawled pages, without network: archived, read, indexed, matched, delivered.
    """
    opened = installation(config, home)
    if source is not None:
        check_sources((source,), opened.settings)
    known = {s.id: s for s in opened.settings.sources}
    importer = Importer(paths, known[source] if source else None)
    with stop_on_signals() as stop, display() as show:
        summary = run(
            opened,
            RunOptions(),
            clock=real_clock,
            show=show,
            stop=stop.event,
            gather=importer.gather,
        )
    show_summary(summary, cut_off=bool(stop.exit_code))
    if as_json:
        print_json(summary.to_json())
    return stop.exit_code or exit_code_of(summary)
