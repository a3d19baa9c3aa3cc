"""The checks of `radar check`: each part of an installation, without changing any."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from crawler.rendering.chromium import find_chromium
from indexer.alerts.dead_letters import dead_letters
from indexer.alerts.delivery import due_envelopes
from indexer.alerts.envelopes import NEXT_ATTEMPT
from indexer.alerts.watches import Watch
from indexer.database import tables
from indexer.database.due_times import has_run_ahead
from indexer.database.engine import usable
from indexer.database.epochs import Kinship, installation_id
from indexer.documents.backlog import count_indexed, rejected_documents
from indexer.frontier.address import LIST_DUE
from indexer.frontier.archive_files import archive_ends
from indexer.frontier.due import PAGE_DUE
from indexer.frontier.recrawl.feed_polling import FEED_DUE
from indexer.frontier.renamed_sources import IMPORTED
from indexer.frontier.sites import COOLDOWN_END
from indexer.health.health_record import NEXT_TRY
from indexer.query import parse_query
from indexer.records.errors import (
    DatabaseError,
    ForeignData,
    MeaningUnavailable,
    QueryError,
    RadarError,
)
from indexer.records.regular_files import open_regular
from indexer.records.source import Source
from radar.channels.feed import foreign_feeds
from radar.channels.registry import missing
from radar.configuration.queries import sources_in
from radar.configuration.settings import Settings
from radar.installation.belonging import (
    AHEAD,
    RESTORE_DATABASE,
    check_archive,
    index_kinship,
    traces_of_a_database,
)
from radar.installation.clock import Clock, real_clock
from radar.installation.delivery_terms import current_terms
from radar.installation.disk_check import short_disks
from radar.installation.installation import Installation
from radar.installation.ledger_damage import damaged_ledgers, unwritable_ledgers
from radar.installation.misspelt import misspelt_words
from radar.installation.own_parameters import REMEDY
from radar.installation.profile_check import unusable_profiles
from radar.installation.watches import all_watches, runnable, why_left_over
from radar.plurals import counted
from search_api.suggestions.vocabulary import Vocabulary

_MOST_REFUSED = 50
"""Refused documents, and lines of a ledger, that are listed."""
RIGHTS = "let whoever runs this read it (`chown`, `chmod`)"
"""What to do about a file whose rights keep us out."""
_HEAL = "the next run, or `radar rebuild`, heals it"
_DUE_TIMES = (PAGE_DUE, LIST_DUE, FEED_DUE, COOLDOWN_END, NEXT_TRY, NEXT_ATTEMPT)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check."""

    what: str
    level: Literal["ok", "note", "todo", "error"]
    """note: good to know; todo: needs a person; error: can't be used."""
    message: str


def check_installation(
    installation: Installation, *, clock: Clock = real_clock
) -> Iterator[CheckResult]:
    """All results; raises ConfigError for watches that can't be run."""
    installation.check_watches()
    settings = installation.settings
    crawled = sum(s.enabled for s in settings.sources)
    yield CheckResult(
        "configuration",
        "ok",
        f"{settings.folder}: {crawled} of {len(settings.sources)} sources can be crawled, "
        f"{counted(len(settings.watches), 'watch', 'watches')}, "
        f"{counted(len(settings.topics), 'topic')}",
    )
    if settings.crawler.contact is None:
        yield CheckResult(
            "crawler.contact", "note", "not set: sites that we crawl can't tell whom to ask"
        )
    if not settings.sources:
        yield CheckResult("sources", "todo", f"none in {settings.folder / 'sources'}")
    yield from _rendering(settings)
    yield from _rights(settings.sources)
    yield from _home(installation)
    yield from _disks(settings)
    yield from _topics(installation)
    yield from _channels(installation)
    reference = installation.reference
    yield CheckResult(
        "tables",
        "ok",
        f"{len(reference.commodities)} commodities, {len(reference.places)} places, "
        f"{len(reference.organisations)} organisations, {len(reference.strategies)} strategies, "
        f"{len(reference.languages)} languages",
    )
    yield _parameters(installation)
    yield from _meaning(installation)
    yield from _database(installation, clock())
    yield from _ledgers(settings)
    yield from _archive(installation)
    yield from _store(installation)


