"""Validates one file against its record; each mistake becomes a line `file:line: message`."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from indexer.records.values import ConfigRecord, suggestion
from radar.configuration.environment import expand, without_login, without_password
from radar.configuration.yaml_lines import Content, Trail, YamlFile

Record = TypeVar("Record", bound=ConfigRecord)
Entry = TypeVar("Entry")

_SECRET_KEYS = frozenset({"api_key", "search_api_key", "fingerprint", "secret"})

_MESSAGES = {
    "tuple_type": "must be a list, such as [a, b]",
    "dict_type": "must be a mapping of keys to values",
    "dataclass_type": "must be a mapping of keys to values",
    "string_type": "must be a word or text",
}
"""pydantic's type of error → the message of this program."""
_OF_ADDRESSES = {
    "tuple_type": "must be a list, such as [{url: https://site.example/news}]",
    "dataclass_type": "must be a mapping, such as {url: https://site.example/news}",
}
"""The same where entries with an address are expected: most people write the address alone."""


@dataclass(frozen=True, slots=True)
class ExpandedFile:
    """A file with environment variables inserted; collects the mistakes in it."""

    file: YamlFile
    content: Content
    failed: frozenset[Trail]
    """Values with a variable that is not set, which has been noted."""
    problems: list[str]

    def is_complete(self, trail: Trail) -> bool:
        """Whether the value there needs no variable that is not set."""
        return not any(bad[: len(trail)] == trail for bad in self.failed)

    def read(
        self, content: object, model: type[Record], trail: Trail, **context: object
    ) -> Record | None:
        """The content at `trail` as a record; None, and lines in `problems`, if it is mistaken."""
        try:
            record: Record = adapter(model).validate_python(content, context=context)  # type: ignore[arg-type]  # classes are hashable
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                steps = tuple(step for step in detail["loc"] if step != "[key]")
                if not any((*trail, *steps)[: len(bad)] == bad for bad in self.failed):
                    self.problems.append(_line(self.file, trail, steps, model, detail))
            return None
        return record if self.is_complete(trail) else None


@dataclass(frozen=True, slots=True)
class ListItem(Generic[Entry]):
    """One entry of a file that holds a list."""

    file: YamlFile
    position: int
    content: Content
    """As it is written, the environment's variables put in."""
    entry: Entry | None
    """None: it is mistaken, and its mistakes have been noted."""

    def given(self, key: str) -> Content:
        """The value of a key, as it is written."""
        return self.content.get(key) if isinstance(self.content, dict) else None

    def where(self, *steps: str | int) -> str:
        """`file:line` of a value in it."""
        return self.file.where((self.position, *steps))


@cache
def adapter(model: type[Record]) -> TypeAdapter[Record]:
    """What makes the record of a file's content."""
    return TypeAdapter(model)


def expand_file(file: YamlFile, environ: Mapping[str, str], problems: list[str]) -> ExpandedFile:
    """The file with variables put in."""
    content, failed = expand(file, environ, problems)
    return ExpandedFile(file, content, failed, problems)


def read_table(
    file: YamlFile,
    model: type[Record],
    environ: Mapping[str, str],
    problems: list[str],
    **context: object,
) -> Record | None:
    """A file that holds one mapping; None (and lines in `problems`) if it is mistaken. `context` is
    what its checks need.
    """
    whole = expand_file(file, environ, problems)
    return whole.read({} if whole.content is None else whole.content, model, (), **context)


def read_list(
    file: YamlFile,
    read: Callable[[ExpandedFile, int, Content], Entry | None],
    environ: Mapping[str, str],
    problems: list[str],
) -> Iterator[ListItem[Entry]]:
    """A file that holds a list: its entries, without those that need a variable that is not set."""
    whole = expand_file(file, environ, problems)
    if whole.content is None:
        return
    if not isinstance(whole.content, list):
        problems.append(f"{file.where(())}: the file must hold a list (lines that begin with -)")
        return
    for position, content in enumerate(whole.content):
        entry = read(whole, position, content)
        if whole.is_complete((position,)):
            yield ListItem(file, position, content, entry)


def reader(
    model: type[Record], **context: object
) -> Callable[[ExpandedFile, int, Content], Record | None]:
    """Reads the entries of a list as records; `context` is what their checks need."""
    return lambda whole, position, content: whole.read(content, model, (position,), **context)


