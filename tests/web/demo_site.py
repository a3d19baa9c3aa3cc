"""The data of `radar demo`, and the application over them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from radar.commands.demo import demo_installation
from radar.installation.clock import real_clock
from radar.installation.watch_desk import DatabaseWatchDesk
from radar.service.serving import LiveCatalogue, LiveDatabase, LiveStore
from search_api.app import create_app


def made_demo(folder: Path) -> Path:
    """Two nights of the sample sites."""
    subprocess.run([sys.executable, "-m", "radar", "demo", "--folder", str(folder)], check=True)
    return folder


def demo_app(demo: Path) -> FastAPI:
    """What `radar serve` serves of it."""
    opened = demo_installation(demo / "config", demo / "data")
    database = LiveDatabase(opened)
    store = LiveStore(opened, database)
    return create_app(
        store,
        LiveCatalogue(opened, database, store),
        desk=DatabaseWatchDesk(opened, database.engine, real_clock),
        reference=opened.reference,
        zone=ZoneInfo(opened.settings.timezone),
    )
