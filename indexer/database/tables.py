"""The tables of the system of record, as the newest migration leaves them (SQLAlchemy Core).

SQLite by default, PostgreSQL by the same code. A change of a table is a migration in
`indexer/migrations/versions`; a test compares the two. Where the code uses another word than the
database, the column has a `key`, or the table another name here.

Each table has one owner, the module that creates its rows. Others write what is named with them;
`indexer.erasure` removes from all tables by its nature;
`indexer.frontier.renamed_sources` hands over to a new id what is known of a source, and
`indexer.frontier.split_sources` what is known of a part of it.

| table | owner | also written by |
| --- | --- | --- |
| installation, epoch | indexer.database.epochs | |
| run, source_run | indexer.frontier.run_record | |
| source | indexer.frontier.run_record | indexer.health.health_record: state |
| address | indexer.frontier.address | indexer.frontier.recrawl.vanished: what listings hold |
| address_shape | indexer.frontier.traps.shape_records | |
| site | indexer.frontier.sites | |
| feed | indexer.frontier.recrawl.feed_polling | |
| walk (`backfill`) | indexer.frontier.backfills | |
| visit | indexer.frontier.page_outcomes | |
| fetch | indexer.frontier.fetches | |
| archive_file | indexer.frontier.archive_files | |
| language_version | indexer.documents.translations | |
| document | indexer.revisions.revisions | indexer.frontier.ledger: last visit; |
| | | indexer.documents.backlog: indexed, rejected; |
| | | indexer.events.registry: linked; indexer.revisions.moves: moved_to |
| revision | indexer.revisions.revisions | indexer.revisions.moves: added; |
| | | indexer.profiles.profile_records: extractor |
| site_profile | indexer.profiles.profile_records | |
| event, event_change | indexer.events.history | |
| event_document | indexer.events.registry | |
| document_story | indexer.stories.registry | |
| document_persons, person_statement | indexer.persons.registry | |
| watch | indexer.alerts.watches | indexer.alerts.matching: cursors; |
| | | indexer.alerts.stored_watches: name, query; |
| | | indexer.alerts.marks: snoozed_until |
| stored_watch | indexer.alerts.stored_watches | |
| match | indexer.alerts.matching | indexer.alerts.outbox: state; indexer.alerts.marks: mark |
| muted_story | indexer.alerts.marks | |
| subscription | indexer.alerts.subscriptions | |
| matched_passage | indexer.alerts.matching | indexer.revisions.moves: passages of the old address |
| outbox, attempt | indexer.alerts.outbox | indexer.alerts.dead_letters: state |
| told | indexer.alerts.told | |
| forgotten (`erased_page`) | radar.erasure.erased_pages | |
| forgetting (`erasure`) | radar.erasure.eraser | |
| access_key | indexer.access.keys | |
| access_session | indexer.access.sessions | indexer.access.keys: revoked keys |
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC datetime; kept without zone, because SQLite knows none."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Aware → naive UTC."""
        del dialect
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Naive UTC → aware."""
        del dialect
        return value.replace(tzinfo=UTC) if value is not None else None


metadata = sa.MetaData()

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

# State of every known address, page or discovery document.
address = sa.Table(
    "address",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(9), nullable=False),  # page, discovery
    sa.Column("title", sa.Text),  # as discovery stated it
    sa.Column("published", sa.String(32)),  # as discovery stated it
    sa.Column("etag", sa.Text),
    sa.Column("last_modified", sa.Text),
    sa.Column("lastmod", Instant),  # the newest that discovery stated
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_fetch", Instant),
    sa.Column("status", sa.Integer),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("unchanged", sa.Integer, nullable=False, default=0),
    sa.Column("next_due", Instant, nullable=False),
    sa.Column("document", sa.String(16)),
    sa.Column("last_outcome", sa.String(16)),
    sa.Column("site", sa.Text),  # host, or host:port
    sa.Column("dated", Instant),  # published as discovery or the page states; null: not stated
    sa.Column("changes", sa.Integer, nullable=False, server_default="0"),  # times found changed
    sa.Column("lastmod_fetched", Instant),  # `lastmod` when it was last fetched
    # lastmod says that it has changed since it was fetched
    sa.Column(
        "claimed", sa.Boolean, key="lastmod_changed", nullable=False, server_default=sa.false()
    ),
    # read well, and lastmod says that it has not changed since
    sa.Column(
        "quiet", sa.Boolean, key="lastmod_unchanged", nullable=False, server_default=sa.false()
    ),
    sa.Column("listing", sa.Text),  # complete listing that held it when it was last read
    # times in a row that the listing did not hold it any more
    sa.Column("absences", sa.Integer, key="misses", nullable=False, server_default="0"),
    sa.Column("whole_due", Instant),  # of a complete listing: when it is to be read whole again
    sa.Column("gone_since", Instant),
    sa.Column("body_hash", sa.String(16)),  # of the last answer that was read well
    sa.Column("guid", sa.Text),  # of its item in a feed
    # found by a backfill: no news
    sa.Column("archive", sa.Boolean, nullable=False, default=False, server_default=sa.false()),
    sa.Column("met", sa.String(5)),  # aside, late; null: by a list that had been read before
    sa.Index("address_due", "source", "kind", "lastmod_unchanged", "next_due"),
    sqlite_with_rowid=False,
)

# Parts of the addresses, each small: what was never requested, what is said to have changed, what
# only an audit requests, what a complete listing holds, what a feed names by a guid. The migration
# makes them such in PostgreSQL too; to say so here would load its dialect at every start (3 MB).
for _name, _columns, _part in (
    ("address_new", ("source", "dated"), address.c.last_outcome.is_(None)),
    ("address_claimed", ("source", "site", "dated"), address.c.lastmod_changed.is_(sa.true())),
    ("address_quiet", ("source", "site", "next_due"), address.c.lastmod_unchanged.is_(sa.true())),
    (
        "address_quiet_newest",
        ("source", "site", "dated"),
        address.c.lastmod_unchanged.is_(sa.true()),
    ),
    ("address_listing", ("listing",), address.c.listing.is_not(None)),
    ("address_guid", ("source", "guid"), address.c.guid.is_not(None)),
):
    sa.Index(_name, *(address.c[_column] for _column in _columns), sqlite_where=_part)

# Shapes of a source's addresses, and what reading such addresses has shown.
address_shape = sa.Table(
    "address_shape",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("shape", sa.Text, primary_key=True),
    sa.Column("pages", sa.Float, nullable=False),  # that were read, weighed by their age
    sa.Column("repeats", sa.Float, nullable=False),  # of them, those without anything new
    sa.Column("passages", sa.JSON, nullable=False),  # fingerprints of the last ones
    sa.Column("rested", sa.Boolean, nullable=False),
    # while it is rested: addresses that were kept all the same
    sa.Column("kept", sa.Integer, nullable=False, server_default="0"),
    # that a run has found and not requested, and which run
    sa.Column("left_out", sa.Integer, nullable=False, server_default="0"),
    sa.Column("left_out_by", sa.Integer),
    sqlite_with_rowid=False,
)

# What is known of a site (host, or host:port): its rules, whether it rests, and how it keeps its
# word.
site = sa.Table(
    "site",
    metadata,
    sa.Column("name", sa.String(255), primary_key=True),
    sa.Column("robots", sa.LargeBinary),  # body of robots.txt; null: not requested yet
    sa.Column("robots_status", sa.Integer),
    sa.Column("robots_at", Instant),
    sa.Column("rest_until", Instant),
    sa.Column("rest_since", Instant),  # when that was decided; null: not kept
    sa.Column("rest_state", sa.String(16)),  # unreachable, blocked
    sa.Column("rest_reason", sa.Text),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),  # rests in a row
    # [claims kept, claims broken, silences kept, silences broken]
    # (`indexer.frontier.recrawl.signals`)
    sa.Column("lastmod", sa.JSON),
    sa.Column("validators", sa.JSON),
    sa.Column("listings", sa.JSON),
    sa.Column(
        "rates", sa.JSON
    ),  # [[changes, exposure], …] by class of age (`indexer.frontier.recrawl.revisits`)
)

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

# How fast the items of a feed turn over, and when it is to be polled for it.
feed = sa.Table(
    "feed",
    metadata,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("polled", Instant, nullable=False),
    sa.Column("turnover", sa.Float),  # seconds in which all items are new ones; null: not known
    sa.Column("next_due", Instant, nullable=False),
)

# How far backfills have come through a list; `next` is null at its end.
backfill = sa.Table(
    "walk",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("start", sa.Text, primary_key=True),  # address of the list's first page
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("next", sa.Text),
    sqlite_with_rowid=False,
)

# Pages of a list, or home pages in other languages, that runs failed to get; when they are tried
# again.
unread_page = sa.Table(
    "unread_page",
    metadata,
    sa.Column("source", sa.String(64), primary_key=True),
    sa.Column("start", sa.Text, primary_key=True),  # address of the list's first page
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),  # among those of the run that failed
    sa.Column("failures", sa.Integer, nullable=False),  # requests in a row; 0: none was made
    sa.Column("since", Instant, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("next_try", Instant, nullable=False),
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

# An archived answer that is to be read; `state`: pending, read, quarantined, not-kept (consent
# wall, soft 404, erased page), purged (its bytes are no longer in the archive), lost (they were
# damaged: `reason`).
fetch = sa.Table(
    "fetch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("run", sa.ForeignKey("run.id"), nullable=False),
    sa.Column("source", sa.String(64), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("final_url", sa.Text, nullable=False),
    sa.Column("known", sa.Boolean, nullable=False),  # whether the page was known before
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("content_type", sa.Text),
    sa.Column("fetched_at", Instant, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("length", sa.BigInteger, nullable=False),
    sa.Column("truncated", sa.Boolean, nullable=False),
    sa.Column("body_hash", sa.String(16)),
    sa.Column("previous", Instant),  # the visit before
    # changed, unchanged: what lastmod claimed of the page since the visit before
    sa.Column("lastmod_said", sa.String(9), key="lastmod_claim"),
    # the same, the validators
    sa.Column("validators_said", sa.String(9), key="validators_claim"),
    sa.Column("given", sa.JSON),  # of an imported page: what was handed in with it
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("extractor", sa.Integer),
    sa.Index("fetch_state", "state", "id"),
    sa.Index("fetch_url", "url", "id"),
    sqlite_autoincrement=True,
)

# End of the last committed record of each archive file; `purged`: what its last purge left
# (`radar.erasure.archive_purge`).
archive_file = sa.Table(
    "archive_file",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("end", sa.BigInteger, nullable=False),
    sa.Column("purged", sa.JSON),
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

# Pages that must not come back: hash of the page's identity, nothing else is kept of it.
erased_page = sa.Table(
    "forgotten",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

# Each `radar forget`: what for (of a page its hash, once it is done), when, and how much was
# removed.
erasure = sa.Table(
    "forgetting",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(6), nullable=False),  # page, source
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("started", Instant, nullable=False),
    sa.Column("finished", Instant),  # null: cut off, the next run ends it
    sa.Column("counts", sa.JSON, nullable=False),
    sqlite_autoincrement=True,
)

# Keys to the web interface: their SHA-256, and that of the feed key that is derived from each.
access_key = sa.Table(
    "access_key",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("scope", sa.String(8), nullable=False),
    sa.Column("prefix", sa.String(16), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("feed_digest", sa.String(64), nullable=False, unique=True),
    sa.Column("created", Instant, nullable=False),
    sa.Column("used", Instant),
    sqlite_with_rowid=False,
)

# Sessions of people who logged in with a key: the SHA-256 of their ids.
access_session = sa.Table(
    "access_session",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("key", sa.ForeignKey("access_key.name"), nullable=False),
    sa.Column("began", Instant, nullable=False),
    sa.Column("rotated", Instant, nullable=False),
    sa.Column("expires", Instant, nullable=False),
    sa.Column("replaced", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)