def _parameters(installation: Installation) -> CheckResult:
    """Which trained parameters events are read with."""
    try:
        about = installation.own_parameters.about()
    except ValueError as error:
        message = f"{error}: those of the program are used; {REMEDY}"
        return CheckResult("trained parameters", "todo", message)
    if about is None:
        return CheckResult("trained parameters", "ok", "those of the program")
    pages = counted(about.labelled, "labelled page")
    return CheckResult("trained parameters", "ok", f"own, of {about.trained} with {pages}")


def _meaning(installation: Installation) -> Iterator[CheckResult]:
    """Whether the encoder that is installed works."""
    if installation.encoder is None:
        return
    try:
        installation.encoder.encode(["Lithium"])
    except MeaningUnavailable as error:
        yield CheckResult("meaning", "todo", f"{error.message}; {error.hint}")


def _rendering(settings: Settings) -> Iterator[CheckResult]:
    """The browser, where a source wants one."""
    wanting = [s.id for s in settings.sources if s.enabled and s.render != "never"]
    if not wanting:
        return
    chromium = find_chromium(settings.crawler.chromium)
    if chromium.missing is not None:
        yield CheckResult(
            "rendering",
            "todo",
            f"{chromium.missing}; pages of {', '.join(wanting)} stay as fetched",
        )
    else:
        yield CheckResult("rendering", "ok", f"{chromium.program}, for {', '.join(wanting)}")


def _rights(sources: Sequence[Source]) -> Iterator[CheckResult]:
    """Who notes permissions at all wants to know which are missing."""
    crawled = [s for s in sources if s.enabled]
    missing = [s.id for s in crawled if s.rights.permission is None]
    if any(s.rights.permission for s in sources) and missing:
        yield CheckResult(
            "rights",
            "note",
            f"{len(missing)} of {counted(len(crawled), 'source')} without a permission note: "
            f"{', '.join(missing)}",
        )


def _home(installation: Installation) -> Iterator[CheckResult]:
    """The data folder, or the nearest folder above it, which it will be made in."""
    home = installation.settings.home
    nearest = next(p for p in (home, *home.absolute().parents) if p.exists())
    if not nearest.is_dir():
        yield CheckResult("data folder", "error", f"{nearest} is no folder")
    elif not os.access(nearest, os.W_OK | os.X_OK):
        yield CheckResult("data folder", "error", f"{nearest} can't be written")
    else:
        yield CheckResult("data folder", "ok", str(home))


def _disks(settings: Settings) -> Iterator[CheckResult]:
    """A full one stops runs and deliveries."""
    database = sa.make_url(settings.database)
    own = database.database if database.get_backend_name() == "sqlite" else None
    folders = [settings.home, settings.archive, settings.index]
    for level, message in short_disks([*folders, Path(own).parent] if own else folders):
        yield CheckResult("disk", level, message)


def _topics(installation: Installation) -> Iterator[CheckResult]:
    """Those that no search can ask for: a term names an unknown commodity or country."""
    for topic in installation.settings.topics:
        try:
            installation.compiler.compile(parse_query(f"topic:{topic}"))
        except QueryError as error:
            yield CheckResult("topics", "todo", error.message)


def _strange_sources(watches: Sequence[Watch], sources: Sequence[Source]) -> Iterator[CheckResult]:
    """Watches that ask for a source which the configuration calls otherwise, or not any more."""
    known = {IMPORTED, *(source.id for source in sources)}
    for watch in watches:
        strange = sorted(sources_in(watch.whole_query) - known)
        if strange:
            yield CheckResult(
                "watches",
                "note",
                f"watch {watch.id}: the configuration has no source {', '.join(strange)}: "
                "nothing new will come of it",
            )


def _channels(installation: Installation) -> Iterator[CheckResult]:
    settings = installation.settings
    watches = _watches(installation)
    for problem in runnable(watches, settings, installation.compiler)[1]:
        yield CheckResult("watches", "todo", problem)
    yield from _strange_sources(watches, settings.sources)
    named = [channel for watch in watches for channel in watch.channels]
    for what, message in missing(named, installation.means(None)):
        yield CheckResult(what, "todo", message)
    if settings.has_mail_password_in_file:
        yield CheckResult(
            "mail",
            "note",
            "the password stands in radar.yaml: write ${SMTP_PASSWORD} there, and put it into the "
            "environment variable of that name",
        )


