"""What is known of addresses, sites and lists, and the answers that were archived."""

from __future__ import annotations

import sqlalchemy as sa

from indexer.database.tables.schema import Instant, metadata

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
