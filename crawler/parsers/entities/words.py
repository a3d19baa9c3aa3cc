"""The entity words of the language files, compiled: roles, titles, first names, heads of bodies.

Latin and Cyrillic text each get one set, made from all languages of the script, since a German page
quotes English titles and a Kazakh one Russian ministries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.parsers.entities.folding import fold, has_cyrillic
from crawler.parsers.entities.forms import forms

_GERMAN_ENDING = r"(?:s|in|en|innen|n|e|es|er|em|ns)?"


@dataclass(frozen=True, slots=True)
class Words:
    """What the readers of persons and contacts know of one script."""

    role: str
    """Regular expression of a role in any case and gender, without flags; use with IGNORECASE."""
    title: str
    """Regular expression of one title before a name."""
    first_names: frozenset[str]
    """Folded."""
    not_names: frozenset[str]
    """Folded words that are no part of a person's name, though they have a capital."""
    not_name_endings: tuple[str, ...]
    surname_endings: tuple[str, ...]
    """Endings that only surnames have."""
    not_after_names: tuple[str, ...]
    """Words behind a name that make it that of a firm, a street or a prize."""
    states: tuple[str, ...]
    """Short names of states that may stand between a role and a name."""


def cues(languages: Mapping[str, Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    """The `cues` of a language; empty where it has none."""
    found = languages.get(code, {}).get("cues", {})
    return found if isinstance(found, dict) else {}


def script_words(languages: Mapping[str, Mapping[str, Any]], *, cyrillic: bool) -> Words:
    """The words of all languages whose roles are written in the script."""
    codes = [c for c in languages if _is_cyrillic(cues(languages, c)) == cyrillic]
    kept = [cues(languages, code) for code in codes]
    endings = tuple(e for c in kept for e in c.get("not_name_endings", ()))
    return Words(
        role=any_of(_role_forms(languages, codes)),
        title=literal(t for c in kept for t in c.get("titles", ())),
        first_names=frozenset(fold(n) for c in kept for n in str(c.get("first_names", "")).split()),
        not_names=frozenset(
            fold(n.rstrip("."))
            for c in kept
            for n in (*c.get("not_names", ()), *c.get("titles", ()))
        ),
        not_name_endings=endings,
        surname_endings=tuple(e for c in kept for e in c.get("surname_endings", ())),
        not_after_names=tuple(w for c in kept for w in c.get("not_after_names", ())),
        states=tuple(w for c in kept for w in c.get("states", ())),
    )


def _is_cyrillic(words: Mapping[str, Any]) -> bool:
    return has_cyrillic(" ".join((*words.get("roles", ()), *words.get("not_names", ()))))


def _role_forms(languages: Mapping[str, Mapping[str, Any]], codes: Iterable[str]) -> set[str]:
    """Roles as regular expressions: German with endings and first parts, Russian in all cases."""
    made: set[str] = set()
    for code in codes:
        for role in cues(languages, code).get("roles", ()):
            if code == "de":
                made.add(rf"(?:[\w-]*{re.escape(_stem(role))}{_GERMAN_ENDING})")
            elif code == "ru":
                made.update(
                    re.escape(form).replace(r"\ ", r"[ -]")
                    for form in forms(role, "ru", plural=True)
                )
            else:
                made.add(re.escape(role).replace(r"\ ", r"\s+") + ("s?" if code == "en" else ""))
    return made


def _stem(role: str) -> str:
    """Vorsitzender, Beauftragte: adjectives, whose ending is cut."""
    return re.sub(r"(?<=nd)er$|(?<=gt)er?$|(?<=et)er$", "", role)


def any_of(expressions: Iterable[str]) -> str:
    """An expression that matches any of these, the longest first."""
    ranked = sorted(set(expressions), key=lambda e: (-len(e), e))
    return f"(?:{'|'.join(ranked)})" if ranked else r"(?!)"


def literal(words: Iterable[str]) -> str:
    """As `any_of`, for words as they are written; a blank matches any white space of one line."""
    return any_of(re.escape(w).replace(r"\ ", r"[^\S\n]+") for w in words)
