"""Benchmarks that print a table of their own, each run as a child process: search and dates."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measuring.children import python, run_child
from benchmarks.measuring.table import Section, Verbatim

QUICK_SEARCH = ("--documents", "2000", "--queries", "20")


def search(*, quick: bool) -> Section:
    """The embedded store beside raw tantivy."""
    options = QUICK_SEARCH if quick else ()
    done = run_child(python("-m", "benchmarks.search.search", *options))
    documents = QUICK_SEARCH[1] if quick else "50000"
    return Section(
        "search",
        f"Search: the embedded store beside raw tantivy, {documents} generated documents",
        [Verbatim(done.output)],
        [f"Peak of the process that holds both: {done.peak:.0f} MiB."],
    )


def dates(gold: Path | None) -> Section:
    """Our date reader beside dateparser; on labelled texts as well where there are some."""
    section = Section("dates", "Dates in running text: our reader beside dateparser.search_dates")
    found = run_child(python("-m", "benchmarks.pages.dates"))
    section.parts.append(Verbatim(found.output, "Articles put together from our own sentences"))
    for file in sorted(gold.glob("dates*.jsonl")) if gold else ():
        found = run_child(python("-m", "benchmarks.pages.dates", str(file)))
        section.parts.append(Verbatim(found.output, f"Labelled texts: {file.stem}"))
    return section
