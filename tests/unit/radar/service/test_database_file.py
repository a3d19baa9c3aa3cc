"""The file of the database, as messages call it."""

from __future__ import annotations

import pytest

from radar.service.database_file import missing_database


@pytest.mark.parametrize(
    ("database", "called"),
    [
        ("sqlite:////data/%C3%96l%20und%20Gas/radar.db", "/data/Öl und Gas/radar.db"),
        ("postgresql+psycopg://radar:secret@db/radar", "postgresql+psycopg://radar:***@db/radar"),
    ],
)
def test_a_database_that_is_missing_is_called_as_its_folder_is(database: str, called: str) -> None:
    assert missing_database(database).message == f"the database is missing: {called}"
