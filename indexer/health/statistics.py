"""Fills the statistics of a source from the system of record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from indexer.database import tables
from indexer.frontier.run_record import past_moment
from indexer.frontier.traps.shape_records import sites_with_traps, traps_met
from indexer.frontier.unread_pages import failing_pages
from indexer.health.judgement import Coverage, FailingPage, Redesign, SourceStatistics
from indexer.profiles.profile_records import iter_profiles
from indexer.records.outcome import STANDS_IN, Outcome

LOOKS = 10
"""Looks whose pages are counted."""
DAYS = 60
"""Days with new pages that tell how often news come: a source's habits of years ago say little."""
NEWEST = 3_000
"""Documents of a source that are looked at for that."""
WEEKS = 9
OLD = timedelta(days=30)
"""Age from which a page that is found is no news: an archive that is read bit by bit is no volume.
"""
REDESIGN_TOLD = timedelta(days=7)
"""How long a change of layout is told: whoever looks once a week sees it."""
GONE_TOLD = timedelta(days=7)
"""How long a page that is gone counts among those that a look has lost."""
LATELY, BEFORE = timedelta(days=14), timedelta(days=70)
SAMPLE = 200
"""Pages of each window whose fields are counted: enough for shares, few enough to read each night.
"""


def source_statistics(
    connection: sa.Connection, source: str, entries: Collection[str] = ()
) -> SourceStatistics:
    """What is known of a source, as of the last look at it.

    `entries`: canonical addresses of its configured feeds, sitemaps, listings; failures of others,
    such as a sitemap that robots.txt names, are nobody's mistake.
    """
    run = tables.source_run.c
    looks = connection.execute(
        sa.select(tables.source_run)
        .where(run.source == source)
        .order_by(run.run.desc())
        .limit(LOOKS)
    ).all()
    if not looks:
        return SourceStatistics()
    last = looks[0]
    moment: datetime = last.finished
    first_crawled = connection.execute(
        sa.select(tables.source.c.first_crawled).where(tables.source.c.id == source)
    ).scalar()
    known = past_moment(connection, first_crawled, moment)
    documents = _documents(connection, source)
    return SourceStatistics(
        looked_on=moment.date(),
        crawl=last.state,
        crawl_reason=last.reason,
        documents=_discovery(connection, source, last.run),
        failed=_failed(connection, source, last.run, entries),
        failing=[
            FailingPage(url, reason, failures, since.date(), next_try.date())
            for url, reason, failures, since, next_try in failing_pages(connection, source, moment)
        ],
        links=last.links,
        pages=_pages(connection, source, [look.run for look in looks]),
        lost=_lost(connection, source, last.run, moment),
        stand_ins=_stand_ins(connection, source, last.run),
        news=_days(documents, known, moment),
        traps=traps_met(connection, source, last.run),
        weeks=_weeks(documents, known, moment),
        redesigns=_redesigns(connection, source, moment),
        lately=_coverage(connection, source, moment - LATELY, moment + timedelta(days=1)),
        before=_coverage(connection, source, moment - BEFORE, moment - LATELY),
        is_new=all(first_seen >= moment - LATELY for first_seen, _ in documents),
    )


def _discovery(connection: sa.Connection, source: str, run: int) -> int:
    """Discovery documents of a run that were read."""
    visit = tables.visit.c
    query = sa.select(sa.func.count()).where(
        visit.run == run,
        visit.source == source,
        visit.kind == "discovery",
        visit.outcome == Outcome.FETCHED,
        visit.url.not_like("%/robots.txt"),
    )
    return int(connection.execute(query).scalar_one())


def _failed(
    connection: sa.Connection, source: str, run: int, entries: Collection[str]
) -> list[tuple[str, str]]:
    """Address and reason of the entries that gave nothing in a run."""
    visit = tables.visit.c
    query = (
        sa.select(visit.url, visit.outcome, visit.reason)
        .where(
            visit.run == run,
            visit.source == source,
            visit.kind == "discovery",
            visit.outcome.not_in((Outcome.FETCHED, Outcome.NOT_MODIFIED)),
        )
        .order_by(visit.url)
    )
    rows = connection.execute(query)
    return [(row.url, row.reason or row.outcome) for row in rows if row.url in entries]


def _pages(connection: sa.Connection, source: str, runs: list[int]) -> list[Mapping[str, int]]:
    """Outcomes of the pages of each of these runs that has some, in their order."""
    visit = tables.visit.c
    query = (
        sa.select(visit.run, visit.outcome, sa.func.count())
        .where(visit.run.in_(runs), visit.source == source, visit.kind == "page")
        .group_by(visit.run, visit.outcome)
    )
    counted: dict[int, dict[str, int]] = {}
    for run, outcome, number in connection.execute(query):
        counted.setdefault(run, {})[outcome] = number
    return [counted[run] for run in runs if run in counted]


