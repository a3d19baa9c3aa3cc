"""The watches of an installation: those of the configuration, and those in the database."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from indexer.alerts.stored_watches import StoredWatch, stored_watches
from indexer.alerts.watches import Watch, active_names
from indexer.database.engine import is_mistake
from indexer.query import CompiledQuery, QueryCompiler, parse_query
from indexer.query.compiled import asks_meaning
from indexer.records.errors import ConfigError, QueryError
from radar.channels.registry import check_channel
from radar.configuration.queries import mistake_in, sources_in
from radar.configuration.settings import Settings
from radar.configuration.validation import adapter, describe
from radar.plurals import listed

logger = logging.getLogger(__name__)

LONGEST_PROBLEM = 500
"""Characters of a line on a mistake of ours."""


def all_watches(
    settings: Settings, connection: sa.Connection | None, only: Collection[str] | None = None
) -> tuple[Watch, ...]:
    """All watches (or of these); where both have an id, that of the configuration counts."""
    stored = () if connection is None else own_watches(settings, connection, only)
    configured = (watch for watch in settings.watches if only is None or watch.id in only)
    return (*configured, *(entry.watch for entry in stored))


def own_watches(
    settings: Settings, connection: sa.Connection, only: Collection[str] | None = None
) -> Sequence[StoredWatch]:
    """The watches in the database (or of these) that the configuration does not replace: a mistaken
    one of it stands still, and no other takes its place.
    """
    configured = {watch.id for watch in settings.watches} | settings.mistaken_ids
    return [entry for entry in stored_watches(connection, only) if entry.watch.id not in configured]


def compile_watch(query: str, settings: Settings, compiler: QueryCompiler) -> CompiledQuery:
    """The query of a watch; QueryError, also where it asks for a meaning and that is not set."""
    compiled = compiler.compile(parse_query(query))
    if asks_meaning(compiled.root) and not settings.meaning.watches:
        raise QueryError(
            "watches ask for a meaning (about:) only with `meaning: {watches: true}` in radar.yaml",
            position=0,
            reason="meaning-in-watch",
        )
    return compiled


def runnable(
    watches: Sequence[Watch], settings: Settings, compiler: QueryCompiler
) -> tuple[list[Watch], list[str]]:
    """The watches whose queries can be run, and a line for each of the others: a topic that a
    watch in the database names may have gone, or our code fails at it.
    """
    usable, problems = [], []
    for watch in watches:
        try:
            compile_watch(watch.whole_query, settings, compiler)
            usable.append(watch)
        except QueryError as error:
            problems.append(f"watch {watch.id}: query: {error.message}: {watch.whole_query}")
        except Exception as error:
            if not is_mistake(error):
                raise
            logger.exception("watch_failed %s", watch.id)
            problems.append(mistake_of_ours(f"watch {watch.id}", error))
    return usable, problems


def mistake_of_ours(what: str, error: Exception) -> str:
    """A line on what our code fails at."""
    return f"{what}: internal error: {type(error).__name__}: {error}"[:LONGEST_PROBLEM]


def left_over(connection: sa.Connection, watches: Iterable[Watch]) -> dict[str, str]:
    """Id → name of the watches that have not ended, and are none of these: nobody knows what they
    ask.
    """
    known = {watch.id for watch in watches}
    names = sorted(active_names(connection).items())
    return {watch: name for watch, name in names if watch not in known}


def why_left_over(
    settings: Settings, connection: sa.Connection, watches: Iterable[Watch]
) -> str | None:
    """A line on watches that stand still because their folder is missing; None: there are none."""
    unknown = [] if settings.has_watch_folder else [*left_over(connection, watches)]
    if not unknown:
        return None
    return (
        f"{settings.folder / 'watches'}: there is no such folder, and so its watches stand still: "
        f"{listed(unknown)}; make it, empty if they are to end"
    )


def asking_for(watches: Iterable[Watch], source: str) -> list[str]:
    """Ids of the watches that ask for a source by its id, in their query or beside it."""
    return [watch.id for watch in watches if source in sources_in(watch.whole_query)]


def read_watch(content: Mapping[str, Any], settings: Settings, compiler: QueryCompiler) -> Watch:
    """A watch from what somebody has given for it; ConfigError with all mistakes."""
    given = {key: value for key, value in content.items() if value not in (None, "")}
    problems = []
    query = given.get("query")
    if isinstance(query, str) and (mistake := mistake_in(query, settings.topics)):
        problems.append(f"query: {mistake}")
    try:
        watch: Watch = adapter(Watch).validate_python(
            given, context={"check_channel": check_channel}
        )
    except ValidationError as error:
        problems = [*describe(error, Watch), *problems]
        raise ConfigError(problems) from error
    if not problems and (mistake := mistake_in(watch.whole_query, settings.topics)):
        problems.append(f"query: {mistake}")
    if not problems:
        try:
            compile_watch(watch.whole_query, settings, compiler)
        except QueryError as error:
            problems.append(f"query: {error.message}")
    if problems:
        raise ConfigError(problems)
    return watch
