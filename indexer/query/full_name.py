"""The name of an event as it is told apart from others of its kind. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.text.name_keys import phrase_key


def full_name(name: str, series: str | None) -> str:
    """The name, with the series where the name does not tell it: Fifth forum (Mining Forum). One
    that goes on from the last word of the name continues it: Next assembly | of the union.
    """
    if series is None or _words(series) <= _words(name):
        return name
    before, after = name.split(), series.split()
    if before and len(after) > 1 and phrase_key(before[-1]) == phrase_key(after[0]):
        return " ".join([*before, *after[1:]])
    return f"{name} ({series})"


def name_apart(
    name: str, *, theme: str | None, place: str | None, organisers: Sequence[str]
) -> str:
    """A name that only says what kind of event it is, with what a person would add: its theme, else
    where it is, else whose it is.
    """
    if theme:
        return f"{name}: {theme}"
    if place:
        return f"{name}, {place}"
    return f"{name} ({', '.join(organisers)})" if organisers else name


def _words(name: str) -> set[str]:
    return set(phrase_key(name).split())
