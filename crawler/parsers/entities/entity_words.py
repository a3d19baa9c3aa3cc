"""The entity words of the language files, compiled: roles, titles, first names, heads of bodies.

Latin and Cyrillic text each get one set, made from all languages of the script, since a German page
quotes English titles and a Kazakh one Russian ministries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.parsers.entities.expressions import any_of, literal
from crawler.parsers.entities.folding import fold, has_cyrillic
from crawler.parsers.entities.grammar import grammar_of
from crawler.parsers.entities.lexicon.forms import forms
from indexer.records.second_script import TABLE


@dataclass(frozen=True, slots=True)
class EntityWords:
    """What the readers of persons and contacts know of one script."""

    role: str
    """Regular expression of a role in any case and gender, without flags; use with IGNORECASE."""
    role_words: frozenset[str]
    """The words of roles in the forms that can be listed: a quick look before the expression."""
    title: str
    """Regular expression of one title before a name."""
    first_names: frozenset[str]
    """Folded."""
    not_names: frozenset[str]
    """Folded words that are no part of a person's name, though they have a capital."""
    calendar_surnames: frozenset[str]
    """Folded words of the calendar that are a surname behind a first name (Karin Sommer)."""
    not_name_endings: tuple[str, ...]
    name_particles: tuple[str, ...]
    """Small words within a person's name (von, de la)."""
    role_linkers: tuple[str, ...]
    """Words between a name and the role behind it (as, zum)."""
    belongs_to: tuple[str, ...]
    """Words between a post and what it is of."""
    surname_endings: tuple[str, ...]
    """Endings that only surnames have."""
    surname_cases: Mapping[str, tuple[str, ...]]
    """Endings of cases behind surnames by language, the longest first (Асанов|тың, Болд|-той):
    those of one are parts of names in another (Калинко, Hermanni).
    """
    patronymic_endings: tuple[str, ...]
    """Endings of names after the father, as far as a list tells them."""
    not_after_names: tuple[str, ...]
    """Words behind a name that make it that of a firm, a street or a prize."""
    streets: frozenset[str]
    """Words behind a name that make it that of a street, though they look like a surname."""
    streets_before: tuple[str, ...]
    """Words before a name that make it that of a street."""
    legal_forms: frozenset[str]
    """Words that make the capitals before them the name of a firm (Karl Berg GmbH)."""
    states: tuple[str, ...]
    """Short names of states that may stand between a role and a name."""
    place_openers: frozenset[str]
    """Folded words that make a first name behind them that of a place (San Diego)."""
    surname_roles: str
    """Regular expression of the offices that a bare surname may follow."""
    state_offices: tuple[str, ...]
    """Offices that no firm has; what each is for may stand behind it (Minister of Energy A B)."""
    speaking: frozenset[str]
    """Verbs that stand beside the name of who speaks."""
    bodies: frozenset[str]
    """Folded heads of bodies in all their forms: two capitals right behind one are its name
    (компании А Б).
    """
    no_initials: frozenset[str]
    """Abbreviations that look like initials (U.S.)."""
    lettered: frozenset[str]
    """Folded words that a letter behind them counts (point B)."""
    body_prefixes: tuple[str, ...]
    """Beginnings of one-word names of bodies (Минприроды)."""


