"""What nights teach: how reliable sites are, when pages and feeds are due, which sites rest."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op

revision = "0002_nights"
down_revision = "0001"
branch_labels = None
depends_on = None

BATCH = 10_000


def upgrade() -> None:
    """Add columns, indexes and two tables; fill in what known addresses tell by themselves."""
    for column in (
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("dated", sa.DateTime(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lastmod_fetched", sa.DateTime(), nullable=True),
        sa.Column("claimed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("quiet", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("listing", sa.Text(), nullable=True),
        sa.Column("absences", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("gone_since", sa.DateTime(), nullable=True),
        sa.Column("body_hash", sa.String(length=16), nullable=True),
        sa.Column("guid", sa.Text(), nullable=True),
    ):
        op.add_column("address", column)
    for column in (
        sa.Column("body_hash", sa.String(length=16), nullable=True),
        sa.Column("previous", sa.DateTime(), nullable=True),
        sa.Column("lastmod_said", sa.String(length=9), nullable=True),
        sa.Column("validators_said", sa.String(length=9), nullable=True),
    ):
        op.add_column("fetch", column)
    _fill()
    op.drop_index("address_due", table_name="address")
    op.create_index("address_due", "address", ["source", "kind", "quiet", "next_due"])
    for name, columns, part in (
        ("address_new", ["source", "dated"], "last_outcome IS NULL"),
        ("address_claimed", ["source", "site", "dated"], _is_true("claimed")),
        ("address_quiet", ["source", "site", "next_due"], _is_true("quiet")),
        ("address_quiet_newest", ["source", "site", "dated"], _is_true("quiet")),
        ("address_listing", ["listing"], "listing IS NOT NULL"),
        ("address_guid", ["source", "guid"], "guid IS NOT NULL"),
    ):
        where = sa.text(part)
        op.create_index(name, "address", columns, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "site",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("robots", sa.LargeBinary(), nullable=True),
        sa.Column("robots_status", sa.Integer(), nullable=True),
        sa.Column("robots_at", sa.DateTime(), nullable=True),
        sa.Column("rest_until", sa.DateTime(), nullable=True),
        sa.Column("rest_state", sa.String(length=16), nullable=True),
        sa.Column("rest_reason", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("lastmod", sa.JSON(), nullable=True),
        sa.Column("validators", sa.JSON(), nullable=True),
        sa.Column("listings", sa.JSON(), nullable=True),
        sa.Column("rates", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "feed",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("polled", sa.DateTime(), nullable=False),
        sa.Column("turnover", sa.Float(), nullable=True),
        sa.Column("next_due", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("url"),
    )


def _is_true(column: str) -> str:
    """As SQLAlchemy writes it in queries: SQLite takes a partial index for the same words only."""
    return f"{column} IS 1" if op.get_bind().dialect.name == "sqlite" else f"{column} IS true"


def _fill() -> None:
    address = sa.table(
        "address",
        *(sa.column(name) for name in ("url", "published", "lastmod", "last_outcome")),
        *(sa.column(name) for name in ("site", "lastmod_fetched")),
        sa.column("dated", sa.DateTime()),
        sa.column("quiet", sa.Boolean()),
    )
    connection = op.get_bind()
    filled = sa.update(address).where(address.c.url == sa.bindparam("key"))
    after = ""
    while rows := connection.execute(
        sa.select(address.c.url, address.c.published)
        .where(address.c.url > after)
        .order_by(address.c.url)
        .limit(BATCH)
    ).all():
        values = [{"key": r.url, "site": _site(r.url), "dated": _dated(r.published)} for r in rows]
        connection.execute(filled, values)
        after = rows[-1].url
    read = address.c.last_outcome.in_(("new", "changed", "unchanged", "not-modified"))
    connection.execute(
        sa.update(address)
        .where(address.c.lastmod.is_not(None))
        .values(lastmod_fetched=address.c.lastmod, quiet=read)
    )


def _site(url: str) -> str:
    return urlsplit(url).netloc.removesuffix(":80").removesuffix(":443")


def _dated(published: str | None) -> datetime | None:
    value = (published or "").strip()
    if len(value) in (4, 7):
        value += "-01-01"[-(10 - len(value)) :]
    try:
        moment = datetime.fromisoformat(value)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
