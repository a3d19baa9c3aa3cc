"""The lists of a configuration folder: sources, watches, topics, each with what spans its files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from indexer.query.topics import Topic
from indexer.records.reference import packaged_config
from indexer.records.source import Api, Calendar, Feed, Listing, Rights, Sitemap, Source
from radar.configuration.apis import ApiMistakes, Mistake, api_of, mistaken_preset
from radar.configuration.models import ApiEntry, ApiPreset, SourceEntry, TopicEntry, WatchEntry
from radar.configuration.queries import mistake_in
from radar.configuration.validation import Entry, read_list
from radar.configuration.yaml_lines import Content, YamlFile, read_yaml


@dataclass(frozen=True, slots=True)
class WatchConfig:
    """A saved query as it is configured."""

    id: str
    name: str
    query: str
    channels: tuple[str, ...]
    """`feed` or `mailto:desk@example.org`."""
    cadence: Literal["run"] = "run"
    where: str = field(default="", compare=False)
    """`file:line` of its query."""


def read_sources(
    folder: Path,
    environ: Mapping[str, str],
    problems: list[str],
    *,
    delay: float,
    max_pages: int,
    presets: Mapping[str, ApiPreset],
) -> tuple[Source, ...]:
    """All sources; `delay` and `max_pages` hold for those that set none of their own."""
    sources = []

    def mistaken(file: YamlFile, position: int, content: Content) -> None:
        given = content.get("apis") if isinstance(content, dict) else None
        for number, part in enumerate(given if isinstance(given, list) else ()):
            _tell(file, (position, "apis", number), _further(part, presets), problems)

    for file, position, entry in _entries(
        folder, SourceEntry, environ, problems, lambda e: e.id, mistaken=mistaken
    ):
        apis = _apis(file, position, entry, presets, problems)
        sources.append(_source(entry, apis, delay, max_pages))
    return tuple(sources)


def read_presets(own_folder: Path | None, problems: list[str]) -> dict[str, ApiPreset]:
    """Kinds of JSON APIs by id: those of the operator's apis.yaml, then the packaged ones."""
    presets: dict[str, ApiPreset] = {}
    for folder in (own_folder, packaged_config()):
        if folder is not None and (folder / "apis.yaml").exists():
            file = read_yaml(folder / "apis.yaml", problems)
            found = read_list(file, ApiPreset, {}, problems)
            presets = {**{entry.id: entry for _, entry in found}, **presets}
    return presets


def _apis(
    file: YamlFile,
    position: int,
    entry: SourceEntry,
    presets: Mapping[str, ApiPreset],
    problems: list[str],
) -> tuple[Api, ...]:
    apis = []
    for number, given in enumerate(entry.apis):
        try:
            apis.append(api_of(given, presets))
        except ApiMistakes as error:
            _tell(file, (position, "apis", number), error.mistakes, problems)
    return tuple(apis)


def _further(content: Content, presets: Mapping[str, ApiPreset]) -> Sequence[Mistake]:
    """What is wrong with an entry of `apis`, beyond what its model tells, where its source is
    mistaken.
    """
    try:
        api_of(ApiEntry.model_validate(content), presets)
    except ApiMistakes as error:
        return error.mistakes
    except ValidationError:
        name = content.get("preset") if isinstance(content, dict) else None
        mistake = mistaken_preset(name, presets) if isinstance(name, str) else None
        return [mistake] if mistake else []
    return []


def _tell(
    file: YamlFile, trail: tuple[int, str, int], mistakes: Iterable[Mistake], problems: list[str]
) -> None:
    for key, message in mistakes:
        where = file.where((*trail, *key.split(".")))
        problems.append(f"{where}: {trail[1]}[{trail[2] + 1}].{key}: {message}")


def read_watches(
    folder: Path, environ: Mapping[str, str], problems: list[str], *, topics: Collection[str]
) -> tuple[WatchConfig, ...]:
    """All watches; a query that can't be read or names no known topic is a problem."""
    watches = []

    def check(file: YamlFile, position: int, query: object) -> None:
        mistake = mistake_in(query, topics) if isinstance(query, str) and query else None
        if mistake:
            problems.append(f"{file.where((position, 'query'))}: query: {mistake}")

    def mistaken(file: YamlFile, position: int, content: Content) -> None:
        check(file, position, content.get("query") if isinstance(content, dict) else None)

    for file, position, entry in _entries(
        folder, WatchEntry, environ, problems, lambda e: e.id, mistaken=mistaken
    ):
        check(file, position, entry.query)
        watches.append(
            WatchConfig(
                entry.id,
                entry.name,
                entry.query,
                tuple(entry.channels),
                entry.cadence,
                file.where((position, "query")),
            )
        )
    return tuple(watches)


