"""An installation as configured: opens its database, archive, store and channels."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from indexer.alerts.message import Channel
from indexer.database.engine import open_database, open_reader
from indexer.database.epochs import installation_id
from indexer.query import QueryCompiler
from indexer.records.errors import ConfigError, MeaningUnavailable, QueryError
from indexer.records.reference import Reference, load_reference
from indexer.stores.base import Rebuild, Store
from radar.channels.feed import FeedChannel
from radar.channels.kind import Means
from radar.channels.patience import Patience
from radar.channels.registry import open_channels
from radar.configuration.settings import Settings
from radar.installation.interrupted_restore import refuse_interrupted_restore
from radar.installation.own_parameters import REMEDY, OwnParameters
from radar.installation.store_kinds import StoreKind, store_kind
from radar.installation.watches import compile_watch

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder
    from radar.installation.catalogue import Catalogue


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Installation:
    """The settings and everything that they name, opened when needed."""

    settings: Settings

    @cached_property
    def reference(self) -> Reference:
        """The reference tables."""
        return load_reference(self.settings.own_folder, self.parameters)

    @property
    def own_parameters(self) -> OwnParameters:
        """What `radar train` has made of labelled pages."""
        return OwnParameters(self.settings.home)

    @cached_property
    def parameters(self) -> Path | None:
        """The folder of own parameters; None where there are none, or none that can be used."""
        own = self.own_parameters
        try:
            about = own.about()
            return own.files(about) if about is not None else None
        except ValueError as error:
            logger.warning("parameters_unusable %s: %s; %s", own.folder, error, REMEDY)
            return None

    @cached_property
    def compiler(self) -> QueryCompiler:
        """Compiles queries with the tables' concepts and the configured topics."""
        homes = {source.id: source.name for source in self.settings.sources}
        return QueryCompiler(self.reference, self.settings.topics, self.encoder, homes)

    @cached_property
    def encoder(self) -> Encoder | None:
        """Makes vectors of passages; None where the extra is not installed or switched off."""
        if not self.settings.meaning.enabled:
            return None
        # Many commands search nothing.
        from indexer.meaning.encoder import find_encoder  # noqa: PLC0415  # see above

        return find_encoder()

    @property
    def encoder_failure(self) -> MeaningUnavailable | None:
        """Why the encoder that is installed has failed so far."""
        return getattr(self.encoder, "failure", None)

    def check_watches(self) -> None:
        """ConfigError with every mistake in a watch of the configuration, also one whose query
        names an unknown commodity, country or topic, or asks for a meaning where that is not set.
        """
        problems = list(self.settings.mistaken_watches)
        for watch in self.settings.watches:
            try:
                compile_watch(watch.whole_query, self.settings, self.compiler)
            except QueryError as error:
                place = self.settings.query_places[watch.id]
                problems.append(f"{place}: query: {error.message}: {watch.whole_query}")
        if problems:
            raise ConfigError(problems)

    @property
    def workers(self) -> int:
        """Parse workers: one for each processor that this process may use, or as many as the
        variable says by which Python itself is told of processors, from 3.13 on.
        """
        told = os.environ.get("PYTHON_CPU_COUNT", "")
        return (int(told) if told.isdecimal() else len(os.sched_getaffinity(0))) or 1

    def open_writer(self) -> sa.Engine:
        """The database, created or migrated where needed; the caller holds the run lock."""
        refuse_interrupted_restore(self.settings.home)
        self.settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open_database(self.settings.database)

    def open_reader(self) -> sa.Engine | None:
        """The database, read only; None if there is none yet."""
        refuse_interrupted_restore(self.settings.home)
        return open_reader(self.settings.database)

    def catalogue(self, engine: sa.Engine | None) -> Catalogue:
        """Documents, sources and watches for reading."""
        # A command that only crawls needs none of it.
        from radar.installation.catalogue import Catalogue  # noqa: PLC0415

        return Catalogue(self.settings, engine)

    @property
    def store_kind(self) -> StoreKind:
        """The configured kind of search store."""
        return store_kind(self.settings, self.compiler)

    def open_store(self, *, writable: bool) -> Store:
        """The search store; the caller closes it."""
        refuse_interrupted_restore(self.settings.home)
        return self.store_kind.open(writable=writable)

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
        return self.store_kind.open_rebuild()

    def feed_channel(self, engine: sa.Engine) -> FeedChannel:
        """Writes the feeds of the watches."""
        means = self.means(engine)
        return FeedChannel(means.feeds, means.newest, means.owner)

    def channels(
        self, engine: sa.Engine | None, patience: Patience
    ) -> AbstractContextManager[Callable[[str], Channel]]:
        """For one delivery, the channels by the names that watches give them."""
        return open_channels(self.means(engine), patience)

    def means(self, engine: sa.Engine | None) -> Means:
        """What channels need."""
        settings = self.settings
        newest = self.catalogue(engine).watch_matches
        return Means(
            settings.mail,
            settings.feeds,
            newest,
            settings.webhooks,
            self.reference,
            settings.services,
            settings.files,
            partial(_own_id, engine),
        )


def _own_id(engine: sa.Engine | None) -> str | None:
    """The id of the installation in a database, if there is one."""
    if engine is None:
        return None
    with engine.connect() as connection:
        return installation_id(connection)
