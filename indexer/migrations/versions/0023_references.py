"""References to documents, fetches and matches by an index: else each row that is removed has the
database look at all rows that might refer to it. And past messages, which are removed by their age.
"""

from __future__ import annotations

from alembic import op

revision = "0023_references"
down_revision = "0022_messages_of_watches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("document_fetch", "document", ["fetch"])
    op.create_index("revision_fetch", "revision", ["fetch"])
    op.create_index("event_change_document", "event_change", ["document"])
    op.create_index("match_document", "match", ["document"])
    op.create_index("matched_passage_document", "matched_passage", ["document"])
    op.create_index("outbox_created", "outbox", ["created"])
