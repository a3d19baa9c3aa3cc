"""A run's summary for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.table import Table

from radar.plurals import counted, size
from radar.run.progress import STDERR
from radar.run.run_summary import RunSummary


def show_summary(summary: RunSummary, *, cut_off: bool = False) -> None:
    """What came of the run, on stderr: counts, sources that went wrong, problems.

    `cut_off`: a signal ended it.
    """
    if summary.run is None:
        STDERR.print("nothing is due")
        return
    pages = sum(summary.outcomes.values())
    outcomes = ", ".join(f"{n} {outcome}" for outcome, n in summary.outcomes.items())
    STDERR.print(
        f"run {summary.run}: {counted(pages, 'page')}"
        + (f" ({outcomes})" if outcomes else "")
        + ("; interrupted, the same command resumes" if cut_off else ""),
        highlight=False,
        soft_wrap=True,
    )
    refused = f", {summary.rejected} refused by the search store" if summary.rejected else ""
    STDERR.print(
        f"  {counted(summary.revisions, 'new revision')}, {summary.indexed} indexed{refused}, "
        f"{counted(summary.matches, 'match', 'matches')}, {counted(summary.sent, 'message')} sent, "
        f"{summary.seconds:.0f} s, {size(summary.bytes)} fetched",
        highlight=False,
        soft_wrap=True,
    )
    if summary.reentered:
        STDERR.print(
            f"  entered again from the archive: {counted(summary.reentered, 'answer')} that the "
            "database did not know",
            highlight=False,
            soft_wrap=True,
        )
    if summary.removed.answers or summary.removed.texts:
        STDERR.print(
            f"  kept no longer: {counted(summary.removed.answers, 'archived answer')}, "
            f"{counted(summary.removed.texts, 'text')}",
            highlight=False,
            soft_wrap=True,
        )
    if STDERR.is_terminal and len(summary.sources) > 1:
        STDERR.print(sources_table(summary.sources))
    for source, reason in summary.ailing.items():
        STDERR.print(f"  source {source}: {reason}", highlight=False, markup=False, soft_wrap=True)
    for note in summary.notes:
        STDERR.print(f"  note: {note}", highlight=False, markup=False, soft_wrap=True)
    for problem in summary.problems:
        STDERR.print(f"  needs attention: {problem}", highlight=False, markup=False, soft_wrap=True)


def sources_table(sources: Mapping[str, Mapping[str, Any]]) -> Table:
    """The key `sources` of a summary."""
    table = Table("source", "state", "took", "fetched", "pages", "outcomes")
    for name, source in sources.items():
        outcomes = source["outcomes"]
        outcome_counts = ", ".join(f"{n} {outcome}" for outcome, n in outcomes.items())
        seconds, fetched = source.get("seconds"), source.get("bytes")
        table.add_row(
            name,
            source["state"],
            "" if seconds is None else f"{seconds:.0f} s",
            size(fetched) if fetched else "",
            str(sum(outcomes.values())),
            outcome_counts,
        )
    return table
