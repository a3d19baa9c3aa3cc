"""`radar serve`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import click

from indexer.loaded_programs import give_back_programs
from indexer.records.errors import DatabaseError, ForeignData, StoreError
from radar.commands.options import config_option, home_option, installation, places
from radar.installation.clock import real_clock
from radar.installation.installation import Installation
from radar.installation.watch_desk import DatabaseWatchDesk
from radar.run.lock import readers_lock
from radar.service.admission import OPEN_WARNING, access_rules, key_ring
from radar.service.background_rebuild import BackgroundRebuild
from radar.service.freed_memory import (
    forget_docstrings,
    forget_words_of_tables,
    give_back_freed_memory,
    leave_out_pydantic_1,
)
from radar.service.http_server import make_server
from radar.service.own_log import note
from radar.service.server_address import (
    check_free,
    host_option,
    label_option,
    open_option,
    page_address,
    port_option,
)
from radar.service.serving import LiveCatalogue, LiveDatabase, LiveStore
from radar.service.stopping import end_after, stop_on_signals
from search_api.access.audit import AuditLog
from search_api.app import create_app
from search_api.labelling.desk import LabelDesk
from search_api.ports import DocumentArchive


@click.command("serve")
@host_option
@port_option
@open_option
@label_option
@click.option("--supervisor", type=int, hidden=True)  # the `radar up` that started it
@config_option
@home_option
def command(
    host: str,
    port: int,
    is_open: bool,
    labelling: bool,
    supervisor: int | None,
    config: Path | None,
    home: Path | None,
) -> int:
    """Serve the search page, the API and the feeds. Runs may take place at the same time.

    Whoever is on this machine needs no key, as long as `radar key add` has made none. On an address
    that others reach, it asks for keys, and does not start without one.
    """
    give_back_freed_memory()
    leave_out_pydantic_1()
    forget_docstrings()
    opened = installation(config, home)
    settings = opened.settings
    rules = access_rules(settings, host, is_open=is_open)
    # Each time, so that what comes next stands where they stood.
    forget_words_of_tables()
    compiler = opened.compiler
    forget_words_of_tables()
    database = LiveDatabase(opened)
    healing = BackgroundRebuild(places(config, home), note)
    store = LiveStore(opened, database, ahead=healing.start)
    catalogue = LiveCatalogue(opened, database, store)
    app = create_app(
        store,
        catalogue,
        desk=DatabaseWatchDesk(opened, database.engine, real_clock),
        reference=opened.reference,
        ways_to_say=compiler.other_words,
        zone=ZoneInfo(settings.timezone),
        version=version("rohstoffradar"),
        rules=rules,
        keys=key_ring(settings),
        audit=AuditLog(settings.log),
        labels=_labels(opened, catalogue) if labelling else None,
    )
    check_free(host, port)
    if is_open:
        note(OPEN_WARNING.format(where=page_address(host, port)))
    # uvicorn hands the signal on once it has ended: it is caught here, for the exit code.
    with readers_lock(settings.home), stop_on_signals() as stop:
        if supervisor is not None:
            end_after(supervisor)
        _look_at(store)
        forget_words_of_tables()
        give_back_programs()
        try:
            make_server(
                app,
                host,
                port,
                trusted_proxies=settings.web.trusted_proxies,
                root=urlsplit(settings.public_url or "").path,
                stopped=stop.event.is_set,
                listening=lambda: note(
                    f"search page: {page_address(host, port)} (stop with Ctrl-C)"
                ),
            ).run()
        finally:
            healing.stop()
    return stop.exit_code


def _labels(opened: Installation, archive: DocumentArchive) -> LabelDesk:
    # Labels are made by what reads pages: 4 MiB that no other server needs.
    from radar.labelling.label_files import LabelFiles  # noqa: PLC0415  # see above
    from radar.labelling.page_labels import PageLabels, StoredPages  # noqa: PLC0415  # see above

    files = LabelFiles(opened.settings.labels)
    return PageLabels(StoredPages(archive), files, opened.reference, real_clock)


def _look_at(store: LiveStore) -> None:
    """Raise ForeignData before anything is served; what is merely down may come back."""
    try:
        store.problems()
    except ForeignData:
        raise
    except (StoreError, DatabaseError) as error:
        note(f"note: {error.message}")
