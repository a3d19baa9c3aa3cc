"""What a run has to tell of itself, and the mistakes that it goes on after."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa

from indexer.database.engine import is_mistake
from radar.installation.watches import mistake_of_ours

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Remarks:
    """Problems and notes of a run, in the order in which they came up; each stage adds its own."""

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_problem(self, problem: str) -> None:
        """What comes up twice in a run is told once."""
        if problem not in self.problems:
            self.problems.append(problem)

    @contextmanager
    def going_on(self, connection: sa.Connection, what: str) -> Iterator[None]:
        """A mistake in our code is a problem of the run, and holds up no later stage: what it fails
        at is there in the next run, too, and nobody would be told anything any more.
        """
        try:
            yield
        except Exception as error:
            if not is_mistake(error):
                raise
            connection.rollback()
            logger.exception("stage_failed %s", what)
            self.add_problem(mistake_of_ours(what, error))