def _watches(installation: Installation) -> Sequence[Watch]:
    """Those of the configuration, and those in the database as far as that can be read."""
    settings = installation.settings
    engine = None
    try:
        engine = installation.open_reader()
        if engine is None:
            return settings.watches
        with usable(), engine.connect() as connection:
            return all_watches(settings, connection)
    except RadarError:
        return settings.watches  # said of the database
    finally:
        if engine is not None:
            engine.dispose()


def _database(installation: Installation, now: datetime) -> Iterator[CheckResult]:
    try:
        engine = installation.open_reader()
        if engine is None:
            yield _no_database(installation.settings)
            return
        with usable(), engine.connect() as connection:
            documents, quarantined, rejected = (
                connection.execute(query).scalar_one() for query in _counts()
            )
            dead = len(list(dead_letters(connection)))
            waiting = _count_waiting(connection, installation.settings, now)
            refused = rejected_documents(connection, _MOST_REFUSED)
            ahead = _count_ahead(connection, now)
            unusable = list(unusable_profiles(connection))
            watches = all_watches(installation.settings, connection)
            left_over = why_left_over(installation.settings, connection, watches)
    except RadarError as error:
        yield CheckResult("database", "error", f"{error.message}; {error.hint}".rstrip("; "))
        return
    yield CheckResult(
        "database",
        "ok",
        f"{counted(documents, 'document')}, "
        f"{counted(quarantined, 'answer')} that could not be read",
    )
    if left_over is not None:
        yield CheckResult("watches", "todo", left_over)
    if ahead is not None:
        yield CheckResult("clock", "note", _clock_ahead(ahead, now))
    yield from (CheckResult("site profiles", "note", line) for line in unusable)
    if waiting:
        yield CheckResult(
            "outbox", "todo", f"{counted(waiting, 'message')} waiting: `radar run --only deliver`"
        )
    if dead:
        yield CheckResult(
            "outbox",
            "todo",
            f"{counted(dead, 'message')} given up: `radar watch dead-letters` says why, and sends "
            "them again or drops them",
        )
    if rejected:
        yield CheckResult(
            "index",
            "todo",
            f"{counted(rejected, 'document')} refused by the search store: "
            "`radar run --only index` sends them again",
        )
        for url, reason in refused:
            yield CheckResult("index", "note", f"refused: {url}: {reason}")


def _ledgers(settings: Settings) -> Iterator[CheckResult]:
    for damage in damaged_ledgers(settings, _MOST_REFUSED):
        if damage.error is not None:
            yield CheckResult("ledgers", "error", f"{damage.path}: {damage.error}")
        for line in damage.refused:
            message = f"{line}; the line is left out: correct it, or remove it"
            yield CheckResult("ledgers", "todo", message)
    for path in unwritable_ledgers(settings):
        message = f"{path} can't be written by this user: what is sent is not written down"
        yield CheckResult("ledgers", "todo", message)


def _no_database(settings: Settings) -> CheckResult:
    traces = traces_of_a_database(settings)
    if traces is None:
        return CheckResult("database", "note", "none yet: `radar run` makes it")
    what = f"there is none any more, but {traces}: {RESTORE_DATABASE}"
    return CheckResult("database", "error", what)


def _clock_ahead(due_times: int, now: datetime) -> str:
    """What to know of a run that was made with a clock ahead of `now`."""
    ran = f"a run was made with a clock ahead of {now:%Y-%m-%d %H:%M} UTC"
    if not due_times:
        return f"{ran}; no due time is left of it"
    beyond = counted(due_times, "due time lies", "due times lie")
    return f"{ran}: {beyond} beyond all that can be set now: due in the next run"


def _count_ahead(connection: sa.Connection, now: datetime) -> int | None:
    """Due times that a clock ahead of `now` has set; None: no clock was ahead."""
    beyond = sum(
        connection.execute(
            sa.select(sa.func.count()).select_from(time.due.table).where(time.is_beyond(now))
        ).scalar_one()
        for time in _DUE_TIMES
    )
    return beyond if beyond or has_run_ahead(connection, now) else None


