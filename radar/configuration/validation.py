"""One file against its model: every mistake a line `file:line: what is wrong`."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from radar.configuration.environment import expand, without_password
from radar.configuration.models import Table
from radar.configuration.values import suggestion
from radar.configuration.yaml_lines import Content, Trail, YamlFile

Entry = TypeVar("Entry", bound=Table)

_SECRET_KEYS = frozenset({"api_key", "search_api_key", "fingerprint"})


def read_table(
    file: YamlFile, model: type[Entry], environ: Mapping[str, str], problems: list[str]
) -> Entry | None:
    """A file that holds one mapping; None (and lines in `problems`) if it is mistaken."""
    content, failed = expand(file, environ, problems)
    content = {} if content is None else content
    return _validated(content, model, file=file, trail=(), failed=failed, problems=problems)


def read_list(
    file: YamlFile,
    model: type[Entry],
    environ: Mapping[str, str],
    problems: list[str],
    *,
    mistaken: Callable[[int, Content], None] = lambda position, content: None,
) -> list[tuple[Trail, Entry]]:
    """A file that holds a list: its good entries, each with its place in the file.

    `mistaken` is told of the others, once their mistakes are in `problems`.
    """
    content, failed = expand(file, environ, problems)
    if content is None:
        return []
    if not isinstance(content, list):
        problems.append(f"{file.where(())}: the file must hold a list (lines that begin with -)")
        return []
    entries: list[tuple[Trail, Entry]] = []
    for position, part in enumerate(content):
        trail = (position,)
        entry = _validated(part, model, file=file, trail=trail, failed=failed, problems=problems)
        if entry is not None:
            entries.append((trail, entry))
        elif not any(bad[: len(trail)] == trail for bad in failed):
            mistaken(position, part)
    return entries


def _validated(
    content: Content,
    model: type[Entry],
    *,
    file: YamlFile,
    trail: Trail,
    failed: frozenset[Trail],
    problems: list[str],
) -> Entry | None:
    try:
        entry = model.model_validate(content)
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            steps = tuple(step for step in detail["loc"] if step != "[key]")
            if not any((*trail, *steps)[: len(bad)] == bad for bad in failed):
                problems.append(_line(file, trail, steps, model, detail))
        return None
    # A variable that is not set has been told; what was made without it is not to be used.
    return None if any(bad[: len(trail)] == trail for bad in failed) else entry


def _line(
    file: YamlFile, trail: Trail, steps: Trail, model: type[Table], detail: ErrorDetails
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
    if detail["type"] == "extra_forbidden":
        near = suggestion(str(steps[-1]), sorted(_keys_at(model, steps[:-1])))
        inside = f"{_name(steps[:-1])}: " if steps[:-1] else ""
        return f'{where}: {inside}unknown key "{steps[-1]}"{near}'
    named = f"{_name(steps)}: " if steps else ""
    return (
        f"{where}: {named}{_quoted(file, (*trail, *steps))}{_said(detail, file, (*trail, *steps))}"
    )


def _said(detail: ErrorDetails, file: YamlFile, trail: Trail) -> str:
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
    texts = {
        "list_type": "must be a list, such as [a, b]",
        "dict_type": "must be a mapping of keys to values",
        "model_type": "must be a mapping of keys to values",
        "model_attributes_type": "must be a mapping of keys to values",
        "too_short": "must not be empty",
        "string_too_short": "must not be empty",
        "string_type": "must be a word or text",
    }
    return texts.get(kind, detail["msg"])


def _quoted(file: YamlFile, trail: Trail) -> str:
    """The value as it was written (so `${NAME}` stays), without passwords."""
    written = file.written(trail)
    if not isinstance(written, str) or not written or trail[-1] in _SECRET_KEYS:
        return ""
    shown = without_password(written)
    return f'"{shown if len(shown) <= 80 else shown[:79] + "…"}" '


def _name(steps: Trail) -> str:
    """`feeds[0].url`, counted from 1 as people do: `feeds[1].url`."""
    name = ""
    for step in steps:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else str(step)
    return name


def _keys_at(model: type[Table], steps: Trail) -> frozenset[str]:
    """The keys of the table that these steps lead to."""
    found: type[Table] | None = model
    for step in steps:
        if isinstance(step, int) or found is None:
            continue
        field = found.model_fields.get(step)
        found = _inner_table(field.annotation) if field else None
    return found.keys() if found else frozenset()


def _inner_table(annotation: object) -> type[Table] | None:
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    inner = (_inner_table(part) for part in typing.get_args(annotation))
    return next((table for table in inner if table is not None), None)
