"""`radar watch explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from indexer.alerts.account import Account, RevisionAccount, account_for
from indexer.database.engine import usable
from indexer.query.near_miss import Lack
from indexer.records.errors import ConfigError
from radar.channels.letter_content import WHY
from radar.channels.letter_text import mark_words
from radar.commands.options import (
    Name,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.watch import find_watch
from radar.configuration.queries import topics_in
from radar.installation.watches import runnable
from search_api.language import speaking, t, tn

MOST_TERMS = 6
"""Terms that a line for people names; JSON has all."""


@click.command("explain")
@click.argument("watch")
@click.argument("url", type=Name(), metavar="URL")
@config_option
@home_option
@json_option
def explain(watch: str, url: str, config: Path | None, home: Path | None, as_json: bool) -> None:
    """Say term by term why a document matches a watch or not, and what became of its revisions.

    URL: the address of a page, or the id of a document. Of one that does not match, the fewest
    changes are named after which it would.
    """
    opened = installation(config, home)
    known = find_watch(opened, watch)
    mistakes = runnable([known], opened.settings, opened.compiler)[1]
    if mistakes:
        raise ConfigError(mistakes)
    engine = opened.open_reader()
    document = opened.catalogue(engine).current_document(url)
    if document is None or engine is None:
        raise ConfigError([f"no document {url!r}: it was not fetched, or is not a page"])
    with usable(), engine.connect() as connection:
        account = account_for(connection, known, document, opened.compiler)
    topics = opened.settings.topics
    versions = {name: topics[name].version for name in sorted(topics_in(known.whole_query))}
    if as_json:
        print_json({**account.to_json(), "topics": versions})
        return
    with speaking(known.language or opened.settings.language):
        for line in account_lines(account):
            click.echo(line)
        for name, version in versions.items():
            click.echo("  " + t("topic {name}, version {version}", name=name, version=version))


def account_lines(account: Account) -> Iterator[str]:
    """The account for people, in their language."""
    names = {"url": account.url, "watch": account.watch}
    if account.matches:
        yield t("{url} matches {watch}", **names)
    else:
        yield t("{url} does not match {watch}", **names)
    found = [state.term for state in account.terms if state.found and not state.excluded]
    absent = [state.term for state in account.terms if not state.found and not state.excluded]
    barred = [state.term for state in account.terms if state.found and state.excluded]
    yield "  " + t("found: {terms}", terms=_some(found))
    yield "  " + t("not found: {terms}", terms=_some(absent))
    if barred and not account.matches:  # else they stand where they bar nothing
        yield "  " + t("found, though excluded: {terms}", terms=_some(barred))
    yield from (f"  … {mark_words(passage)}" for passage in account.passages)
    if account.nearest is not None:
        if account.nearest.passage is not None:
            passage = " ".join(account.nearest.passage.split())
            yield "  " + t("nearest passage: {passage}", passage=passage)
        for lack in account.nearest.lacks:
            yield "  " + t("lacks: {lack}", lack=_lack(lack))
    yield from (f"  {_revision(revision)}" for revision in account.revisions)


def _revision(revision: RevisionAccount) -> str:
    values = {
        name: t(WHY.get(value, value.replace("-", " "))) for name, value in revision.values.items()
    }
    said = t(revision.said).format(**values)
    if revision.run is None:
        return t("revision {number}: {said}", number=revision.number, said=said)
    return t(
        "revision {number}, run {run}: {said}",
        number=revision.number,
        run=revision.run,
        said=said,
    )


def _lack(lack: Lack) -> str:
    terms = _some(lack.terms)
    if lack.kind == "excluded":
        return t("it has what is excluded: {terms}", terms=terms)
    if lack.kind == "apart":
        return t("in one sentence: {terms}", terms=terms)
    if lack.kind == "far":
        return t("close to each other: {terms}", terms=terms)
    if lack.kind == "sense":
        return t("another sense of: {terms}", terms=terms)
    return terms if len(lack.terms) == 1 else t("one of {terms}", terms=terms)


def _some(terms: Sequence[str]) -> str:
    more = len(terms) - MOST_TERMS
    shown = ", ".join(terms[:MOST_TERMS]) or t("nothing")
    return f"{shown} {tn('and {n} others', more)}" if more > 0 else shown
