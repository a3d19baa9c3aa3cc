"""A run's summary for people."""

from __future__ import annotations

from rich.table import Table

from radar.progress import STDERR
from radar.run import RunSummary


def show_summary(summary: RunSummary) -> None:
    """What came of the run, on stderr: counts, sources that went wrong, problems."""
    pages = sum(summary.outcomes.values())
    counted = ", ".join(f"{n} {outcome}" for outcome, n in summary.outcomes.items())
    seconds = (summary.finished - summary.started).total_seconds()
    STDERR.print(
        f"run {summary.run}: {pages} pages" + (f" ({counted})" if counted else ""),
        highlight=False,
    )
    refused = f", {summary.rejected} refused by the search store" if summary.rejected else ""
    STDERR.print(
        f"  {summary.revisions} new revisions, {summary.indexed} indexed{refused}, {summary.matches} matches, "
        f"{summary.sent} messages sent, {seconds:.0f} s",
        highlight=False,
    )
    if STDERR.is_terminal and len(summary.sources) > 1:
        STDERR.print(_table(summary))
    for problem in summary.problems:
        STDERR.print(f"  needs attention: {problem}", highlight=False, markup=False)


def _table(summary: RunSummary) -> Table:
    table = Table("source", "state", "pages", "outcomes")
    for name, source in summary.sources.items():
        outcomes = source["outcomes"]
        told = ", ".join(f"{n} {outcome}" for outcome, n in outcomes.items())
        table.add_row(name, source["state"], str(sum(outcomes.values())), told)
    return table
