"""State of sites over runs: owns the table `site`. The caller commits.

What visits have taught of a site stands in the same row; `indexer.frontier.recrawl.site_history`
gives it its meaning.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from indexer.database import tables
from indexer.database.due_times import DueTime
from indexer.database.records import find_record
from indexer.database.rows import put_row
from indexer.frontier.port import LONGEST_SITE_COOLDOWN, KnownSite

_SITE = tables.site.c
COOLDOWN_END = DueTime(_SITE.rest_until, LONGEST_SITE_COOLDOWN, _SITE.rest_since)
_FIND = sa.select(
    _SITE.robots,
    _SITE.robots_status,
    _SITE.robots_at,
    _SITE.rest_until,
    _SITE.rest_since,
    sa.func.coalesce(_SITE.rest_state, "blocked"),
    sa.func.coalesce(_SITE.rest_reason, ""),
    _SITE.failures,
).where(_SITE.name == sa.bindparam("key"))


def load_site(connection: sa.Connection, name: str) -> KnownSite:
    """The state of a site; the defaults for one that is not known."""
    return find_record(connection, KnownSite, _FIND, {"key": name}) or KnownSite()


def save_robots(
    connection: sa.Connection, name: str, status: int, body: bytes, now: datetime
) -> None:
    """The site has just sent its robots.txt."""
    put_site(connection, name, robots=body, robots_status=status, robots_at=now)


def save_cooldown(connection: sa.Connection, name: str, cooldown: KnownSite) -> None:
    """Save the cooldown of a site, and its failures."""
    put_site(
        connection,
        name,
        rest_until=cooldown.cooldown_until,
        rest_since=cooldown.cooldown_since,
        rest_state=cooldown.cooldown_state,
        rest_reason=cooldown.cooldown_reason,
        failures=cooldown.failures,
    )


def reset_site(connection: sa.Connection, name: str) -> None:
    """Clear cooldown and failures."""
    values = dict.fromkeys(("rest_until", "rest_since", "rest_state", "rest_reason"))
    put_site(connection, name, failures=0, **values)


def put_site(connection: sa.Connection, name: str, **values: object) -> None:
    """Write some columns of the site's row."""
    put_row(connection, tables.site, {"name": name}, values)
