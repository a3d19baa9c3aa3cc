"""Which names of persons, bodies, strategies and series are one value of their field.

A name that a table knows is the id of its concept, in whatever language and inflection; any other
is its key (`indexer.text.name_keys`). Pure, and the same for pages, filters and queries: the value
of a value is the value itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from indexer.query.concepts import Concepts
from indexer.text.name_keys import person_key, phrase_key

_CONCEPTS: Mapping[str, str] = {
    "organisation": "organisation",
    "strategy": "strategy",
    "series": "strategy",
}
"""Field → field of the concepts that it may name; the table of strategies has series of events."""

_HOLDER = re.compile(r"(?<=\w) (?:des|der|of the) \w+$")
"""Whose a series is, where that is no name: the assembly of the association."""

_PART = "\t"
"""Between a value and a form of it."""


class Naming:
    """Gives names their values; without tables each is its key. Safe to share between threads."""

    def __init__(self, concepts: Concepts | None = None) -> None:
        self._concepts = concepts
        # Pages name the same persons and bodies again and again, and a page each several times.
        self._known = lru_cache(maxsize=50_000)(self._make_value)

    def value(self, field: str, name: str) -> str:
        """The value of a name in a field of `MERGED_FIELDS`."""
        return self._known(field, name)

    def _make_value(self, field: str, name: str) -> str:
        if field == "person":
            return person_key(name)
        known = self._concept(field, name)
        if known is not None:
            return known
        said = self._said(field, name)
        if said is not None:
            return said
        key = phrase_key(name)
        return self._concept(field, key) or key

    def _said(self, field: str, name: str) -> str | None:
        """The value of a name that says the same word by word in other languages."""
        if self._concepts is None:
            return None
        if field == "strategy":
            return self._concepts.plan_of(name)
        value = self._concepts.name_words.value(field, name)
        known = self._concepts.body_of(value) if value and field == "organisation" else None
        return known or value

    def _concept(self, field: str, name: str) -> str | None:
        if self._concepts is None:
            return None
        found = self._concepts.resolve((_CONCEPTS[field],), name)
        return found[0].id if found else None

    def written(self, field: str, name: str) -> str:
        """A name as it is shown: of whom a page names by an initial, the full name."""
        del field
        return name

    def country_of(self, place: str) -> str | None:
        """Country of a place, where a table knows it."""
        return self._concepts.country_of(place) if self._concepts else None

    def languages(self, value: str, forms: Collection[str]) -> dict[str, frozenset[str]]:
        """The languages of each form of a value that languages say word by word."""
        if self._concepts is None or len(forms) < 2 or not self._concepts.name_words.made(value):
            return {}
        return {form: self._concepts.name_words.languages(form) for form in forms}

    def in_full(
        self,
        bodies: Iterable[str],
        series: Iterable[str],
        strategies: Iterable[str] = (),
        countries: Collection[str] = (),
    ) -> dict[tuple[str, str], str]:
        """Field and value of names in short → the one name of a page that they are short for: a
        ministry of mining is that of Kyrgyzstan where no other one is named. A strategy is that of
        the table which says the same word by word, where it may be of its country: `countries` are
        those of the page.
        """
        found = self._strategies_in_full(strategies, countries)
        longer: dict[str, dict[str, str]] = {}
        short: list[tuple[str, str]] = []
        for name in sorted(set(bodies)):
            sense = self._concepts.name_words.body(name) if self._concepts else None
            if sense and sense.country:
                one = sense.in_country(None).value
                longer.setdefault(one, {}).setdefault(self.value("organisation", name), name)
            elif sense:
                short.append((sense.value, name))
        for one, name in short:
            value = self.value("organisation", name)
            if len(longer.get(one, ())) == 1 and value not in self.labels("organisation"):
                (found["organisation", value],) = longer[one].values()
        longer = {}
        for name in sorted(set(series)):
            if holder := _HOLDER.search(name):
                one = self.value("series", name[: holder.start()])
                longer.setdefault(one, {}).setdefault(self.value("series", name), name)
        return found | {
            ("series", one): name
            for one, names in longer.items()
            if len(names) == 1
            for name in names.values()
        }

    def _strategies_in_full(
        self, strategies: Iterable[str], countries: Collection[str]
    ) -> dict[tuple[str, str], str]:
        if self._concepts is None:
            return {}
        labels = self.labels("strategy")
        known = {
            ("strategy", self.value("strategy", name)): self._concepts.plan_of(name, countries)
            for name in sorted(set(strategies))
        }
        return {
            name: labels[identity]
            for name, identity in known.items()
            if identity and name[1] not in labels
        }

    def labels(self, field: str) -> Mapping[str, str]:
        """Value → name of those that a table knows."""
        if self._concepts is None or field not in _CONCEPTS:
            return {}
        return self._concepts.names(_CONCEPTS[field])


class NamingInFull(Naming):
    """The naming of a page. Persons named by an initial count as those whom other pages name in
    full, bodies and series named in short as what the page names in full.
    """

    def __init__(
        self,
        naming: Naming,
        full_names: Mapping[str, str],
        in_full: Mapping[tuple[str, str], str] = MappingProxyType({}),
    ) -> None:
        """`in_full`: as `Naming.in_full` has it."""
        self._naming = naming
        self._full_names = full_names
        self._in_full = in_full

    def value(self, field: str, name: str) -> str:
        """As of any page."""
        return self._naming.value(field, self.written(field, name))

    def written(self, field: str, name: str) -> str:
        """As of any page."""
        if field != "person":
            return self._in_full.get((field, self._naming.value(field, name)), name)
        return self._full_names.get(self._naming.value(field, name), name)

    def country_of(self, place: str) -> str | None:
        """As of any page."""
        return self._naming.country_of(place)

    def labels(self, field: str) -> Mapping[str, str]:
        """As of any page."""
        return self._naming.labels(field)


@dataclass
class NamesOfPage:
    """The names of a page by field, merged."""

    naming: Naming
    _found: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def add(self, field: str, names: Iterable[str | None]) -> None:
        """Take names as the page writes or inflects them; empty ones are left out."""
        for name in names:
            if name and name.strip():
                value = self.naming.value(field, name)
                forms = self._found.setdefault(field, {}).setdefault(value, Counter())
                forms[" ".join(self.naming.written(field, name).split())] += 1

    def values(self, field: str) -> list[str]:
        """The values of a field."""
        return sorted(self._found.get(field, ()))

    def names(self, field: str) -> list[str]:
        """The names of a field, in each form that the page has."""
        return sorted(name for forms in self._found.get(field, {}).values() for name in forms)

    def forms(self) -> dict[str, list[str]]:
        """Field → each value that no table knows with the form that the page mostly uses."""
        return {
            field: [
                f"{value}{_PART}{ranked_forms(forms)[0]}"
                for value, forms in sorted(values.items())
                if value not in self.naming.labels(field)
            ]
            for field, values in self._found.items()
        }


def split_form(entry: str) -> tuple[str, str]:
    """Value and form of an entry; the form is empty where it has none."""
    value, _, form = entry.partition(_PART)
    return value, form


def ranked_forms(forms: Mapping[str, int]) -> tuple[str, ...]:
    """The forms of a name, first the one to show: the most frequent one, then the shortest."""
    if len(forms) == 1:  # most names
        return tuple(forms)
    return tuple(sorted(forms, key=lambda form: (-forms[form], len(form), form)))


def forms_of(counted: Iterable[tuple[str, int]]) -> dict[str, tuple[str, ...]]:
    """Value → its forms, first the one to show, from forms as the index has them with their
    numbers of pages.
    """
    forms: dict[str, dict[str, int]] = {}
    for entry, number in counted:
        value, form = split_form(entry)
        forms.setdefault(value, {})[form] = number
    return {value: ranked_forms(found) for value, found in forms.items()}
