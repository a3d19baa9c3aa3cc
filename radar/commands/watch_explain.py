"""`radar watch explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from indexer.alerts.account import Account, account_for
from indexer.database.engine import usable
from indexer.query.near_miss import Lack
from indexer.records.errors import ConfigError
from radar.channels.letter import mark_words
from radar.commands.options import config_option, home_option, installation, json_option, print_json
from radar.commands.watch import find_watch
from radar.plurals import counted

MOST_TERMS = 6
"""Terms that a line for people names; JSON has all."""


@click.command("explain")
@click.argument("watch")
@click.argument("url", metavar="URL")
@config_option
@home_option
@json_option
def explain(watch: str, url: str, config: Path | None, home: Path | None, as_json: bool) -> None:
    """Say term by term why a document matches a watch or not, and what became of its revisions.

    URL: the address of a page, or the id of a document. Of one that does not match, the fewest
    changes are named after which it would.
    """
    opened = installation(config, home)
    opened.check_watches()
    known = find_watch(opened, watch)
    engine = opened.open_reader()
    document = opened.catalogue(engine).current_document(url)
    if document is None or engine is None:
        raise ConfigError([f"no document {url!r}: it was not fetched, or is not a page"])
    with usable(), engine.connect() as connection:
        account = account_for(connection, known, document, opened.compiler)
    if as_json:
        print_json(account.to_json())
        return
    for line in account_lines(account):
        click.echo(line)


def account_lines(account: Account) -> Iterator[str]:
    """The account for people."""
    verdict = "matches" if account.matches else "does not match"
    yield f"{account.url} {verdict} {account.watch}"
    found = [state.term for state in account.terms if state.found and not state.excluded]
    absent = [state.term for state in account.terms if not state.found and not state.excluded]
    barred = [state.term for state in account.terms if state.found and state.excluded]
    yield f"  found: {_some(found)}"
    yield f"  not found: {_some(absent)}"
    if barred:
        yield f"  found, though excluded: {_some(barred)}"
    yield from (f"  … {mark_words(passage)}" for passage in account.passages)
    if account.nearest is not None:
        if account.nearest.passage is not None:
            yield f"  nearest passage: {' '.join(account.nearest.passage.split())}"
        yield from (f"  lacks: {_lack(lack)}" for lack in account.nearest.lacks)
    for revision in account.revisions:
        run = f", run {revision.run}" if revision.run is not None else ""
        yield f"  revision {revision.number}{run}: {revision.verdict}"


def _lack(lack: Lack) -> str:
    if lack.kind == "excluded":
        return f"it has what is excluded: {_some(lack.terms)}"
    return _some(lack.terms) if len(lack.terms) == 1 else f"one of {_some(lack.terms)}"


def _some(terms: Sequence[str]) -> str:
    more = len(terms) - MOST_TERMS
    shown = ", ".join(terms[:MOST_TERMS]) or "nothing"
    return f"{shown} and {counted(more, 'other')}" if more > 0 else shown
