"""The lists of a configuration folder: sources, watches, topics, each with what spans its files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import ValidationError

from indexer.alerts.watches import Watch
from indexer.meaning.sense import find_sense, sense_names
from indexer.query.topics import Topic
from indexer.records.config_files import (
    FileMistake,
    files_in,
    is_emptied,
    is_there,
    read_text,
)
from indexer.records.reference import packaged_config
from indexer.records.source import Api, Source
from radar.channels.registry import check_channel
from radar.configuration.apis import ApiMistakes, Mistake, api_of, mistaken_preset
from radar.configuration.models import ApiEntries, ApiPreset
from radar.configuration.queries import asks_for_several_words, mistake_in
from radar.configuration.validation import ExpandedFile, ListItem, adapter, read_list, reader
from radar.configuration.yaml_lines import Content, read_yaml


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Identified)


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

    def read(whole: ExpandedFile, position: int, content: Content) -> Source | None:
        """An entry without its APIs, whose mistakes are noted all the same."""
        if not isinstance(content, dict):
            return whole.read(content, Source, (position,))
        given = {k: v for k, v in content.items() if k != "apis" and v is not None}
        empty = {k: v for k, v in content.items() if v is None}
        defaults = {"delay": delay, "max_pages": max_pages}
        source = whole.read({**empty, **defaults, **given}, Source, (position,))
        apis = whole.read({"apis": content.get("apis")}, ApiEntries, (position,))
        return None if apis is None else source

    for item in _entries(folder, read, environ, problems):
        apis = tuple(_apis(item, presets, problems))
        if item.entry is not None:
            sources.append(replace(item.entry, apis=apis))
    return tuple(sources)


def read_presets(
    own_folder: Path | None, environ: Mapping[str, str], problems: list[str]
) -> dict[str, ApiPreset]:
    """Kinds of JSON APIs by id: those of the operator's apis.yaml, then the packaged ones."""
    presets: dict[str, ApiPreset] = {}
    for folder in (own_folder, packaged_config()):
        if folder is not None and is_there(folder / "apis.yaml"):
            file = read_yaml(folder / "apis.yaml", problems)
            items = read_list(file, reader(ApiPreset), environ, problems)
            found = [item.entry for item in items if item.entry is not None]
            presets = {**{preset.id: preset for preset in found}, **presets}
    return presets


def _apis(
    item: ListItem[Source], presets: Mapping[str, ApiPreset], problems: list[str]
) -> Iterator[Api]:
    """The APIs of a source, merged with their presets; mistakes of the result are noted."""
    given = item.given("apis")
    for number, part in enumerate(given if isinstance(given, list) else ()):
        try:
            (entry,) = adapter(ApiEntries).validate_python({"apis": [part]}).apis
            yield api_of(entry, presets)
        except ApiMistakes as error:
            _note(item, number, error.mistakes, problems)
        except ValidationError:
            # Its mistakes have been noted; a misspelt preset can be among them.
            name = part.get("preset") if isinstance(part, dict) else None
            mistake = mistaken_preset(name, presets) if isinstance(name, str) else None
            _note(item, number, [mistake] if mistake else [], problems)


def _note(
    item: ListItem[Source], number: int, mistakes: Iterable[Mistake], problems: list[str]
) -> None:
    for key, message in mistakes:
        where = item.where("apis", number, *key.split("."))
        problems.append(f"{where}: apis[{number + 1}].{key}: {message}")


def read_watches(
    folder: Path, environ: Mapping[str, str], problems: list[str], *, topics: Collection[str]
) -> tuple[dict[Watch, str], frozenset[str]]:
    """The watches without a mistake, each with the place of its query (`file:line`), and the ids of
    the others, as far as they can be read.

    A query that can't be read or names no known topic is a problem. So is a file without content:
    as if nobody had wanted them any more, its watches would end.
    """
    watches, mistaken = {}, set()
    read = reader(Watch, check_channel=check_channel)
    for item in _entries(folder, read, environ, problems):
        where = item.where("query")
        query = item.given("query") if item.entry is None else item.entry.query
        mistake = mistake_in(query, topics) if isinstance(query, str) and query else None
        if mistake is None and item.entry is not None:
            mistake = mistake_in(item.entry.whole_query, topics)
        if mistake:
            problems.append(f"{where}: query: {mistake}")
        if item.entry is not None and not mistake:
            watches[item.entry] = where
        elif isinstance(identifier := item.given("id"), str):
            mistaken.add(identifier)
    emptied = (path for path in files_in(folder, []) if _is_read(path) and is_emptied(path))
    problems += [f"{path}:1: is empty: write [] where it has no watch any more" for path in emptied]
    return watches, frozenset(mistaken)


