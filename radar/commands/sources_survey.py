"""`radar sources check` and `radar sources add`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from crawler.one_off.survey import AddressReport
from indexer.records.errors import HostUnavailable
from indexer.records.source import Source
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.run import check_sources
from radar.exit_codes import ExitCode
from radar.installation.clock import real_clock
from radar.run.progress import STDOUT, display
from radar.survey.source_entry import add_entry, check_entry, entry_text
from radar.survey.surveying import Proposal, SourceOverrides, propose, survey_sources


@click.command("check")
@click.argument("sources", nargs=-1, metavar="[ID]…")
@config_option
@home_option
@json_option
def check(sources: tuple[str, ...], config: Path | None, home: Path | None, as_json: bool) -> int:
    """Fetch every address of the sources once, enabled or not, and report what each returns. Stores
    nothing.

    Exit codes: 0 all enabled addresses return what they should; 1 one does not; 2 command or
    configuration wrong.
    """
    opened = installation(config, home)
    check_sources(sources, opened.settings)
    chosen = [s for s in opened.settings.sources if s.id in sources or not sources]
    with display() as show:
        show.stage("check", len(chosen))
        surveyed = survey_sources(opened, chosen, _today(), show.advance)
    found = [(s, report) for s, reports in zip(chosen, surveyed, strict=True) for report in reports]
    if as_json:
        for source, report in found:
            print_json({"source": source.id, **report.to_json()})
    else:
        STDOUT.print(_table(found))
        for source, report in found:
            for line in (*report.problems, *report.notes):
                click.echo(f"{source.id}: {report.kind} {report.url}: {line}")
    wrong = any(report.enabled and report.problems for _, report in found)
    return ExitCode.NEEDS_A_PERSON if wrong else ExitCode.DONE


@click.command("add")
@click.argument("url")
@click.option("--id", "identifier", help="Id of the source (default: from the host's name).")
@click.option("--name", help="Name (default: what the home page says).")
@click.option("--country", help="ISO 3166-1 code, EU or INT (default: from the address).")
@click.option("--language", "languages", multiple=True, help="ISO 639-1 code; may be repeated.")
@click.option("--kind", help="A free word, such as ministry.")
@click.option("--write", is_flag=True, help="Append the entry to sources/own.yaml.")
@config_option
@home_option
@json_option
def add(
    url: str,
    identifier: str | None,
    name: str | None,
    country: str | None,
    languages: tuple[str, ...],
    kind: str | None,
    write: bool,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Find the feeds, sitemaps and lists of news of a site, and print its entry for sources/*.yaml.

    Exit codes: 0 found; 1 the site was not reached, or gives no way in; 2 command or configuration
    wrong, or the source is there already.
    """
    opened = installation(config, home)
    given = SourceOverrides(identifier, name, country, languages, kind)
    try:
        proposal = propose(opened, url, given, _today())
    except HostUnavailable as error:
        click.echo(f"error: {error.message}", err=True)
        return ExitCode.NEEDS_A_PERSON
    text = entry_text(proposal, opened.settings, _today())
    path = add_entry(text, opened.settings) if write else None
    if path is None:
        check_entry(text, opened.settings)
    if as_json:
        print_json(_record(proposal, text, path))
    else:
        click.echo(text, nl=False)
    if path is not None:
        click.echo(f"written: {path}", err=True)
        click.echo(f"next: `radar run {proposal.source.id} --limit 5`", err=True)
    elif not as_json:
        click.echo("not written: with --write the entry goes into sources/own.yaml", err=True)
    if proposal.ways_in:
        return ExitCode.DONE
    click.echo("found no feed, sitemap or list of news: only its home page is crawled", err=True)
    return ExitCode.NEEDS_A_PERSON


def _record(proposal: Proposal, text: str, path: Path | None) -> dict[str, Any]:
    """The line of `radar sources add --json`."""
    source = proposal.source
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "country": source.country,
        "languages": list(source.languages),
        "guessed": sorted(proposal.guessed),
        "addresses": [report.to_json() for report in proposal.reports],
        "entry": text,
        "written": None if path is None else str(path),
    }


def _table(found: list[tuple[Source, AddressReport]]) -> Table:
    table = Table("source", "kind", "address", "answer", "items", "from", "to", "lang", "gives")
    for source, report in found:
        row = report.to_json()
        shown = report.outcome if report.status is None else f"{report.outcome} ({report.status})"
        table.add_row(
            source.id,
            report.kind + ("" if report.enabled else " (off)"),
            report.url,
            shown,
            *(str(row[key] or "") for key in ("items", "first", "last", "language", "extent")),
        )
    return table


def _today() -> date:
    return real_clock().date()
