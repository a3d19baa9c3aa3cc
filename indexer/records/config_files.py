"""Files that people put into a configuration folder, read with care.

What is no file (a folder, a pipe, a device), is too large, or is made so that it grows when it is
read, is a mistake like any other: told with its line, without waiting for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from indexer.records.regular_files import open_regular

LARGEST = 8_000_000
"""Bytes of a file; the packaged ones have 3,700,000 at most."""
DEEPEST = 50
"""Levels of lists and mappings inside each other."""
MOST_REPEATED = 20_000
"""Values that aliases may add to those that are written."""


class FileMistake(ValueError):
    """What is wrong with a file, and the line where it is (from 1)."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


_NO_KEY = "did not find expected key"
_REMEDIES = {
    "found character that cannot start any token": (
        "indent by spaces, not tabs; a text that begins with @, ` or % stands in quotes"
    ),
    "mapping values are not allowed in this context": (
        "a text with a colon in it stands in quotes; keys of one entry begin in the same column"
    ),
    "did not find expected alphabetic or numeric character": (
        "a text that begins with * or & stands in quotes"
    ),
    _NO_KEY: (
        "a text that begins with quotes and goes on behind them stands in others: '\"a b\" AND c'"
    ),
}
"""What the parser of YAML says of frequent mistakes → what to write instead."""


def is_there(path: Path) -> bool:
    """Whether the folder has this name: also as a link that leads nowhere, which is a mistake."""
    return os.path.lexists(path)


def is_emptied(path: Path) -> bool:
    """Whether it is a file without a single byte: what a write leaves that a full disk has cut off,
    or that goes on.
    """
    try:
        return path.stat().st_size == 0 and not read_text(path)
    except (OSError, FileMistake):
        return False  # said where it is read


def files_in(folder: Path, problems: list[str]) -> list[Path]:
    """What a folder of the configuration holds, by name; none if it is left out."""
    try:
        return sorted(folder.iterdir()) if is_there(folder) else []
    except OSError as error:
        problems.append(f"{folder}: can't be read: {_reason(folder, error)}")
        return []


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, without byte order mark; FileMistake if it is none."""
    try:
        with open_regular(path) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise FileMistake(f"can't be read: {_reason(path, error)}") from error
    if len(data) > LARGEST:
        raise FileMistake(
            f"is larger than {LARGEST // 1_000_000} MB: split it; sources and watches may stand in "
            "any number of files"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileMistake("is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FileMistake("holds a character NUL: it is no text", line)
    return text


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return f"it links to {path.readlink()}, which does not exist"
    return error.strerror or str(error)


def compose_yaml(text: str) -> yaml.Node | None:
    """The nodes of a document; None: it is empty. FileMistake: no YAML, or too much."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _mistake(error, text.split("\n")) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileMistake("a character that YAML does not allow", line) from error
    if node is not None:
        _check_size(node)
    return node


def construct_plain(node: yaml.Node) -> object:
    """The content of a document, every scalar as it is written: NO, 12:30 and 0123 are texts."""
    try:
        return yaml.constructor.BaseConstructor().construct_document(node)
    except yaml.MarkedYAMLError as error:
        raise _mistake(error) from error


def line_of(node: yaml.Node | None, trail: Sequence[str | int]) -> int:
    """Line (from 1) of the value to which keys and positions lead, or of the nearest around it."""
    line = node.start_mark.line + 1 if node is not None else 1
    for step in trail:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
        else:
            break
        line = node.start_mark.line + 1 if node is not None else line
    return line


def _mistake(error: yaml.MarkedYAMLError, lines: Sequence[str] = ()) -> FileMistake:
    mark = error.problem_mark or error.context_mark
    said = ", ".join(part for part in (error.context, error.problem) if part)
    message = f"mistaken YAML: {said}" if said else "no YAML"
    remedy = _REMEDIES.get(error.problem or "")
    before = lines[mark.line][: mark.column] if mark and mark.line < len(lines) else "-"
    if error.problem == _NO_KEY and before.isspace():
        remedy = "keys of one entry begin in the same column: this line is indented otherwise"
    return FileMistake("; ".join(filter(None, (message, remedy))), mark.line + 1 if mark else 1)


@dataclass(slots=True)
class _Level:
    """A list or mapping that is being looked at."""

    node: yaml.Node
    inner: Iterator[yaml.Node]
    """The lists and mappings in it."""
    total: int
    """Values in it, itself included, each alias written out; as far as they have been seen."""


def _level(node: yaml.Node) -> _Level:
    parts = _parts(node)
    inner = [part for part in parts if not isinstance(part, yaml.ScalarNode)]
    return _Level(node, iter(inner), 1 + len(parts) - len(inner))


def _parts(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _check_size(top: yaml.Node) -> None:
    """Refuse nodes that lie too deep, and aliases that multiply ("billion laughs").

    Each list and mapping is looked at once, however many aliases lead to it.
    """
    stack = [_level(top)]
    around = {id(top)}
    totals: dict[int, int] = {}
    """Of those that have been looked at."""
    written = stack[0].total
    while stack:
        level = stack[-1]
        part = next(level.inner, None)
        if part is None:
            stack.pop()
            around.discard(id(level.node))
            totals[id(level.node)] = level.total
            if level.total > written + MOST_REPEATED:
                message = f"aliases (*) repeat more than {MOST_REPEATED} values"
                raise FileMistake(message, level.node.start_mark.line + 1)
            if stack:
                stack[-1].total += level.total
        elif id(part) in totals:
            level.total += totals[id(part)]
        elif id(part) in around:
            raise FileMistake("an anchor that holds itself", part.start_mark.line + 1)
        elif len(stack) == DEEPEST:
            message = f"more than {DEEPEST} lists and mappings inside each other"
            raise FileMistake(message, part.start_mark.line + 1)
        else:
            stack.append(_level(part))
            around.add(id(part))
            written += stack[-1].total
