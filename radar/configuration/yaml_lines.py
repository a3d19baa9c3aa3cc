"""YAML with the line of every value, without the loose scalars of YAML 1.1.

Every scalar stays the string that was written: `NO` is a country, `12:30` a time, `0123` a code.
Only a plain `null`, `~` or nothing at all means that there is no value. Anchors and merge keys
work, within the limits of `indexer.records.config_files`. What a value has to be is said by the
models, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from indexer.records.config_files import FileMistake, compose_yaml, read_text

Content: TypeAlias = "str | list[Content] | dict[str, Content] | None"
"""What a file holds."""

Trail: TypeAlias = tuple[str | int, ...]
"""Way from the top of a file to a value: keys and positions."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The content of one file as written, and the line of each value."""

    path: Path
    content: Content
    lines: Mapping[Trail, int]

    def line(self, trail: Trail) -> int:
        """Line (from 1) of a value, or of the nearest one around it."""
        for length in range(len(trail), -1, -1):
            if trail[:length] in self.lines:
                return self.lines[trail[:length]]
        return 1

    def written(self, trail: Trail) -> Content:
        """The value as it was written; None if the file has none there."""
        value = self.content
        for step in trail:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def where(self, trail: Trail) -> str:
        """`file:line` of a value."""
        return f"{self.path}:{self.line(trail)}"


def read_yaml(path: Path, problems: list[str]) -> YamlFile:
    """Read one file; mistakes in its YAML go to `problems`; the content is then empty."""
    try:
        node = compose_yaml(read_text(path))
    except FileMistake as mistake:
        problems.append(f"{path}:{mistake.line}: {mistake}")
        return YamlFile(path, None, {})
    reading = _Reading(path, problems)
    content = reading.content(node, ()) if node is not None else None
    return YamlFile(path, content, reading.lines)


class _Reading:
    """One walk over the nodes of a file."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        self.lines: dict[Trail, int] = {}

    def content(self, node: yaml.Node, trail: Trail) -> Content:
        self.lines.setdefault(trail, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, trail)
        if isinstance(node, yaml.SequenceNode):
            return [self.content(n, (*trail, i)) for i, n in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS:
            return None
        return str(node.value)

    def _mapping(self, node: yaml.MappingNode, trail: Trail) -> dict[str, Content]:
        own: dict[str, Content] = {}
        merged: dict[str, Content] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                merged = {**self._merge(value, trail), **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self._problem(key, "a key must be a word, not a list or mapping")
            elif key.value in own:
                first = self.lines[*trail, key.value]
                self._problem(key, f'key "{key.value}" occurs twice (first in line {first})')
            else:
                self.lines[*trail, key.value] = key.start_mark.line + 1
                own[key.value] = self.content(value, (*trail, key.value))
        return {**merged, **own}

    def _merge(self, node: yaml.Node, trail: Trail) -> dict[str, Content]:
        """What `<<` brings in: a mapping or a list of them, the first of which wins."""
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        merged: dict[str, Content] = {}
        for part in parts:
            if not isinstance(part, yaml.MappingNode):
                self._problem(node, "<< takes mappings only")
                continue
            reading = _Reading(self.path, self.problems)
            content = reading.content(part, trail)
            if isinstance(content, dict):
                merged = {**content, **merged}
            for where, line in reading.lines.items():
                self.lines.setdefault(where, line)
        return merged

    def _problem(self, node: yaml.Node, text: str) -> None:
        self.problems.append(f"{self.path}:{node.start_mark.line + 1}: {text}")
