"""`radar sources`."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.table import Column, Table
from rich.text import Text

from radar.commands.groups import CommandGroup
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.run.progress import print_prose, print_table
from search_api.ports import SourceView

_MODULES = {
    "check": "radar.commands.sources_survey",
    "add": "radar.commands.sources_survey",
    "profile": "radar.commands.sources_profile",
}
"""Where the commands below `radar sources` are, which need the crawler."""
_ENTRY = re.compile(r"(exclude: \[.*'\])")
"""What the advice of a trap says to add to an entry."""


@click.group("sources", cls=CommandGroup, modules=_MODULES, invoke_without_command=True)
@config_option
@home_option
@json_option
@click.pass_context
def command(
    context: click.Context,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> None:
    """List the partner sources: state, since when, what to do, and the last run."""
    if context.invoked_subcommand is not None:
        return
    opened = installation(config, home)
    views = opened.catalogue(opened.open_reader()).sources()
    if as_json:
        for view in views:
            print_json(view.to_json())
        return
    zone = ZoneInfo(opened.settings.timezone)
    crawled = [v for v in views if v.enabled]
    rest = [v for v in views if not v.enabled]
    if crawled:
        print_table(_table(crawled, zone))
    click.echo(f"{len(crawled)} of {len(views)} sources can be crawled")
    ailing = [v for v in crawled if v.state not in ("ok", "never-looked-at") or v.overdue]
    if ailing:
        click.echo("not as they should be:")
        for view in ailing:
            _print_description(_describe(view, zone))
    _tell_unasked(crawled)
    if rest:
        click.echo("not crawled:")
        for view in rest:
            print_prose(Text(f"  {view.id}: {view.reason}"))


def _tell_unasked(crawled: list[SourceView]) -> None:
    """What pages of sources lead to and nobody named, with what names it."""
    ways = [(view.id, way) for view in crawled for way in view.unasked]
    if ways:
        click.echo("not named, though pages lead to it (sections: true reads all such lists;")
        click.echo("a key that is there already takes what stands in its brackets):")
    for source, way in ways:
        click.echo(f"  {source}: {way.entry}")


def _table(views: list[SourceView], zone: ZoneInfo) -> Table:
    """Times are those of the configured zone."""
    longest = max((len(view.id) for view in views), default=0)
    # An id is there to be typed: it is neither cut nor broken.
    name = Column("source", min_width=longest, overflow="fold")
    table = Table(name, "country", "last run", "state", "since", "outcomes", "newest", "pages")
    for view in views:
        last = view.last_run
        outcomes = ", ".join(f"{n} {o}" for o, n in last.outcomes.items()) if last else ""
        table.add_row(
            view.id,
            view.country,
            _moment(last.when, zone) if last else "never",
            view.state or "",
            f"{view.since.astimezone(zone):%Y-%m-%d}" if view.since else "",
            outcomes,
            view.newest or "",
            str(view.documents),
        )
    return table


def _describe(view: SourceView, zone: ZoneInfo) -> str:
    """State, reason, when it is tried again, and what to do, in one line."""
    since = f" since {view.since.astimezone(zone):%Y-%m-%d}" if view.since else ""
    parts = [f"{view.id}: {view.state}{since}"]
    if view.state_reason:
        parts.append(f": {view.state_reason}")
    if view.next_try:
        parts.append(f"; tried again after {_moment(view.next_try, zone)}")
    if view.overdue and view.last_run:
        parts.append(f"; not looked at since {_moment(view.last_run.when, zone)}")
    if view.advice and view.state != "never-looked-at":
        parts.append(f". {view.advice}")
    return "".join(parts)


def _print_description(description: str) -> None:
    """With what is to be copied into the entry in a line of its own: it can't be broken."""
    for part in _ENTRY.split(description):
        if _ENTRY.fullmatch(part):
            click.echo(f"  {part}")
        elif part:
            print_prose(Text(f"  {part.removeprefix('; ').rstrip()}"))


def _moment(when: datetime, zone: ZoneInfo) -> str:
    return f"{when.astimezone(zone):%Y-%m-%d %H:%M %Z}"