def read_topics(own_folder: Path | None, problems: list[str]) -> dict[str, Topic]:
    """Topics by id: those of the operator's folder, then the packaged ones that it lacks."""
    topics: dict[str, Topic] = {}
    names: set[str] = set()
    for folder in (own_folder, packaged_config()):
        if folder is None:
            continue
        found = _entries(folder / "topics", TopicEntry, {}, problems, lambda e: e.id, skip=names)
        own: dict[str, Topic] = {}
        for file, position, entry in found:
            _check_terms(file, position, entry, problems)
            own[entry.id] = Topic(
                entry.id, entry.name, _per_language(entry.terms), _per_language(entry.exclude)
            )
        topics = {**own, **topics}
        names = {path.name for path in (folder / "topics").glob("*.yaml")}
    return topics


def _check_terms(file: YamlFile, position: int, entry: TopicEntry, problems: list[str]) -> None:
    for key, table in (("terms", entry.terms), ("exclude", entry.exclude)):
        for language, terms in table.items():
            for number, term in enumerate(terms):
                # No topics inside topics: none is known here.
                mistake = mistake_in(term, ())
                if mistake:
                    where = file.where((position, key, language, number))
                    problems.append(f"{where}: {key}.{language}: {mistake}")


def _per_language(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(terms) for language, terms in table.items()}


def _entries(
    folder: Path,
    model: type[Entry],
    environ: Mapping[str, str],
    problems: list[str],
    key: Callable[[Entry], str],
    *,
    skip: Collection[str] = (),
    mistaken: Callable[[YamlFile, int, Content], None] = lambda file, position, content: None,
) -> Iterator[tuple[YamlFile, int, Entry]]:
    """Good entries of all files; an id that stands twice and a misnamed file are problems.

    `mistaken` is told of the others, to find what their model can't.
    """
    seen: dict[str, str] = {}

    def stands_twice(file: YamlFile, position: int, name: str) -> bool:
        where = file.where((position, "id"))
        if name in seen:
            problems.append(f'{where}: id "{name}" stands twice (first {seen[name]})')
            return True
        seen[name] = where
        return False

    def told(file: YamlFile, position: int, content: Content) -> None:
        name = content.get("id") if isinstance(content, dict) else None
        if isinstance(name, str):
            stands_twice(file, position, name)
        mistaken(file, position, content)

    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in (".yml", ".YAML", ".YML"):
            problems.append(f"{path}:1: is not read: the name must end in .yaml")
        if path.suffix != ".yaml" or path.name in skip or path.name.startswith("."):
            continue
        file = read_yaml(path, problems)
        for trail, entry in read_list(file, model, environ, problems, mistaken=partial(told, file)):
            position = int(trail[0])
            if not stands_twice(file, position, key(entry)):
                yield file, position, entry


def _source(entry: SourceEntry, apis: tuple[Api, ...], delay: float, max_pages: int) -> Source:
    return Source(
        id=entry.id,
        name=entry.name,
        url=entry.url,
        country=entry.country,
        languages=tuple(entry.languages),
        kind=entry.kind,
        hosts=tuple(entry.hosts),
        enabled=entry.enabled,
        reason=entry.reason,
        feeds=tuple(Feed(f.url, f.enabled, f.reason) for f in entry.feeds),
        sitemaps=tuple(Sitemap(s.url, s.enabled, s.reason) for s in entry.sitemaps),
        listings=tuple(
            Listing(e.url, e.links, e.next, e.enabled, e.reason) for e in entry.listings
        ),
        calendars=tuple(Calendar(c.url, c.enabled, c.reason) for c in entry.calendars),
        apis=apis,
        include=tuple(entry.include),
        exclude=tuple(entry.exclude),
        delay=delay if entry.delay is None else entry.delay,
        max_pages=entry.max_pages or max_pages,
        window=entry.window,
        schedule=entry.schedule,
        timezone=entry.timezone,
        render=entry.render,
        rights=Rights(
            entry.rights.permission,
            entry.rights.contact,
            entry.rights.retention_days,
            entry.rights.archive,
        ),
    )
