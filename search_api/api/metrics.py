"""Numbers of an installation in the text format of Prometheus. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from search_api.ports import InstallationHealth, SourceView

MEDIA_TYPE = "text/plain; version=0.0.4"


def metrics(
    health: InstallationHealth, indexed: int, sources: Sequence[SourceView], problems: int
) -> Iterator[str]:
    """The lines about documents, sources and runs, and the number of problems."""
    yield from _gauge("documents", "Documents in the database.", health.documents)
    yield from _gauge("indexed_documents", "Documents in the search index.", indexed)
    yield from _gauge("problems", "What needs a person, as /healthz says.", problems)
    if health.last_run:
        moment = health.last_run.timestamp()
        yield from _gauge("last_run_timestamp_seconds", "End of the last run.", f"{moment:.0f}")
    states = Counter(source.state or "never-looked-at" for source in sources if source.enabled)
    yield from _head("sources", "Sources that can be crawled, by state.")
    for state, count in sorted(states.items()):
        yield f'rohstoffradar_sources{{state="{_escaped(state)}"}} {count}'
    yield from _head("source_documents", "Documents of a source.")
    for source in sources:
        label = _escaped(source.id)
        yield f'rohstoffradar_source_documents{{source="{label}"}} {source.documents}'
    name = "source_last_run_timestamp_seconds"
    yield from _head(name, "Last run of a source.")
    for source in sources:
        if source.last_run:
            label, moment = _escaped(source.id), source.last_run.when.timestamp()
            yield f'rohstoffradar_{name}{{source="{label}"}} {moment:.0f}'


def _gauge(name: str, about: str, value: int | str) -> Iterator[str]:
    yield from _head(name, about)
    yield f"rohstoffradar_{name} {value}"


def _head(name: str, about: str) -> Iterator[str]:
    yield f"# HELP rohstoffradar_{name} {about}"
    yield f"# TYPE rohstoffradar_{name} gauge"


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
