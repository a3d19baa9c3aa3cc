"""What a change of topics does to a watch: what it would have told, and told no more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from indexer.alerts.backtest import Backtest, PastAlert, backtest
from indexer.alerts.watches import Watch
from indexer.query import QueryCompiler, parse_query


@dataclass(frozen=True, slots=True)
class Effect:
    """Alerts of a watch before and after a change, by page and run."""

    watch: str
    before: Backtest
    after: Backtest

    @property
    def added(self) -> list[PastAlert]:
        """What would be told besides."""
        return _without(self.after, self.before)

    @property
    def removed(self) -> list[PastAlert]:
        """What would not be told any more."""
        return _without(self.before, self.after)

    def to_json(self) -> dict[str, Any]:
        """An object of `radar watch effect --json`."""
        return {
            "watch": self.watch,
            "before": len(self.before.alerts),
            "after": len(self.after.alerts),
            "too_broad": self.after.too_broad,
            "added": [alert.to_json() for alert in self.added],
            "removed": [alert.to_json() for alert in self.removed],
        }


def effect(
    connection: sa.Connection,
    watch: Watch,
    before: QueryCompiler,
    after: QueryCompiler,
    days: int,
    *,
    source_names: Mapping[str, str],
) -> Effect:
    """The effect on a watch in the last days; `before` and `after` know the topics."""
    query = parse_query(watch.whole_query)

    def tested(compiler: QueryCompiler) -> Backtest:
        compiled = compiler.compile(query)
        return backtest(
            connection, compiled, compiler, days, tell=watch.tell, source_names=source_names
        )

    return Effect(watch.id, tested(before), tested(after))


def _without(alerts: Backtest, others: Backtest) -> list[PastAlert]:
    known = {(alert.url, alert.run) for alert in others.alerts}
    return [alert for alert in alerts.alerts if (alert.url, alert.run) not in known]