def read_topics(
    own_folder: Path | None,
    environ: Mapping[str, str],
    problems: list[str],
    *,
    changed: Path | None = None,
) -> dict[str, Topic]:
    """Topics by id: those of the operator's folder, then the packaged ones that it lacks.

    `changed`: a file that is read as if it were in that folder, in place of one of its name.
    """
    seen: dict[str, str] = {}
    topics = {} if changed is None else _topics_of(changed, environ, seen, problems)
    names = set() if changed is None else {changed.name}
    for folder, known in ((own_folder, seen), (packaged_config(), dict[str, str]())):
        if folder is None:
            continue
        own: dict[str, Topic] = {}
        files = folder / "topics"
        for item in _entries(files, reader(Topic), environ, problems, skip=names, seen=known):
            if item.entry is not None:
                _check_terms(item, item.entry, problems)
                own[item.entry.id] = item.entry
        topics = {**own, **topics}
        names.update(path.name for path in (folder / "topics").glob("*.yaml"))
    return topics


def read_topics_file(
    path: Path, environ: Mapping[str, str], problems: list[str]
) -> dict[str, Topic]:
    """The topics of one file, which need not be in the folder."""
    return _topics_of(path, environ, {}, problems)


def _topics_of(
    path: Path, environ: Mapping[str, str], seen: dict[str, str], problems: list[str]
) -> dict[str, Topic]:
    topics: dict[str, Topic] = {}
    for item in _of_file(path, reader(Topic), environ, problems, seen):
        if item.entry is not None:
            _check_terms(item, item.entry, problems)
            topics[item.entry.id] = item.entry
    return topics


def digests(folder: Path) -> dict[Path, str]:
    """What tells whether the files of watches and topics in a folder have changed; of one that
    can't be read, why.
    """
    files = [path for name in ("watches", "topics") for path in files_in(folder / name, [])]
    return {path: _digest(path) for path in files if _is_read(path)}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(read_text(path).encode()).hexdigest()
    except FileMistake as error:
        return str(error)


def _check_terms(item: ListItem[Topic], topic: Topic, problems: list[str]) -> None:
    has_ambiguous, has_context = any(topic.ambiguous.values()), any(topic.context.values())
    if has_ambiguous and not has_context and topic.near is None:
        problems.append(f"{item.where('ambiguous')}: ambiguous: needs `context`, `near` or both")
    words = [term for terms in topic.ambiguous.values() for term in terms]
    if topic.near is not None and words and not any(map(asks_for_several_words, words)):
        problems.append(f"{item.where('near')}: near: does nothing for terms of one word")
    for key, is_given in {"context": has_context, "near": topic.near is not None}.items():
        if is_given and not has_ambiguous:
            problems.append(f"{item.where(key)}: {key}: does nothing without `ambiguous`")
    _check_last_word(item, topic, problems)
    for key in ("terms", "ambiguous", "context", "exclude", "judged"):
        for language, terms in getattr(topic, key).items():
            for number, term in enumerate(terms):
                # No topics inside topics: none is known here.
                mistake = mistake_in(term, ())
                if mistake:
                    where = item.where(key, language, number)
                    problems.append(f"{where}: {key}.{language}: {mistake}")


def _check_last_word(item: ListItem[Topic], topic: Topic, problems: list[str]) -> None:
    where, known = item.where("last_word"), sense_names()
    if topic.last_word is not None and topic.last_word not in known:
        problems.append(f"{where}: last_word: there is no such model: {', '.join(known)}")
    elif topic.last_word is not None and find_sense(topic.last_word) is None:
        problems.append(f"{where}: last_word: this model does not fit the encoder of the program")
    if (topic.last_word is None) == any(topic.judged.values()):
        problems.append(f"{where}: last_word: goes together with `judged`")


def _entries(
    folder: Path,
    read: Callable[[ExpandedFile, int, Content], Entry | None],
    environ: Mapping[str, str],
    problems: list[str],
    *,
    skip: Collection[str] = (),
    seen: dict[str, str] | None = None,
) -> Iterator[ListItem[Entry]]:
    """The entries of all files; an id that occurs twice and a misnamed file are problems. `seen`:
    ids of other files with their places.
    """
    seen = {} if seen is None else seen
    for path in files_in(folder, problems):
        if path.suffix in (".yml", ".YAML", ".YML"):
            problems.append(f"{path}:1: is not read: the name must end in .yaml")
        if _is_read(path) and path.name not in skip:
            yield from _of_file(path, read, environ, problems, seen)


def _is_read(path: Path) -> bool:
    """Hidden files are copies that editors and synchronisers make."""
    return path.suffix == ".yaml" and not path.name.startswith(".")


def _of_file(
    path: Path,
    read: Callable[[ExpandedFile, int, Content], Entry | None],
    environ: Mapping[str, str],
    problems: list[str],
    seen: dict[str, str],
) -> Iterator[ListItem[Entry]]:
    for item in read_list(read_yaml(path, problems), read, environ, problems):
        name = item.given("id") if item.entry is None else item.entry.id
        first = seen.get(name) if isinstance(name, str) else None
        if first is not None:
            problems.append(f'{item.where("id")}: id "{name}" occurs twice (first {first})')
        elif isinstance(name, str):
            seen[name] = item.where("id")
        # A mistaken one that occurs twice may have further mistakes.
        if first is None or item.entry is None:
            yield item
