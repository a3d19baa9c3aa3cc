"""What documents say of persons, by which an initial is known to stand for a full name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024_persons"
down_revision = "0023_references"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; the next run fills them."""
    op.create_table(
        "document_persons",
        sa.Column("document", sa.String(16), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("full_names", sa.JSON(), nullable=False),
    )
    op.create_table(
        "person_statement",
        sa.Column("document", sa.String(16), sa.ForeignKey("document.id"), primary_key=True),
        sa.Column("surname", sa.Text(), primary_key=True),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("short", sa.Boolean(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
    )
    op.create_index("person_statement_surname", "person_statement", ["surname", "short"])