def _archive(installation: Installation) -> Iterator[CheckResult]:
    """Whether the files are there, as long as they must be (`--deep` reads them), and whether the
    feeds are this installation's.
    """
    folder = installation.settings.archive
    engine = None
    try:
        engine = installation.open_reader()
        if engine is None:
            return
        with usable(), engine.connect() as connection:
            ends = archive_ends(connection)
            own = installation_id(connection)
            check_archive(connection, folder)
    except ForeignData as error:
        yield CheckResult("archive", "error", f"{error.message}; {error.hint}")
        return
    except RadarError:
        return  # said of the database
    finally:
        if engine is not None:
            engine.dispose()
    if (foreign := foreign_feeds(installation.settings.feeds, own)) is not None:
        yield CheckResult("feeds", "error", foreign)
    for name, end in sorted(ends.items()):
        if lack := _lack(folder / name, end):
            yield CheckResult("archive", "todo", f"{folder / name} {lack}")


def _lack(path: Path, end: int) -> str | None:
    """What is wrong with a file of the archive, as far as its name, length and rights tell."""
    deep = "`radar check --deep` says what it held"
    try:
        with open_regular(path) as file:
            is_short = file.seek(0, os.SEEK_END) < end
    except FileNotFoundError:
        return f"is missing: {deep}"
    except OSError as error:
        remedy = RIGHTS if isinstance(error, PermissionError) else deep
        return f"can't be read: {error.strerror}; {remedy}"
    return f"is shorter than what was written: {deep}" if is_short else None


def _counts() -> list[sa.Select[Any]]:
    number = sa.func.count()
    return [
        sa.select(number).select_from(tables.document),
        sa.select(number).where(tables.fetch.c.state == "quarantined"),
        sa.select(number).where(tables.document.c.rejected.is_not(None)),
    ]


def _count_waiting(connection: sa.Connection, settings: Settings, now: datetime) -> int:
    """Messages that could be sent now."""
    newest = connection.execute(sa.select(sa.func.max(tables.run.c.id))).scalar() or 0
    terms = current_terms(settings, connection, now)
    return sum(1 for _ in due_envelopes(connection, newest, terms, now))


def _store(installation: Installation) -> Iterator[CheckResult]:
    for level, message in installation.store_kind.describe():
        yield CheckResult("search store", level, message)
    try:
        found, expected = _in_database(installation)
        with installation.store(writable=False) as store:
            held = store.count()
            notes = store.notes()
            vocabulary = Vocabulary(store, installation.reference)
            misspelt = list(misspelt_words(_watches(installation), store, vocabulary))
    except DatabaseError:
        return  # said of the database
    except RadarError as error:
        yield CheckResult("search store", "error", f"{error.message}; {error.hint}".rstrip("; "))
        return
    number = counted(held, "document")
    if found is Kinship.AHEAD:
        yield CheckResult("search store", "todo", f"{number}; {AHEAD}: {_HEAL}")
    elif held < expected:
        lack = f"{number}, of {expected} that the database has written to it: {_HEAL}"
        yield CheckResult("search store", "todo", lack)
    elif found is Kinship.BEHIND and expected:
        older = f"{number}; it was last filled from an earlier state of the database: {_HEAL}"
        yield CheckResult("search store", "note", older)
    else:
        yield CheckResult("search store", "ok", number)
    yield from (CheckResult("search store", "note", note) for note in notes)
    for watch, word, other in misspelt:
        said = f"watch {watch}: no page has the word {word!r}; did you mean {other!r}?"
        yield CheckResult("watches", "note", said)


def _in_database(installation: Installation) -> tuple[Kinship, int]:
    """What the index is to the database, and how many documents it must have by that, whatever
    waits to be written to it; raises ForeignData for an index of another installation.
    """
    engine = installation.open_reader()
    if engine is None:
        return Kinship.CURRENT, 0
    try:
        with usable(), engine.connect() as connection:
            found = index_kinship(connection, installation)
            return found, count_indexed(connection)
    finally:
        engine.dispose()
