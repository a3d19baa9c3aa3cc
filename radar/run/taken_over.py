"""Sources that the configuration names otherwise than before: they go on with what is known of
them.
"""

from __future__ import annotations

import sqlalchemy as sa

from crawler.discovery.apis.api_lists import entry_address
from indexer.frontier.renamed_sources import take_over_renamed
from indexer.frontier.split_sources import Known, take_over_split
from indexer.records.page_choice import PageChoice
from indexer.records.source import Source
from indexer.records.urls import canonical
from radar.configuration.settings import Settings
from radar.installation.watches import all_watches, asking_for
from radar.plurals import counted, listed
from radar.run.remarks import Remarks


def take_over_sources(connection: sa.Connection, settings: Settings, remarks: Remarks) -> None:
    """A source that the configuration calls by another id goes on with what is known of it; so
    does a part of one that is a source of its own now.
    """
    known = {
        source.id: Known(
            entry_keys(source) or {canonical(source.url) or source.url}, PageChoice(source).takes
        )
        for source in settings.sources
    }
    entries = {source: found.entries for source, found in known.items()}
    for old, new, documents in take_over_renamed(connection, entries):
        remarks.notes.append(
            f"source {old} is called {new} now: {counted(documents, 'page')} taken over"
        )
        if asking := asking_for(all_watches(settings, connection), old):
            remarks.problems.append(
                f"nothing new comes of source {old}, which is called {new} now, to the watches "
                f"that ask for it: {listed(asking)}"
            )

    for old, new, documents in take_over_split(connection, known):
        remarks.notes.append(
            f"source {new} has a part of source {old} now: {counted(documents, 'page')} taken over"
        )


def entry_keys(source: Source) -> set[str]:
    """Canonical addresses of the source's feeds, lists and the like."""
    return {canonical(url) or url for url in map(entry_address, source.discovery)}
