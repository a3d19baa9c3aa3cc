"""YAML with the line of every value, without the loose scalars of YAML 1.1.

Every scalar stays the string that was written: `NO` is a country, `12:30` a time, `0123` a code.
Only a plain `null`, `~` or nothing at all means that there is no value. Anchors and merge keys
work. What a value has to be is said by the models, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

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
    nothing = YamlFile(path, None, {})
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(f"{path}:{line}: is not UTF-8")
        return nothing
    except OSError as error:
        problems.append(f"{path}:1: can't be read: {error.strerror or error}")
        return nothing
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.append(f"{path}:{mark.line + 1 if mark else 1}: {_sentence(error)}")
        return nothing
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        problems.append(f"{path}:{line}: a character that YAML does not allow")
        return nothing
    reading = _Reading(path, problems)
    content = reading.content(node, (), ()) if node is not None else None
    return YamlFile(path, content, reading.lines)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return f"mistaken YAML: {said}" if said else "no YAML"


class _Reading:
    """One walk over the nodes of a file."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        self.lines: dict[Trail, int] = {}

    def content(self, node: yaml.Node, trail: Trail, around: tuple[yaml.Node, ...]) -> Content:
        self.lines.setdefault(trail, node.start_mark.line + 1)
        if any(node is other for other in around):
            self._problem(node, "an anchor that holds itself")
            return None
        around = (*around, node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, trail, around)
        if isinstance(node, yaml.SequenceNode):
            return [self.content(n, (*trail, i), around) for i, n in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS:
            return None
        return str(node.value)

    def _mapping(
        self, node: yaml.MappingNode, trail: Trail, around: tuple[yaml.Node, ...]
    ) -> dict[str, Content]:
        own: dict[str, Content] = {}
        merged: dict[str, Content] = {}
        for key, value in node.value:
            if key.tag == _MERGE:
                merged = {**self._merge(value, trail, around), **merged}
            elif not isinstance(key, yaml.ScalarNode):
                self._problem(key, "a key must be a word, not a list or mapping")
            elif key.value in own:
                first = self.lines[*trail, key.value]
                self._problem(key, f'key "{key.value}" occurs twice (first in line {first})')
            else:
                self.lines[*trail, key.value] = key.start_mark.line + 1
                own[key.value] = self.content(value, (*trail, key.value), around)
        return {**merged, **own}

    def _merge(
        self, node: yaml.Node, trail: Trail, around: tuple[yaml.Node, ...]
    ) -> dict[str, Content]:
        """What `<<` brings in: a mapping or a list of them, the first of which wins."""
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        merged: dict[str, Content] = {}
        for part in parts:
            if not isinstance(part, yaml.MappingNode) or any(part is n for n in around):
                self._problem(node, "<< takes mappings only")
                continue
            reading = _Reading(self.path, self.problems)
            content = reading.content(part, trail, around)
            if isinstance(content, dict):
                merged = {**content, **merged}
            for where, line in reading.lines.items():
                self.lines.setdefault(where, line)
        return merged

    def _problem(self, node: yaml.Node, text: str) -> None:
        self.problems.append(f"{self.path}:{node.start_mark.line + 1}: {text}")
