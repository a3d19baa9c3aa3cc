"""Secrets in the configuration: `${NAME}` stands for an environment variable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from radar.configuration.yaml_lines import Content, Trail, YamlFile

_PLACE = re.compile(r"\$\{([^}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USER_INFO = re.compile(r"(?<=://)[^\s/?#]*@|(?<=://)\S*:\S*@")


def expand(
    file: YamlFile, environ: Mapping[str, str], problems: list[str]
) -> tuple[Content, frozenset[Trail]]:
    """The file's content with every `${NAME}` replaced, and the trails of those that can't be.

    A variable that is not set is a problem that names the variable; values are never named.
    """
    failed: set[Trail] = set()

    def replace_variables(text: str, trail: Trail) -> str:
        for name in _PLACE.findall(text):
            if not _NAME.fullmatch(name):
                problems.append(f'{file.where(trail)}: "${{{name}}}" does not name a variable')
                failed.add(trail)
            elif name not in environ:
                problems.append(f"{file.where(trail)}: environment variable {name} is not set")
                failed.add(trail)
        return _PLACE.sub(lambda found: environ.get(found[1], found[0]), text)

    def expand_value(value: Content, trail: Trail) -> Content:
        if isinstance(value, str):
            return replace_variables(value, trail)
        if isinstance(value, list):
            return [expand_value(v, (*trail, i)) for i, v in enumerate(value)]
        if isinstance(value, dict):
            return {k: expand_value(v, (*trail, k)) for k, v in value.items()}
        return value

    return expand_value(file.content, ()), frozenset(failed)


def without_password(text: str) -> str:
    """A URL or a message about one, with user names and passwords replaced by `***`."""
    return _USER_INFO.sub("***@", text)


def without_login(address: str) -> str:
    """An address of a server that needs a login, however it is mistaken: all that stands before the
    last `@` is replaced by `***`, but for a scheme.
    """
    login, at, host = address.rpartition("@")
    scheme = _SCHEME.match(login)
    return f"{scheme[0] if scheme else ''}***@{host}" if at else address


def has_literal_password(address: Content) -> bool:
    """Whether a password stands in the file itself, not as `${NAME}`."""
    login = address.rpartition("@")[0] if isinstance(address, str) else ""
    _, colon, password = login.partition("://")[2].partition(":")
    return bool(colon and _PLACE.sub("", password))
