"""Events, the documents that tell of them, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

# Something people come together for, whatever the number of documents that tell of it.
event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("known", sa.JSON, nullable=False),  # date, place, status as last stated
    sa.Column("stated", sa.String(32), nullable=False),  # day on which they were
)

# An event as a document's current revision tells of it.
event_document = sa.Table(
    "event_document",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),  # place in the page's list of events
    sa.Column("event", sa.ForeignKey("event.id"), nullable=False),
    sa.Column("reason", sa.Text),  # why it is that event; null: its first document
    sa.Column("series", sa.Text),
    sa.Column("ordinal", sa.Integer),
    sa.Column("first_day", sa.Integer),  # as `date.toordinal` counts; null: not known to the month
    sa.Column("last_day", sa.Integer),
    # First and last of all days from which it may have been moved; null: the page names none.
    sa.Column("former_first", sa.Integer),
    sa.Column("former_last", sa.Integer),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Index("event_document_event", "event"),
    sa.Index("event_document_series", "series", "ordinal"),
    sa.Index("event_document_days", "first_day", "last_day"),
    sa.Index("event_document_former", "former_first", "former_last"),
)

# An event known before was moved or cancelled, and which revision says so.
event_change = sa.Table(
    "event_change",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("event", sa.ForeignKey("event.id"), nullable=False),
    sa.Column("change", sa.String(16), nullable=False),  # event-moved, event-cancelled
    sa.Column("what", sa.String(8), nullable=False),  # date, city, country, venue, status
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("old", sa.Text),
    sa.Column("new", sa.Text),  # null: not said
    sa.Column("document", sa.ForeignKey("document.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("created", Instant, nullable=False),
    sa.Column("evidence", sa.JSON),  # passage that says so: {text, marks}
    sa.Column("first_look", sa.Boolean, nullable=False),
    sa.Index("event_change_event", "event"),
    sa.Index("event_change_document", "document"),
    sqlite_autoincrement=True,
)
