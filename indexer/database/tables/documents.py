"""Documents, their revisions, and what was learnt from them."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

# What was learnt of a site from the pages of one source (`crawler.profiles`). The first three are
# null where nothing was learnt.
site_profile = sa.Table(
    "site_profile",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("site", sa.String(255), primary_key=True),
    sa.Column("version", sa.Integer),
    sa.Column("digest", sa.String(64)),  # of what changes how pages read
    sa.Column("content", sa.JSON),
    sa.Column("pages", sa.Integer, nullable=False),  # that it was, or should have been, learnt from
    sa.Column("learnt", Instant, nullable=False),
    sa.Column("reason", sa.Text),  # why nothing was learnt
    # of the last pages that were compared with it, "+" or "-" for each, the newest last
    sa.Column("agreement", sa.String(32), nullable=False, server_default=""),
    # pages since it was learnt
    sa.Column("agreed", sa.Integer, nullable=False, server_default="0"),
    sa.Column("disagreed", sa.Integer, nullable=False, server_default="0"),
    # when the first of the pages was fetched since which none agrees
    sa.Column("doubted", Instant),
    sa.Column("redesigned", Instant),  # older pages have another layout; null: none are known
    sqlite_with_rowid=False,
)

# Pages that are one page in several languages share a group.
language_version = sa.Table(
    "language_version",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("lang", sa.String(2), nullable=False),
    sa.Column("group", sa.String(16), nullable=False),
    sa.Index("language_version_group", "group"),
    sqlite_with_rowid=False,
)

document = sa.Table(
    "document",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("url", sa.Text, nullable=False, unique=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_seen", Instant, nullable=False),
    sa.Column("last_outcome", sa.String(16), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("published", sa.String(32)),
    sa.Column(
        "fetch", sa.ForeignKey("fetch.id"), nullable=False
    ),  # whose bytes it was last read from
    sa.Column("indexed", sa.Integer, nullable=False),  # `indexer.database.index_marks`
    sa.Column("rejected", sa.Text),  # why the search store refuses it
    sa.Column(
        "moved_to", sa.String(16)
    ),  # document that goes on for this one; never one that moved
    # Whether its events are linked with those of others; false: the next run does it, telling no
    # watch.
    sa.Column("linked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("text_hash", sa.String(16)),  # of title and text of its last revision; null: not kept
    sa.Index("document_source", "source", "published"),
    sa.Index("document_text", "source", "text_hash"),
    sa.Index("document_backlog", "indexed", "revision"),
    sa.Index("document_moved", "moved_to"),
    sa.Index("document_fetch", "fetch"),
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False, unique=True),  # ingest sequence number
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("fetch", sa.ForeignKey("fetch.id"), nullable=False),
    sa.Column("extractor", sa.Integer, nullable=False),  # 0: to be extracted again in any case
    sa.Column("created", Instant, nullable=False),
    sa.Column("page", sa.JSON, nullable=False),
    sa.Column("added", sa.JSON),  # fingerprints of the added passages; null: a new document
    sa.Column(
        "removed", sa.JSON
    ),  # fingerprints of passages of the revision before; null: not noted
    sa.Column("first_look", sa.Boolean, nullable=False),
    # its text was removed: fingerprints of the passages that it had
    sa.Column("said", sa.JSON, key="fingerprints"),
    sa.Index("revision_fetch", "fetch"),
)

# Of which story a document is (its name is the id of the document that told it first), and what it
# is recognised by in other pages; of the revision that was looked at last.
document_story = sa.Table(
    "document_story",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("story", sa.String(16), nullable=False),
    sa.Column("day", sa.Integer),  # as `date.toordinal` counts; null: compared with no other page
    sa.Column("traits", sa.JSON),
    sa.Column("encoder", sa.Integer),  # its version; null: there was none
    sa.Column("vectors", sa.LargeBinary),  # of passages, see `indexer.meaning.vectors`
    sa.Index("document_story_story", "story"),
    sa.Index("document_story_day", "day"),
)

# Full names of the persons whom a document names by an initial, as far as others tell; of the
# revision that was looked at last.
document_persons = sa.Table(
    "document_persons",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("full_names", sa.JSON, nullable=False),  # value of the person → name
)

# A person of whom a document says a role or a body, under each key that may be the surname.
person_statement = sa.Table(
    "person_statement",
    metadata,
    sa.Column("document", sa.ForeignKey("document.id"), primary_key=True),
    sa.Column("surname", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("short", sa.Boolean, nullable=False),  # whether an initial is the first name
    sa.Column("bodies", sa.JSON, nullable=False),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Index("person_statement_surname", "surname", "short"),
)
