"""Watches, what they matched, and the messages that tell of it."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

watch = sa.Table(
    "watch",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("created", Instant, nullable=False),  # or made again, after it was removed
    sa.Column("cursor", sa.Integer, nullable=False),  # ingest sequence number it has seen
    sa.Column(
        "event_cursor", sa.Integer, nullable=False, server_default="0"
    ),  # event change it has seen
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("snoozed_until", Instant),  # nothing is sent before
)

# Watches that are not in the configuration.
stored_watch = sa.Table(
    "stored_watch",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("definition", sa.JSON, nullable=False),  # as an entry in a file
    sa.Column("created", Instant, nullable=False),
    sa.Column("changed", Instant, nullable=False),
    sa.Column("author", sa.String(64)),  # name of a key
    sqlite_with_rowid=False,
)

# Tokens with which addresses take themselves off a watch, or (`*`) off all.
subscription = sa.Table(
    "subscription",
    metadata,
    sa.Column("watch", sa.String(64), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("token", sa.String(43), nullable=False, unique=True),
    sa.Column("ended", Instant),  # nothing more is sent
    sa.Column("changed", Instant),  # made, ended or renewed; null: by an earlier version
    sqlite_with_rowid=False,
)

# Stories of which a watch tells no more.
muted_story = sa.Table(
    "muted_story",
    metadata,
    sa.Column("watch", sa.ForeignKey("watch.id"), primary_key=True),
    sa.Column("story", sa.String(16), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

match = sa.Table(
    "match",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("watch", sa.ForeignKey("watch.id"), nullable=False),
    sa.Column("document", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("passages", sa.JSON, nullable=False),  # [{text, marks}]
    sa.Column("terms", sa.JSON, nullable=False),
    sa.Column("change", sa.String(16), nullable=False),
    sa.Column("events", sa.JSON),  # ids of the event changes that it tells
    sa.Column("state", sa.String(12), nullable=False),  # pending, sent, suppressed
    sa.Column("reason", sa.Text),
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.Column("story", sa.String(16)),  # document that told it first (`past_stories`: or a hash)
    sa.Column("sample", sa.JSON),  # of the shingles of its text; null: from before stories
    sa.Column("mark", sa.String(10)),  # relevant, irrelevant: what a reader says of it
    sa.UniqueConstraint("watch", "document", "revision"),
    sa.Index("match_watch", "watch", "id"),
    sa.Index("match_story", "watch", "story"),
    sa.Index("match_created", "watch", "created"),
    sa.Index("match_document", "document"),
    sqlite_autoincrement=True,
)

# What makes a match come once only.
matched_passage = sa.Table(
    "matched_passage",
    metadata,
    sa.Column("watch", sa.ForeignKey("watch.id"), primary_key=True),
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("fingerprint", sa.String(32), primary_key=True),
    sa.Column("match", sa.ForeignKey("match.id"), nullable=False),
    sa.Index("matched_passage_match", "match"),
    sa.Index("matched_passage_document", "document"),
    sqlite_with_rowid=False,
)

# Messages to deliver: one for each watch, run, channel and group (new, first-look).
outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("key", sa.String(36), primary_key=True),
    sa.Column("watch", sa.ForeignKey("watch.id"), nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.Column("matches", sa.JSON, nullable=False),  # ids
    sa.Column("created", Instant, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # pending, sent, dropped, dead
    sa.Column("sent", Instant),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("next_attempt", Instant, nullable=False),
    sa.Column("digest", sa.String(36)),  # key of the digest that it is sent in
    sa.Index("outbox_state", "state", "next_attempt"),
    sa.Index("outbox_watch", "watch", "run"),
    sa.Index("outbox_channel", "channel", "sent"),
    sa.Index("outbox_created", "created"),
)

attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message", sa.ForeignKey("outbox.key"), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("error", sa.Text),  # null: delivered
    sa.Column("answer", sa.Integer),  # of the receiver: SMTP code, HTTP status
    sa.Index("attempt_message", "message"),
    sqlite_autoincrement=True,
)


# What was told of documents in messages that the database does not know: it was put back to a state
# before them. Such matches are not told again.
told = sa.Table(
    "told",
    metadata,
    sa.Column("watch", sa.String(64), primary_key=True),
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("document", sa.String(16), primary_key=True),
    sa.Column("key", sa.String(32), primary_key=True),
    sqlite_with_rowid=False,
)
