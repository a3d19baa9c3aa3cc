"""What may no longer be kept goes as far as it can, whatever can't go now."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.records.errors import StoreUnavailable
from radar.erasure.retention import Removed
from radar.run import forgetting
from radar.run.forgetting import Forgetting
from radar.run.remarks import Remarks

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "error",
    [IsADirectoryError(21, "Is a directory", "labels/bob.jsonl"), StoreUnavailable("gone")],
    ids=["labels", "store"],
)
def test_what_is_to_be_forgotten_and_can_not_be_does_not_keep_what_rights_forbid(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    done: list[str] = []

    class Stuck:
        losses = ()

        def __init__(self, *parts: object) -> None:
            del parts

        def remove_returned_labels(self) -> int:
            return 0

        def complete_interrupted(self) -> None:
            raise error

        def erase_reappeared(self) -> None:
            done.append("reappeared")

    def enforce(*parts: object) -> Removed:
        done.append("retention")
        return Removed()

    monkeypatch.setattr(forgetting, "Eraser", Stuck)
    monkeypatch.setattr(forgetting, "enforce_retention", enforce)
    settings = SimpleNamespace(sources=(), archive=None)
    installation: Any = SimpleNamespace(settings=settings)
    engine, remarks = sa.create_engine("sqlite://"), Remarks()
    forgets = Forgetting(installation, engine, lambda: NOW, remarks, lambda connection: None)
    with engine.connect() as connection:
        forgets.enforce(connection, 1, NOW)
    assert done == ["reappeared", "retention"]
    [problem] = remarks.problems
    assert problem.startswith("to be forgotten: ")
