"""A database of its own for each test that asks for one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from indexer.database.engine import open_database


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with nothing in it, made once: to go through all migrations takes forty times as long as
    to copy what comes of them.
    """
    file = tmp_path_factory.mktemp("empty") / "radar.db"
    open_database(f"sqlite:///{file}").dispose()
    return file


@pytest.fixture
def engine(tmp_path: Path, empty_database: Path) -> Iterator[sa.Engine]:
    file = shutil.copyfile(empty_database, tmp_path / "radar.db")
    engine = open_database(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        yield connection
