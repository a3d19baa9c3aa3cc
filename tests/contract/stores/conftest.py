"""Every search store, empty; each case runs against each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.stores.base import Store
from tests.contract.every_store import KINDS, StorePlace
from tests.contract.stores.samples import COMPILER


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = StorePlace(request.param, request, tmp_path, COMPILER).open()
    yield made
    made.close()