def _line(
    file: YamlFile, trail: Trail, steps: Trail, model: type[ConfigRecord], detail: ErrorDetails
) -> str:
    where = file.where((*trail, *steps))
    if detail["type"] == "missing":
        known = _keys_at(model, steps[:-1])
        written = file.written((*trail, *steps[:-1]))
        strange = set(written if isinstance(written, dict) else ()) - known
        near = suggestion(str(steps[-1]), sorted(strange))
        inside = f"{_name(steps[:-1])}: " if steps[:-1] else ""
        misspelt = near.replace("did you mean", "misspelt as").replace("?", "") if near else ""
        return f'{where}: {inside}key "{steps[-1]}" is missing{misspelt}'
    if detail["type"] == "unexpected_keyword_argument":
        near = suggestion(str(steps[-1]), sorted(_keys_at(model, steps[:-1])))
        inside = f"{_name(steps[:-1])}: " if steps[:-1] else ""
        return f'{where}: {inside}unknown key "{steps[-1]}"{near or _home(model, steps)}'
    named = f"{_name(steps)}: " if steps else ""
    whole = (*trail, *steps)
    are_addresses = bool(steps) and _required_keys_at(model, steps) == {"url"}
    message = _OF_ADDRESSES.get(detail["type"]) if are_addresses else None
    return f"{where}: {named}{_quote(file, whole)}{message or _message(detail, file, whole)}"


def describe(error: ValidationError, model: type[ConfigRecord]) -> Iterator[str]:
    """The mistakes in a record that stands in no file, one line each."""
    for detail in error.errors(include_url=False, include_input=False):
        steps = tuple(step for step in detail["loc"] if step != "[key]")
        if detail["type"] == "missing":
            yield f'"{_name(steps)}" is missing'
        elif detail["type"] == "unexpected_keyword_argument":
            near = suggestion(str(steps[-1]), sorted(_keys_at(model, steps[:-1])))
            yield f'unknown key "{_name(steps)}"{near}'
        elif detail["type"] == "value_error":
            yield f"{_name(steps)}: {detail['ctx']['error']}"
        else:
            yield f"{_name(steps)}: {_MESSAGES.get(detail['type'], detail['msg'])}"


def _message(detail: ErrorDetails, file: YamlFile, trail: Trail) -> str:
    """What is wrong, in the words of this program."""
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
        written = file.written(trail)
        words = expected.replace(" or ", ", ").split(", ")
        return f"must be {expected}" + suggestion(str(written), words)
    return _MESSAGES.get(kind, detail["msg"])


def _quote(file: YamlFile, trail: Trail) -> str:
    """The value as it was written (so `${NAME}` stays), without passwords."""
    written = file.written(trail)
    if not isinstance(written, str) or not written or _SECRET_KEYS.intersection(trail[-1:]):
        return ""
    is_server = trail in (("mail",), ("mail", "url"))
    shown = without_login(written) if is_server else without_password(written)
    return f'"{shown if len(shown) <= 80 else shown[:79] + "…"}" '


def _name(steps: Trail) -> str:
    """`feeds[0].url`, counted from 1 as people do: `feeds[1].url`."""
    name = ""
    for step in steps:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else str(step)
    return name


def _keys_at(model: type[ConfigRecord], steps: Trail) -> frozenset[str]:
    """The keys of the record that these steps lead to."""
    found = _record_at(model, steps)
    return found.keys() if found else frozenset()


def _home(model: type[ConfigRecord], steps: Trail) -> str:
    """Where a key belongs that stands too far out or in, as after a # that was taken away from its
    line alone; nothing where it belongs nowhere.
    """
    *around, key = steps
    here = _record_at(model, tuple(around))
    hints = typing.get_type_hints(here) if here is not None else {}
    homes = [name for name, hint in hints.items() if key in _keys_of_mapping(hint)]
    if homes:
        return f" (it stands below {' or '.join(f'{name}:' for name in homes)}, indented)"
    return f" (it stands beside {around[0]}:, not below it)" if key in _keys_at(model, ()) else ""


def _keys_of_mapping(annotation: object) -> frozenset[str]:
    """The keys of a value that may be one mapping; none of a list of them."""
    if typing.get_origin(annotation) in (None, tuple):
        if isinstance(annotation, type) and issubclass(annotation, ConfigRecord):
            return annotation.keys()
        return frozenset()
    return frozenset().union(*map(_keys_of_mapping, typing.get_args(annotation)))


def _required_keys_at(model: type[ConfigRecord], steps: Trail) -> frozenset[str]:
    found = _record_at(model, steps)
    if found is None or not is_dataclass(found):
        return frozenset()
    return frozenset(
        field.name
        for field in fields(found)
        if field.default is MISSING and field.default_factory is MISSING
    )


def _record_at(model: type[ConfigRecord], steps: Trail) -> type[ConfigRecord] | None:
    found: type[ConfigRecord] | None = model
    for step in steps:
        if isinstance(step, str) and found is not None:
            found = _inner_record(typing.get_type_hints(found).get(step))
    return found


def _inner_record(annotation: object) -> type[ConfigRecord] | None:
    if isinstance(annotation, type) and issubclass(annotation, ConfigRecord):
        return annotation
    inner = (_inner_record(part) for part in typing.get_args(annotation))
    return next((record for record in inner if record is not None), None)
