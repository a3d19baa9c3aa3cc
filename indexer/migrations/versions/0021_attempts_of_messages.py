"""The attempts of a message are found without a look at all attempts."""

from __future__ import annotations

from alembic import op

revision = "0021_attempts_of_messages"
down_revision = "0020_unread_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.create_index("attempt_message", "attempt", ["message"])
