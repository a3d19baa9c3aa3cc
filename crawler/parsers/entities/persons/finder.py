"""Finds the persons of a text in both scripts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from crawler.parsers.entities.entity_words import EntityWords, script_words
from crawler.parsers.entities.folding import has_cyrillic, has_latin
from crawler.parsers.entities.persons.latin import LatinPersons
from crawler.parsers.entities.persons.roles import BEFORE
from crawler.parsers.entities.persons.russian import RussianPersons
from crawler.parsers.entities.persons.script import ScriptReader
from crawler.parsers.entities.spans import EntityMatch, longest


class PersonFinder:
    """Finds persons; needs the finds of the tables, which names must not run into."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    @cached_property
    def latin(self) -> EntityWords:
        """Words of the languages in Latin script."""
        return script_words(self._languages, cyrillic=False)

    @cached_property
    def cyrillic(self) -> EntityWords:
        """Words of the languages in Cyrillic script."""
        return script_words(self._languages, cyrillic=True)

    def words_for(self, text: str) -> EntityWords:
        """The words of the script that a short text is in; Cyrillic where it mixes both."""
        return self.cyrillic if has_cyrillic(text) else self.latin

    @cached_property
    def _latin_script(self) -> ScriptReader:
        return ScriptReader(self.latin, LatinPersons(self.latin))

    @cached_property
    def _cyrillic_script(self) -> ScriptReader:
        return ScriptReader(self.cyrillic, RussianPersons(self.cyrillic))

    def find(
        self,
        text: str,
        names: Sequence[EntityMatch],
        bodies: Sequence[EntityMatch] = (),
        *,
        lang: str | None,
    ) -> list[EntityMatch]:
        """Persons of both scripts; a surname with initials takes the full name told elsewhere.

        Where one of `bodies` starts behind "von" or "of", it is no part of the name before it.
        `lang`: the language of the text, whose cases behind surnames are cut off.
        """
        found: list[EntityMatch] = []
        starts = frozenset(b.start for b in bodies)
        if has_latin(text):
            found.extend(self._latin_script.find(text, names, starts, lang))
        if has_cyrillic(text):
            found.extend(self._cyrillic_script.find(text, names, starts, lang))
        return list(_complete_surnames(longest(found)))

    def may_be_surname(self, text: str, start: int, end: int) -> bool:
        """Whether a title or a first name stands before a word (Dr. | Halle, Eva von | Halle)."""
        cyrillic = has_cyrillic(text[start:end])
        script = self._cyrillic_script if cyrillic else self._latin_script
        return script.leads_to_name(text[max(0, start - BEFORE) : start])


def _complete_surnames(found: Sequence[EntityMatch]) -> Iterator[EntityMatch]:
    """Initials and lone surnames get the value of the full name with the same surname."""
    full = {
        f.value.split()[-1]: f.value
        for f in reversed(found)
        if len(f.value.split()) >= 2 and "." not in f.value.split()[0]
    }
    for one in found:
        parts = one.value.split()
        longer = full.get(parts[-1])
        short = len(parts) == 1 or "." in parts[0]
        if short and longer and (len(parts) == 1 or longer[0] == parts[0][0]):
            yield EntityMatch(one.field, one.start, one.end, longer, one.confidence, one.rule)
        else:
            yield one
