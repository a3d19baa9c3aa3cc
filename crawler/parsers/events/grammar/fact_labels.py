"""Lists of facts beside a text: a label, and behind or below it what it tells (Ort: Freiberg)."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

from crawler.parsers.alternatives import either
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.word_lists import WordLists

_LINES = re.IGNORECASE | re.MULTILINE
_LINES_BETWEEN = 4
"""Line breaks between two labels of one list of facts."""


class FactLabels:
    """The labels of one language, and how they stand beside what they tell."""

    def __init__(self, words: WordLists) -> None:
        self._words = words
        self._clause_openers = words.word_set("clause_openers")

    @cached_property
    def mark(self) -> re.Pattern[str]:
        """What stands between a label and what it tells: a colon, a dash, a particle."""
        particles = either(self._words.phrases("label_particles"))
        return re.compile(rf":|\s[–—-]\s|\s{particles}\s")

    @cached_property
    def any_label(self) -> re.Pattern[str]:
        """A label of a place, a day or a contact in a list of facts."""
        contacts = self._words.cues.get("contact_labels", {})
        keys = ("block", "tel", "mobile", "fax", "email")
        of_contacts = (word for key in keys for word in contacts.get(key, ()))
        labels = (
            *self._words.phrases("venue_labels"),
            *self._words.phrases("date_labels"),
            *of_contacts,
        )
        return re.compile(rf"(?:{either(labels)})(?!\w)", re.IGNORECASE)

    @cached_property
    def _lone_label(self) -> re.Pattern[str]:
        """A label of a list of facts in a line or cell of its own, up to what it tells. Of several
        in a row, which are the heads of a table, none is found (without group), nor one before the
        head of contacts (Veranstalter, and below it: Kontakt).
        """
        label = either(
            [
                *self._words.phrases("venue_labels"),
                *self._words.phrases("date_labels"),
                *self._hosts,
            ]
        )
        then = r"[ ]?:?(?:\n{1,2}|[ ]\|[ ])"
        contacts = self._words.cues.get("contact_labels", {})
        told = rf"(?!(?:{either(contacts.get('block', ()))})[ ]?:?$)[^\s|][^\n|]*$"
        return re.compile(
            rf"^(?:(?:(?:{label}){then}){{2,}}|({label}){then}(?={told}))",
            _LINES,
        )

    @cached_property
    def _bare_label(self) -> re.Pattern[str]:
        """A label of a list of facts and what it tells, with nothing but a blank between them: the
        number of a day or hour, in its group, or a name in a line that is no sentence.
        """
        days = either(self._words.phrases("date_labels"))
        others = either([*self._words.phrases("venue_labels"), *self._hosts])
        day = r"(?:[^\W\d]+[.․,]*[ ]){0,2}\d"
        name = rf"(?:[^\W\d]{{1,3}}[.․][ ])?(?-i:[\d{CAPITAL}«„“\"])"
        return re.compile(
            rf"^(?:(?P<day>{days})[ ](?={day})|{others}[ ](?={name})(?![^\n]*[.!?]$))", _LINES
        )

    @cached_property
    def _hosts(self) -> list[str]:
        """Words that label an organiser (Veranstalter)."""
        hosts = (p.removesuffix(" X") for p in self._words.phrases("organiser") if p.endswith(" X"))
        return [host for host in hosts if host.isalpha()]

    def _join_bare(self, text: str) -> str:
        """Such labels with a colon, where another one stands in a line near by: one alone may begin
        a sentence, and one that opens clauses, too, a heading (Where copper is found), but beside a
        day.
        """
        found = list(self._bare_label.finditer(text))
        near = {
            m
            for a, b in pairwise(found)
            if text.count("\n", a.end(), b.start()) <= _LINES_BETWEEN and self._are_labels(a, b)
            for m in (a, b)
        }
        if not near:
            return text
        characters = list(text)
        for m in near:
            characters[m.end() - 1] = ":"
        return "".join(characters)

    def _are_labels(self, *found: re.Match[str]) -> bool:
        labels = {m.group().strip().casefold() for m in found}
        dated = any(m["day"] for m in found)
        return len(labels) > 1 and (dated or labels.isdisjoint(self._clause_openers))

    def join(self, text: str) -> str:
        """`text`, in which a label and what it tells in the line below, or in the cell beside it,
        are one line with a colon, as in other lists of facts; same length.
        """
        text = self._lone_label.sub(lambda m: f"{m[1]}:".ljust(len(m[0])) if m[1] else m[0], text)
        return self._join_bare(text)
