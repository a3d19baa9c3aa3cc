"""Runs, and how they went for each source."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

# One row: what database, index and archive of one installation know one another by.
installation = sa.Table("installation", metadata, sa.Column("id", sa.String(32), primary_key=True))

# One row for each session that wrote to the search index; the index keeps the last token.
epoch = sa.Table(
    "epoch",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(32), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant),
    sa.Column("state", sa.String(16), nullable=False),  # running, done, interrupted
    sa.Column("arguments", sa.JSON, nullable=False),
    sa.Column("summary", sa.JSON),
    sqlite_autoincrement=True,
)

# One row for each source of a run: how it went, and why.
source_run = sa.Table(
    "source_run",
    metadata,
    sa.Column("run", sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("finished", Instant, nullable=False),
    sa.Column("links", sa.Integer),  # to pages, known ones too, that its discovery found
    sa.Index("source_run_source", "source", "run"),
)

# What is kept of a source. `first_crawled` is set when it has been crawled to the end for the first
# time: until then its matches are a "first look". State, reason and since are its health as of the
# last look.
source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("first_crawled", Instant),
    sa.Column("last_crawled", Instant),
    sa.Column("state", sa.String(24)),
    sa.Column("reason", sa.Text),
    sa.Column("since", Instant),
    sa.Column("blocked", sa.Integer, nullable=False, server_default=sa.text("0")),  # looks in a row
    sa.Column("next_try", Instant),  # scheduled runs leave it alone until then
    # lists, feeds and sitemaps that its pages lead to and that nobody named: [[kind, address], …]
    sa.Column("unasked", sa.JSON),
    sa.Column("unasked_seen", Instant),  # when they were looked for
)

# Each page address (and discovery document) of a run ends in exactly one outcome.
visit = sa.Table(
    "visit",
    metadata,
    sa.Column("run", sa.ForeignKey("run.id"), primary_key=True),
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(9), primary_key=True),  # page, discovery
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("document", sa.String(16)),
    sa.Index("visit_outcome", "run", "source", "kind", "outcome"),
    sa.Index("visit_document", "run", "document"),
    sqlite_with_rowid=False,
)
