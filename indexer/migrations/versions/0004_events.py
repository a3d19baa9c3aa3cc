"""Documents that moved, passages that were removed, events and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_events"
down_revision = "0003_discovery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and tables; events of documents that are there are linked by the next run."""
    op.add_column("document", sa.Column("moved_to", sa.String(length=16), nullable=True))
    op.add_column(
        "document",
        sa.Column("linked", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("document_moved", "document", ["moved_to"])
    op.add_column("revision", sa.Column("removed", sa.JSON(), nullable=True))
    op.add_column(
        "watch", sa.Column("event_cursor", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("match", sa.Column("events", sa.JSON(), nullable=True))
    op.create_table(
        "event",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("stated", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event_document",
        sa.Column("document", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.ForeignKeyConstraint(["event"], ["event.id"]),
        sa.PrimaryKeyConstraint("document", "number"),
    )
    op.create_index("event_document_event", "event_document", ["event"])
    op.create_index("event_document_series", "event_document", ["series", "ordinal"])
    op.create_index("event_document_days", "event_document", ["first_day", "last_day"])
    op.create_table(
        "event_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=16), nullable=False),
        sa.Column("change", sa.String(length=16), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("document", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("first_look", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["document.id"]),
        sa.ForeignKeyConstraint(["event"], ["event.id"]),
        sa.ForeignKeyConstraint(["run"], ["run.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("event_change_event", "event_change", ["event"])
