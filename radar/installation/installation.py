"""An installation as configured: opens its database, archive, store and channels."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

import sqlalchemy as sa

from indexer.alerts.message import Channel
from indexer.alerts.watches import Watch
from indexer.database.engine import open_database, open_reader
from indexer.query import QueryCompiler, parse_query
from indexer.records.errors import ConfigError, DeliveryError, QueryError
from indexer.records.reference import Reference, load_reference
from indexer.stores.base import Rebuild, Store
from radar.configuration.settings import Settings

if TYPE_CHECKING:
    from radar.feed_channel import FeedChannel
    from radar.installation.catalogue import Catalogue


# What opens something imports it then: the client of a cluster takes a good part of a second, the
# embedded store 3 MB, and a command that only crawls needs none of it.


@dataclass(frozen=True)
class Installation:
    """Settings, and everything that they name, opened when it is needed."""

    settings: Settings

    @cached_property
    def reference(self) -> Reference:
        """The reference tables."""
        return load_reference(self.settings.own_folder)

    @cached_property
    def compiler(self) -> QueryCompiler:
        """Compiles queries with the tables' concepts and the configured topics."""
        return QueryCompiler(self.reference, self.settings.topics)

    @property
    def watches(self) -> tuple[Watch, ...]:
        """The configured watches."""
        return tuple(Watch(w.id, w.name, w.query, w.channels) for w in self.settings.watches)

    def check_watches(self) -> None:
        """ConfigError with every watch whose query names an unknown commodity, country or topic."""
        problems = []
        for watch in self.settings.watches:
            try:
                self.compiler.compile(parse_query(watch.query))
            except QueryError as error:
                problems.append(f"{watch.where}: query: {error.message}: {watch.query}")
        if problems:
            raise ConfigError(problems)

    @property
    def workers(self) -> int:
        """Parse workers: one for each processor that this process may use."""
        return max(1, len(os.sched_getaffinity(0)))

    def open_writer(self) -> sa.Engine:
        """The database, made or brought up to date where needed; the caller holds the run lock."""
        self.settings.home.mkdir(parents=True, exist_ok=True)
        return open_database(self.settings.database)

    def open_reader(self) -> sa.Engine | None:
        """The database for reading; None while there is none."""
        return open_reader(self.settings.database)

    def catalogue(self, engine: sa.Engine | None) -> Catalogue:
        """Documents, sources and watches for reading."""
        from radar.installation.catalogue import Catalogue  # noqa: PLC0415  # see above

        return Catalogue(self.settings, engine)

    def open_store(self, *, writable: bool) -> Store:
        """The search store; the caller closes it."""
        cluster = self.settings.store
        if cluster == "embedded":
            from indexer.stores.embedded import EmbeddedStore  # noqa: PLC0415  # see above

            return EmbeddedStore(self.settings.index, self.compiler, writable=writable)
        from indexer.stores.elastic.store import ElasticStore  # noqa: PLC0415  # see above

        connection = cluster.writing if writable else cluster.reading
        return ElasticStore(connection, self.compiler, writable=writable)

    @contextmanager
    def store(self, *, writable: bool) -> Iterator[Store]:
        """The search store."""
        store = self.open_store(writable=writable)
        try:
            yield store
        finally:
            store.close()

    def open_rebuild(self) -> Rebuild:
        """A new index beside the one in use."""
        cluster = self.settings.store
        if cluster == "embedded":
            from indexer.stores.embedded import open_rebuild  # noqa: PLC0415  # see above

            return open_rebuild(self.settings.index, self.compiler)
        from indexer.stores.elastic.rebuild import ElasticRebuild  # noqa: PLC0415  # see above

        return ElasticRebuild(cluster.writing, self.compiler)

    def feed_channel(self, engine: sa.Engine) -> FeedChannel:
        """Writes the feeds of the watches."""
        from radar.feed_channel import FeedChannel  # noqa: PLC0415  # see above

        return FeedChannel(self.settings.feeds, self.catalogue(engine).watch_matches)

    def channel(self, name: str, engine: sa.Engine) -> Channel:
        """The channel `feed` or `mailto:address` of a message."""
        if name == "feed":
            return self.feed_channel(engine)
        # see above
        from indexer.alerts.channels.mail import MailChannel, MailServer  # noqa: PLC0415

        mail = self.settings.mail
        if mail is None:
            raise DeliveryError(
                "no mail server is configured", hint="set `mail:` in radar.yaml, then run again"
            )
        address = unquote(name.removeprefix("mailto:"))
        return MailChannel(MailServer(mail.url, mail.sender), address)