def cues(languages: Mapping[str, Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    """The `cues` of a language; empty where it has none."""
    found = languages.get(code, {}).get("cues", {})
    return found if isinstance(found, dict) else {}


def script_words(languages: Mapping[str, Mapping[str, Any]], *, cyrillic: bool) -> EntityWords:
    """The words of all languages whose roles are written in the script."""
    codes = [
        code
        for code in languages
        if TABLE in languages[code] or _is_cyrillic(cues(languages, code)) == cyrillic
    ]
    kept = [cues(languages, code) for code in codes]
    endings = tuple(e for c in kept for e in c.get("not_name_endings", ()))
    return EntityWords(
        role=any_of(_role_expressions(languages, codes)),
        role_words=frozenset(_role_words(languages, codes)),
        title=_titles(kept),
        first_names=frozenset(fold(n) for c in kept for n in str(c.get("first_names", "")).split()),
        not_names=frozenset(
            fold(n.rstrip("."))
            for c in kept
            for n in (*c.get("not_names", ()), *c.get("titles", ()))
        ),
        calendar_surnames=frozenset(fold(w) for c in kept for w in c.get("calendar_surnames", ())),
        not_name_endings=endings,
        name_particles=tuple(w for c in kept for w in c.get("name_particles", ())),
        role_linkers=tuple(w for c in kept for w in c.get("role_linkers", ())),
        belongs_to=tuple(w for c in kept for w in c.get("belongs_to", ())),
        surname_endings=tuple(e for c in kept for e in c.get("surname_endings", ())),
        surname_cases={
            code: tuple(sorted(c.get("surname_cases", ()), key=len, reverse=True))
            for code, c in zip(codes, kept, strict=True)
        },
        patronymic_endings=tuple(e for c in kept for e in c.get("patronymic_endings", ())),
        not_after_names=tuple(
            w for c in kept for key in ("not_after_names", "streets") for w in c.get(key, ())
        ),
        streets=frozenset(w for c in kept for w in c.get("streets", ())),
        streets_before=tuple(w for c in kept for w in c.get("streets_before", ())),
        legal_forms=frozenset(w for c in kept for w in c.get("org_legal_forms", ())),
        states=tuple(w for c in kept for w in c.get("states", ())),
        place_openers=frozenset(fold(w) for c in kept for w in c.get("place_openers", ())),
        surname_roles=any_of(_surname_roles(languages, codes)),
        state_offices=tuple(w for c in kept for w in c.get("state_offices", ())),
        speaking=frozenset(w for c in kept for w in c.get("speaking", ())),
        bodies=frozenset(_body_forms(languages, codes)) if cyrillic else frozenset(),
        no_initials=frozenset(w for c in kept for w in c.get("no_initials", ())),
        lettered=frozenset(fold(w) for c in kept for w in c.get("lettered", ())),
        body_prefixes=tuple(w for c in kept for w in c.get("org_prefixes", ())),
    )


def _titles(kept: Iterable[Mapping[str, Any]]) -> str:
    """Titles as they are written, and those that are made of parts (Dipl.-Geol.)."""
    listed = [(c.get("titles", ()), c.get("title_patterns", ())) for c in kept]
    patterns = [p for _, made in listed for p in made]
    return any_of([*patterns, literal(t for titles, _ in listed for t in titles)])


def _surname_roles(
    languages: Mapping[str, Mapping[str, Any]], codes: Iterable[str]
) -> Iterable[str]:
    for code in codes:
        for role in cues(languages, code).get("surname_roles", ()):
            yield from grammar_of(code).office_expressions(role)


def _body_forms(languages: Mapping[str, Mapping[str, Any]], codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        for head in cues(languages, code).get("org_heads", ()):
            yield from forms(head, code)


def _is_cyrillic(words: Mapping[str, Any]) -> bool:
    return has_cyrillic(" ".join((*words.get("roles", ()), *words.get("not_names", ()))))


def _role_expressions(
    languages: Mapping[str, Mapping[str, Any]], codes: Iterable[str]
) -> Iterable[str]:
    for code in codes:
        words = cues(languages, code)
        roles = list(words.get("roles", ()))
        if roles:
            yield grammar_of(code).role_expression(roles, words.get("not_roles", ()))


def _role_words(languages: Mapping[str, Mapping[str, Any]], codes: Iterable[str]) -> Iterable[str]:
    """The single words of roles in small letters, in the forms that can be listed."""
    for code in codes:
        for role in cues(languages, code).get("roles", ()):
            for form in grammar_of(code).role_forms(role):
                yield from re.split(r"[\s-]", form)
