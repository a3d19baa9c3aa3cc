"""`radar demo`: the main job on bundled sample sites, served over loopback."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import threading
from pathlib import Path

import click
import platformdirs
from rich.table import Table
from rich.text import Text

from indexer.events.listing import EventFilter
from indexer.stores.base import SearchRequest
from radar.commands.summary import show_summary
from radar.configuration.settings import load_settings
from radar.demo import NIGHTS, demo_sites
from radar.installation.catalogue import Catalogue
from radar.installation.clock import clock_set_to
from radar.installation.installation import Installation
from radar.run.progress import STDOUT, display, print_table
from radar.run.run import run
from radar.run.run_summary import RunOptions
from search_api.page_words import date_span, event_name, place_name

MARKER = ".rohstoffradar-demo"
"""A folder that holds this file is one that an earlier demo made, and may be emptied."""
MOST_EVENTS = 100
_ELSEWHERE = ("RADAR_DATABASE", "RADAR_STORE")
"""Variables that name where another installation has its data: the demo has all in its folder."""


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(platformdirs.user_cache_path("rohstoffradar")) / "demo",
    show_default=True,
    help="Where configuration and data go; emptied first.",
)
def command(folder: Path) -> None:
    """Crawl three sample partner sites over two nights and show what was found."""
    _prepare(folder)
    config, home = folder / "config", folder / "data"
    with demo_sites() as sites:
        sites.write_configuration(config)
        opened = demo_installation(config, home)
        for night, moment in NIGHTS.items():
            sites.night(night)
            click.echo(f"night {night}:", err=True)
            clock = clock_set_to(moment)
            with display() as show:
                summary = run(opened, RunOptions(), clock=clock, show=show, stop=threading.Event())
            show_summary(summary)
        sites.write_configuration(config, closed=True)
    catalogue = opened.catalogue(opened.open_reader())
    _show_events(catalogue)
    _show_search(opened, "antimony")
    _show_watch(catalogue)
    command_line = " ".join([*_without_variables(), program()])
    paths = f"--config {shlex.quote(str(config))} --home {shlex.quote(str(home))}"
    click.echo("\nOpen the search page over these data:")
    click.echo(f"  {command_line} serve {paths}")
    click.echo("(The sample sites are closed again, so links to the original pages lead nowhere.)")


def demo_installation(config: Path, home: Path) -> Installation:
    """The installation of the demo: never database or index of the operator's own one, which the
    environment may name.
    """
    environ = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return Installation(load_settings(config, environ, home=home))


def _without_variables() -> list[str]:
    """What stands before a command so that it opens the demo, too."""
    there = [f"-u {name}" for name in _ELSEWHERE if os.environ.get(name)]
    return ["env", *there] if there else []


def program() -> str:
    """How this program was started, for a shell: `python -m radar` runs a file of the package."""
    started = Path(sys.argv[0])
    if started.name == "__main__.py":
        return f"{shlex.quote(sys.executable)} -m radar"
    return shlex.quote(sys.argv[0])


def _prepare(folder: Path) -> None:
    """An empty folder; one that is not ours is never emptied."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise click.UsageError(f"{folder} holds other things; name another --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("made by radar demo\n", encoding="utf-8")


def _show_events(catalogue: Catalogue) -> None:
    table = Table("when", "where", "event", "pages", title="Events reported or announced")
    found = catalogue.events(EventFilter(), None, MOST_EVENTS, latest_first=True)
    for event in found.items:
        languages = sorted({document.lang or "?" for document in event.documents})
        table.add_row(
            date_span(event.start, event.end) or "",
            place_name(event.city, event.country),
            Text(event_name(event)),
            f"{len(event.documents)} ({', '.join(languages)})",
        )
    print_table(table)


def _show_search(opened: Installation, query: str) -> None:
    with opened.store(writable=False) as store:
        result = store.search(SearchRequest(query, limit=100))
    languages = sorted({hit.lang for hit in result.hits if hit.lang})
    STDOUT.print(
        f"Search for {query!r}: {result.total} pages in {', '.join(languages)}", highlight=False
    )
    for hit in result.hits[:5]:
        STDOUT.print(Text(f"  {hit.lang}: {hit.title}"))


def _show_watch(catalogue: Catalogue) -> None:
    for watch in catalogue.watches():
        entries = catalogue.watch_matches(watch.id, 100)
        new = [entry for entry in entries if not entry.first_look]
        STDOUT.print(
            f"Watch {watch.name!r}: {len(entries) - len(new)} at first look, "
            f"{len(new)} new in the second night",
            highlight=False,
        )
        for entry in new:
            STDOUT.print(Text(f"  {entry.title} (matched: {', '.join(entry.terms)})"))
