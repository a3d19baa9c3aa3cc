"""Messages of a watch, and those that a channel accepted lately: none scans the whole outbox."""

from __future__ import annotations

from alembic import op

revision = "0022_messages_of_watches"
down_revision = "0021_attempts_of_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("outbox_watch", "outbox", ["watch", "run"])
    op.create_index("outbox_channel", "outbox", ["channel", "sent"])
