"""Whose number it is: names on the line of a number or the few lines above, and their roles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from crawler.parsers.entities.contacts.items import LINES_ABOVE, ContactItem
from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import any_of
from crawler.parsers.entities.persons import PersonFinder
from crawler.parsers.entities.spans import EntityMatch, Spans
from crawler.parsers.scripts import CYRILLIC_CAPITALS, RUSSIAN_SMALL

_CAPITAL = f"[A-ZÀ-Þ{CYRILLIC_CAPITALS}]"
_NAME = rf"{_CAPITAL}[\w’'-]*[a-zß-ÿ{RUSSIAN_SMALL}][\w’'-]*"
_FURTHER_NAME = rf"[A-Z{CYRILLIC_CAPITALS}]\.|{_CAPITAL}[\w’'-]+"
_LIKELY = 0.85
_LABEL = re.compile(r"[.\s]\s*[\w-]+\.?[^\S\n]*:")
"""Of what follows a role in its line (Тел.:)."""
_OPENING_WORDS = re.compile(r"[^\W\d][\w-]*(?:[^\S\n]+[\w-]+)?[^\S\n]+")
"""What belongs to the role behind it at the start of a line (Exhibition | manager: Jane Roe)."""
_BESIDE = re.compile(r"[^\S\n]*[,(–—-][^\S\n]*([^\n,;()|]{3,70})")
"""What stands beside a name in its line."""


class PeopleNearby:
    """Finds names and roles near numbers and addresses; `block` is the expression for a contact's
    label.
    """

    def __init__(
        self, languages: Mapping[str, Mapping[str, Any]], persons: PersonFinder, block: str
    ) -> None:
        self._persons = persons
        self._block = block
        determiners = any_of(
            w for c in languages for w in cues(languages, c).get("determiners", ())
        )
        words = [cues(languages, code).get("name_lines", {}) for code in languages]
        titles = any_of(title for each in words for title in each.get("titles", ()))
        particles = any_of(particle for each in words for particle in each.get("particles", ()))
        self._name_line = re.compile(
            rf"(?:{titles}\.?[^\S\n-]*)*{_NAME}"
            rf"(?:[^\S\n]+(?:{particles}|{_FURTHER_NAME})){{1,3}}"
        )
        self._before_role = re.compile(rf"(?i:(?:{determiners}|{titles}\.?)[^\S\n]+)*")
        """What stands before a role at the start of a line and is no part of it (Our, Frau)."""

    def find(
        self,
        text: str,
        lines: Sequence[tuple[int, int]],
        items: Sequence[ContactItem],
        persons: Sequence[EntityMatch],
        names: Sequence[EntityMatch],
    ) -> list[ContactItem]:
        """Names (and their roles) on the lines of the items and the few lines above them."""
        rows = {i for i, (s, e) in enumerate(lines) if any(s <= x.start < e for x in items)}
        near = {row - up for row in rows for up in range(LINES_ABOVE + 1)}
        persons, names = Spans.of(persons), Spans.of(names)
        made: list[ContactItem] = []
        for row in sorted(r for r in near if r >= 0):
            start, end = lines[row]
            here = [p for p in persons.touching(start, end) if start <= p.start < end]
            if not here:
                alone = self._line_is_name(text, start, end, names)
                here = [alone] if alone else []
            if len(here) > 1 and row not in rows:
                continue
            for person in here[:1] if row not in rows else here:
                made.append(ContactItem("name", person.start, person.end, person.value))
                role = self._role(text, lines, row, person)
                if role is not None:
                    made.append(role)
        return made

    def _line_is_name(self, text: str, start: int, end: int, names: Spans) -> EntityMatch | None:
        """A line of two or three words with capitals that nothing else explains."""
        line = text[start:end].strip()
        label = re.match(rf"(?i:{self._block})[^\S\n]*:[^\S\n]*", line)
        if label:
            line = line[label.end() :]
        line = line.rstrip(",;")
        if not self._name_line.fullmatch(line):
            return None
        offset = text.index(line, start)
        near = names.touching(offset, offset + len(line))
        if any(n.overlaps(offset, offset + len(line)) for n in near):
            return None
        words = self._persons.words_for(line)
        parts = re.findall(r"[\w’'-]+", line)
        from_folding = [p.lower() for p in parts]
        if any(w in words.not_names for w in from_folding) or any(
            p.endswith(words.not_name_endings) or re.fullmatch(words.role, p, re.IGNORECASE)
            for p in parts
        ):
            return None
        return EntityMatch("persons", offset, offset + len(line), line, _LIKELY, "person:line")

    def _role(
        self, text: str, lines: Sequence[tuple[int, int]], row: int, person: EntityMatch
    ) -> ContactItem | None:
        words = self._persons.words_for(person.value)
        role, before = _role_expressions(words.role, words.title)
        _, end = lines[row]
        beside = _BESIDE.match(text, person.end, end)
        if beside and role.search(beside.group(1)):
            label = _LABEL.search(text, beside.start(1), beside.end(1))
            return _role_item(text, beside.start(1), label.start() if label else beside.end(1))
        if row + 1 < len(lines):
            start, stop = lines[row + 1]
            line = text[start:stop]
            if (
                3 <= len(line.strip()) <= 80
                and role.match(line.strip())
                and not re.search(r"[@\d]{2}", line)
            ):
                return _role_item(text, start, stop)
            if (
                3 <= len(line.strip()) <= 80
                and role.search(line)
                and not re.search(r"[@:]|\d{3}", line)
            ):
                return _role_item(text, start, stop)
        if ":" not in text[lines[row][0] : person.start]:
            return None
        labelled = before.search(text, lines[row][0], person.start)
        if labelled and not re.fullmatch(self._block, labelled.group(1), re.IGNORECASE):
            start = labelled.start(1)
            lead = self._before_role.match(text, lines[row][0], start)
            opening = _OPENING_WORDS.fullmatch(text, lead.end() if lead else 0, start)
            if opening and not re.match(self._block, opening.group(), re.IGNORECASE):
                start = opening.start()
            return _role_item(text, start, labelled.end(1))
        return None


@lru_cache(maxsize=4)
def _role_expressions(role: str, title: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A role, and one before a name and its titles, with a colon or without one. They hold hundreds
    of words: the library may forget them among others, and to make them anew takes a quarter of the
    time of a page.
    """
    return (
        re.compile(rf"(?<![\w-]){role}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<![\w-])({role})[^\S\n]*[:\s][^\S\n]*(?:{title}[^\S\n]*)*$", re.IGNORECASE),
    )


def _role_item(text: str, start: int, end: int) -> ContactItem:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;.)"):
        end -= 1
    return ContactItem("role", start, end, re.sub(r"\s+", " ", text[start:end]))
