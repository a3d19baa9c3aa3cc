"""Matches of a watch by their time, and passages by their match: matching reads no older ones."""

from __future__ import annotations

from alembic import op

revision = "0019_matches_in_time"
down_revision = "0018_changes_of_subscriptions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("match_created", "match", ["watch", "created"])
    op.create_index("matched_passage_match", "matched_passage", ["match"])
