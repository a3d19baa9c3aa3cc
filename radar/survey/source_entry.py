"""The YAML entry of a new source with findings as comments, and how a folder gets it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from crawler.one_off.survey import AddressReport
from indexer.records.durable_files import append_durably
from indexer.records.errors import ConfigError
from radar.configuration.folder import read_presets, read_sources
from radar.configuration.settings import Settings
from radar.survey.surveying import Proposal, neighbours

FILE = "own.yaml"
"""File below sources/ that new entries go to."""

_LISTS = {"feed": "feeds", "sitemap": "sitemaps", "listing": "listings"}
_BACKFILL = "what is new comes by the other ways; enable it for older pages"


def entry_text(proposal: Proposal, settings: Settings, today: date) -> str:
    """One entry of a list of sources; values that were guessed say so."""
    source = proposal.source
    lines = [
        f"# Found by `radar sources add` on {today.isoformat()}.",
        f"- id: {source.id}",
        f"  name: {_quote(source.name)}{_guess(proposal, 'name')}",
        f"  url: {_quote(source.url)}",
        f"  country: {source.country}{_guess(proposal, 'country')}",
        f"  languages: [{', '.join(source.languages)}]{_guess(proposal, 'languages')}",
    ]
    if source.kind is not None:
        lines.append(f"  kind: {_quote(source.kind)}")
    if proposal.empty_because is not None:
        lines.append(f"  render: {source.render}  # its home page: {proposal.empty_because}")
    shared = neighbours(source, settings.sources)
    if shared:
        lines.append(f"  # Shares its site with {', '.join(shared)}: give it `include` patterns.")
    for kind, name in _LISTS.items():
        ways = [way for way in proposal.ways_in if way.kind == kind]
        if ways:
            lines.append(f"  {name}:")
        for way in ways:
            lines += [f"    # {_one_line(_seen(way))}", f"    - {_way(way, proposal)}"]
    if {"feed", "listing"} & {way.kind for way in proposal.ways_in}:
        lines.append("  sections: true  # lists of news and events that the home page names, too")
    home = proposal.reports[0]
    if not proposal.ways_in:
        lines.append(
            f"  # Found no feed, sitemap or list of news; its home page: {_one_line(_seen(home))}"
        )
    lines += [
        "  # Not used: "
        + _one_line(f"{way.kind} {way.url}: {way.outcome}: {'; '.join(way.problems)}")
        for way in proposal.unused
    ]
    return "\n".join(lines) + "\n"


def add_entry(text: str, settings: Settings) -> Path:
    """Append the entry to sources/own.yaml; existing entries stay unchanged, byte for byte.

    Raises ConfigError, and writes nothing, if the sources with it are no good configuration.
    """
    if settings.own_folder is None:
        raise ConfigError(
            ["there is no configuration folder of your own to write to"],
            hint="`radar init my-radar` makes one; name it with RADAR_CONFIG or --config",
        )
    folder = settings.own_folder / "sources"
    path = folder / FILE
    # Checked before the folder is made, so that a mistake leaves nothing.
    check_entry(text, settings)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
        _check(folder, before + gap + text, settings)
        # Half of an entry would stop every command.
        append_durably(path, ("\n" * bool(before) + text).encode())
    return path


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else adds meanwhile: the same source twice would stop every command."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # file systems of other machines may know no locks of folders
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def check_entry(text: str, settings: Settings) -> None:
    """Raises ConfigError if the entry alone is no good configuration."""
    _check(None, text, settings)


def _check(folder: Path | None, text: str, settings: Settings) -> None:
    """Read the sources as they would be, with the loader that every command uses."""
    with tempfile.TemporaryDirectory() as name:
        trial = Path(name)
        for path in sorted(folder.glob("*.yaml")) if folder is not None else ():
            shutil.copyfile(path, trial / path.name)
        (trial / FILE).write_text(text, encoding="utf-8")
        problems: list[str] = []
        crawler = settings.crawler
        read_sources(
            trial,
            os.environ,
            problems,
            delay=crawler.delay,
            max_pages=crawler.max_pages,
            presets=read_presets(settings.own_folder, os.environ, problems),
        )
        shown = str(folder) if folder is not None else "the entry"
        if problems:
            raise ConfigError([problem.replace(name, shown) for problem in problems])


def _way(way: AddressReport, proposal: Proposal) -> str:
    """An entry of feeds, sitemaps or listings; a sitemap beside them is for older pages."""
    others = any(other.kind != "sitemap" for other in proposal.ways_in)
    if way.kind == "sitemap" and others:
        return f"{{url: {_quote(way.url)}, enabled: false, reason: {_quote(_BACKFILL)}}}"
    return f"{{url: {_quote(way.url)}}}"


def _seen(way: AddressReport) -> str:
    """What a look at an address gave, in one line."""
    contents = way.contents
    if contents is None:
        return f"{way.outcome}: {'; '.join(way.problems)}"
    parts = [f"{contents.files} files" if contents.files else f"{len(contents.links)} links"]
    if contents.span:
        first, last = contents.span
        parts.append(f"{first.isoformat()} to {last.isoformat()}")
    parts += [part for part in (contents.language, contents.extent) if part]
    return ", ".join([*parts, *way.problems, *way.notes])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _guess(proposal: Proposal, key: str) -> str:
    return "  # guessed" if key in proposal.guessed else ""


def _quote(text: str) -> str:
    """A double-quoted YAML scalar: those of JSON are."""
    return json.dumps(text, ensure_ascii=False)
