"""`radar search`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import click
from rich.text import Text

from indexer.records.errors import QueryError
from indexer.stores.base import SORTS, Hit, SearchRequest, Sort
from radar.commands.options import (
    Choice,
    Number,
    config_option,
    home_option,
    installation,
    json_option,
    print_json,
)
from radar.commands.searching import searching, usage_error
from radar.exit_codes import ExitCode
from radar.installation.installation import Installation
from radar.installation.own_hits import OwnHits
from radar.plurals import counted
from radar.run.progress import STDERR, STDOUT, print_prose
from search_api.page_words import event_line

FEW = 2
"""As `search_api.suggestions.empty_results` has it, which takes half a second to load."""


@click.command("search")
@click.argument("query")
@click.option("--limit", type=Number(min=0), default=20, show_default=True, help="0: all hits.")
@click.option(
    "--sort",
    type=Choice(SORTS),
    default="relevance",
    show_default=True,
    help="upcoming: the next event first, then the last ones; past: the last one first, then the "
    "next ones; event_date: the latest of all first.",
)
@config_option
@home_option
@json_option
def command(
    query: str,
    limit: int,
    sort: str,
    config: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Search titles, teasers and texts: words, "phrases", prefix*, AND OR NOT, ( ), field:value.

    A word that names a commodity or place finds it in every language: lithium finds литий.

    Fields: title, text, source, lang, country, place, commodity, strategy, organisation, person,
    series, event, kind, status, published, event_date, topic, has, year, event_month, about, story,
    new, sure.
    sure:yes beside a field of events: only values that are sure answer.
    A query that begins with - comes after --.
    """
    opened = installation(config, home)
    order, today = cast("Sort", sort), datetime.now(ZoneInfo(opened.settings.timezone)).date()
    request = SearchRequest(query, sort=order, limit=limit, stories="places", today=today)
    with searching(opened) as own:
        try:
            gap = own.gap()
            result = own.search(request)
        except QueryError as error:
            raise usage_error(query, error) from error
        empty = result.total == 0 and not own.store.count()
        asks = result.total <= FEW and not (empty or as_json)
        others = _others(opened, own, query, result.total) if asks else []
    for hit in result.hits:
        if as_json:
            print_json(hit.to_json())
        else:
            _show(hit)
    if gap:
        click.echo(
            f"incomplete: {gap}; the next run, or `radar rebuild`, builds it again", err=True
        )
    elif result.incomplete:
        click.echo(
            "incomplete: a part of the search store does not answer, there may be more", err=True
        )
    if not as_json:
        line = _next_step(opened) if empty else counted(result.total, "document")
        STDERR.print("\n".join((line, *others)), highlight=False, markup=False, soft_wrap=True)
    return ExitCode.NEEDS_A_PERSON if result.incomplete else ExitCode.DONE


def _others(opened: Installation, own: OwnHits, query: str, total: int) -> list[str]:
    """What would find something where a query finds nothing, or more where it finds little."""
    from radar.commands.empty_search import other_searches  # noqa: PLC0415  # seldom needed

    names = opened.settings.source_names
    return list(other_searches(query, total, own, opened.reference, names))


def _next_step(opened: Installation) -> str:
    """What an empty store lacks, as the search page says it."""
    from search_api.pages.search_page import next_step  # noqa: PLC0415  # seldom needed

    step = next_step(opened.catalogue(opened.open_reader()).health())
    command, what = step.commands[0]
    return f"{step.heading}. {step.explanation}\n`{command}` {what}."


def _show(hit: Hit) -> None:
    """A hit for people: title, id and address, where from and when, its event, and passages with
    the words that matched. What can be typed again is never cut.
    """
    print_prose(Text(hit.title or hit.url, style="bold"))
    facts: list[Any] = [hit.source, hit.published, hit.kind if hit.kind != "article" else None]
    print_prose(Text(" · ".join([hit.id, *(str(t) for t in facts if t)]), style="dim"))
    STDOUT.print(Text(hit.url, style="blue"), soft_wrap=True)
    line = event_line(hit.event) if hit.event else None
    if line:
        print_prose(Text(f"event: {line}", style="dim"))
    for passage in hit.passages:
        text = Text(f"  {passage.text}")
        for start, end in passage.marks:
            text.stylize("bold yellow", start + 2, end + 2)
        print_prose(text)
    STDOUT.print()
