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
| unread_page | indexer.frontier.unread_pages | |
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
| outbox | indexer.alerts.outbox | indexer.alerts.attempts: attempts, state; |
| | | indexer.alerts.dead_letters: state |
| attempt | indexer.alerts.attempts | |
| told | indexer.alerts.told | |
| forgotten (`erased_page`) | radar.erasure.erased_pages | |
| forgetting (`erasure`) | radar.erasure.eraser | |
| access_key | indexer.access.keys | |
| access_session | indexer.access.sessions | indexer.access.keys: revoked keys |
"""

from __future__ import annotations

from indexer.database.tables.access import access_key, access_session
from indexer.database.tables.addresses import (
    address,
    address_shape,
    archive_file,
    backfill,
    feed,
    fetch,
    site,
    unread_page,
)
from indexer.database.tables.documents import (
    document,
    document_persons,
    document_story,
    language_version,
    person_statement,
    revision,
    site_profile,
)
from indexer.database.tables.erasure import erased_page, erasure
from indexer.database.tables.events import event, event_change, event_document
from indexer.database.tables.runs import epoch, installation, run, source, source_run, visit
from indexer.database.tables.schema import Instant, metadata
from indexer.database.tables.watches import (
    attempt,
    match,
    matched_passage,
    muted_story,
    outbox,
    stored_watch,
    subscription,
    told,
    watch,
)

__all__ = [
    "Instant",
    "access_key",
    "access_session",
    "address",
    "address_shape",
    "archive_file",
    "attempt",
    "backfill",
    "document",
    "document_persons",
    "document_story",
    "epoch",
    "erased_page",
    "erasure",
    "event",
    "event_change",
    "event_document",
    "feed",
    "fetch",
    "installation",
    "language_version",
    "match",
    "matched_passage",
    "metadata",
    "muted_story",
    "outbox",
    "person_statement",
    "revision",
    "run",
    "site",
    "site_profile",
    "source",
    "source_run",
    "stored_watch",
    "subscription",
    "told",
    "unread_page",
    "visit",
    "watch",
]
