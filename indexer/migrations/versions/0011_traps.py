"""Shapes of addresses, and documents by their text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_traps"
down_revision = "0010_epochs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what later readings fill: of documents that are there, the text gets its hash with their
    next revision.
    """
    op.create_table(
        "address_shape",
        sa.Column("source", sa.String(length=64), primary_key=True),
        sa.Column("shape", sa.Text(), primary_key=True),
        sa.Column("pages", sa.Float(), nullable=False),
        sa.Column("repeats", sa.Float(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("rested", sa.Boolean(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("left_out", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("left_out_by", sa.Integer(), nullable=True),
        sqlite_with_rowid=False,
    )
    op.add_column("document", sa.Column("text_hash", sa.String(length=16), nullable=True))
    op.create_index("document_text", "document", ["source", "text_hash"])
