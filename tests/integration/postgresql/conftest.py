"""A database to work in, where `RADAR_TEST_POSTGRESQL` names one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from indexer.database.engine import make_engine


@pytest.fixture
def database() -> Iterator[str]:
    """Address of an empty schema."""
    given = os.environ.get("RADAR_TEST_POSTGRESQL")
    if not given:
        pytest.skip("only where RADAR_TEST_POSTGRESQL names a database")
    name = f"radar_test_{uuid.uuid4().hex[:10]}"
    engine = make_engine(given)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(name))
    url = sa.make_url(given).update_query_dict({"options": f"-csearch_path={name}"})
    yield url.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(name, cascade=True))
    engine.dispose()