def _lost(connection: sa.Connection, source: str, run: int, moment: datetime) -> Mapping[str, int]:
    """Pages of a run that answered with an error by its reason.

    Gone pages are requested again once in a while: those of years ago are no news of this run. Nor
    are links of a source with pages that were dead before: they come due together, in a night when
    perhaps nothing else does.
    """
    visit, address, other = tables.visit.c, tables.address.c, tables.address.alias().c
    reason = sa.func.coalesce(visit.reason, visit.outcome)
    has_pages = sa.exists().where(other.source == source, other.document.is_not(None))
    query = (
        sa.select(reason, sa.func.count())
        .select_from(tables.visit.outerjoin(tables.address, address.url == visit.url))
        .where(
            visit.run == run,
            visit.source == source,
            visit.kind == "page",
            visit.outcome.in_((Outcome.HTTP_ERROR, Outcome.GONE)),
            sa.or_(address.gone_since.is_(None), address.gone_since > moment - GONE_TOLD),
            sa.or_(address.document.is_not(None), address.failures <= 1, ~has_pages),
        )
        .group_by(reason)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _stand_ins(connection: sa.Connection, source: str, run: int) -> int:
    """Pages of a run that showed a text in place of their own."""
    visit = tables.visit.c
    query = sa.select(sa.func.count()).where(
        visit.run == run,
        visit.source == source,
        visit.kind == "page",
        visit.reason == STANDS_IN,
    )
    return int(connection.execute(query).scalar_one())


def _redesigns(connection: sa.Connection, source: str, moment: datetime) -> list[Redesign]:
    """Changes of layout that were noticed in the time before `moment`.

    On a site with a trap its pages, which are made in a way of their own, may be all that a run
    requests: no new layout is told there.
    """
    trapped = sites_with_traps(connection, source)
    return [
        Redesign(
            profile.site,
            redesigned.date(),
            profile.pages if profile.content is not None else None,
        )
        for profile in list(iter_profiles(connection, source))
        if (redesigned := past_moment(connection, profile.redesigned, moment)) is not None
        and redesigned > moment - REDESIGN_TOLD
        and profile.site not in trapped
    ]


def _documents(connection: sa.Connection, source: str) -> list[tuple[datetime, str | None]]:
    """First seen and publication of the newest documents."""
    document = tables.document.c
    query = (
        sa.select(document.first_seen, document.published)
        .where(document.source == source)
        .order_by(document.first_seen.desc())
        .limit(NEWEST)
    )
    return [(row.first_seen, row.published) for row in connection.execute(query)]


def _days(
    documents: list[tuple[datetime, str | None]], first_crawled: datetime | None, moment: datetime
) -> list[date]:
    """Days with new pages: that of publication, else that on which a run found the page.

    The pages of the first look were all found at once: without a date they say nothing. Nor do
    those that a clock ahead of ours has found.
    """
    days: set[date] = set()
    for first_seen, published in documents:
        found = first_seen.date()
        day = _day(published)
        if day is not None:
            days.add(min(day, found))
        elif _is_arrival(first_seen, first_crawled) and first_seen <= moment:
            days.add(found)
    return sorted(days)[-DAYS:]


def _weeks(
    documents: list[tuple[datetime, str | None]], first_crawled: datetime | None, moment: datetime
) -> list[int]:
    """Pages found in each of the whole weeks before `moment` since the first look, the last one
    first.
    """
    if first_crawled is None:
        return []
    whole = min(WEEKS, (moment - first_crawled) // timedelta(weeks=1))
    counts = [0] * whole
    for first_seen, published in documents:
        week = (moment - first_seen) // timedelta(weeks=1)
        day = _day(published)
        is_news = day is None or first_seen.date() - day <= OLD
        if is_news and _is_arrival(first_seen, first_crawled) and 0 <= week < whole:
            counts[week] += 1
    return counts


def _is_arrival(first_seen: datetime, first_crawled: datetime | None) -> bool:
    return first_crawled is not None and first_seen > first_crawled


def _day(published: str | None) -> date | None:
    """The day of a date that is at least that precise."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _coverage(connection: sa.Connection, source: str, since: datetime, until: datetime) -> Coverage:
    """Fields of the newest pages that were first seen in this span; listings and the like are left
    out, but not a page without any text, which nothing but that makes no article.
    """
    document, page = tables.document.c, tables.revision.c.page
    newest = (
        sa.select(
            page["published"].as_string().label("date"),
            sa.func.json_array_length(page["authors"]).label("authors"),
            sa.func.json_array_length(page["events"]).label("events"),
            sa.func.length(page["text"].as_string()).label("text"),
        )
        .select_from(
            tables.document.join(
                tables.revision,
                sa.and_(
                    tables.revision.c.document == document.id,
                    tables.revision.c.number == document.revision,
                ),
            )
        )
        .where(
            document.source == source,
            document.first_seen >= since,
            document.first_seen < until,
            sa.or_(
                page["kind"].as_string().in_(("article", "event")),
                sa.and_(
                    page["kind"].as_string() == "not-an-article", page["text"].as_string() == ""
                ),
            ),
        )
        .order_by(document.first_seen.desc())
        .limit(SAMPLE)
        .subquery()
    )
    row = connection.execute(
        sa.select(
            sa.func.count(),
            sa.func.count(newest.c.date),
            *(
                sa.func.coalesce(sa.func.sum(sa.case((column > 0, 1), else_=0)), 0)
                for column in (newest.c.authors, newest.c.events, newest.c.text)
            ),
        )
    ).one()
    return Coverage(*map(int, row))
