"""Words that are a name in one sentence and something else in the next: lead, Essen, бор, Georgia.

The rules stand under `cues.ambiguous` in the file of a language, one for a folded name or form. All
keys hold regular expressions, matched without case unless they start with `(?-i:`:
`unless_before` / `unless_after`: drop the name where they match right before or right after it;
`only_before` / `only_after`: keep it only where one of them matches; `unless_near`: drop it where
they match in its sentence; `unless_text`: drop it where they match anywhere in the text;
`but_before`, `but_beside` and `but_near`: keep it after all where they match right before it,
within a few words, in its sentence, but for `never_before` and `never_after`: where these match
right before or after it, it is none whatever stands near (will lead the mine); `capital: name`: a
capital inside a sentence makes it a name of something else, and so does one anywhere where
`name_after` matches right after it; `capital: needed`: without one it is none (trucks made in
Kazakhstan).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.parsers.entities.folding import fold, sentence_around, starts_sentence

_REACH = 48
"""Characters before and after a name that a rule sees."""
_BESIDE = 24
"""Characters before and after it that `but_beside` sees: about three words."""
_BEFORE = r"(?:^|(?<=\W)|(?=\W))(?:{})[\s«„“\"'-]*$"
_AFTER = r"[\s»“\"-]*(?:{})(?!\w)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Signs that an ambiguous word isn't the name; patterns of None say nothing."""

    unless_before: re.Pattern[str] | None = None
    unless_after: re.Pattern[str] | None = None
    only_before: re.Pattern[str] | None = None
    only_after: re.Pattern[str] | None = None
    unless_near: re.Pattern[str] | None = None
    unless_text: re.Pattern[str] | None = None
    but_before: re.Pattern[str] | None = None
    but_beside: re.Pattern[str] | None = None
    but_near: re.Pattern[str] | None = None
    capital_is_name: bool = False
    capital_needed: bool = False
    never_before: re.Pattern[str] | None = None
    never_after: re.Pattern[str] | None = None
    name_after: re.Pattern[str] | None = None

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the word at this place may be the name."""
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        if _ends(self.never_before, before) or _begins(self.never_after, after):
            return False
        if self.capital_needed and text[start].islower():
            return False
        return not self._refutes(text, start, end) or self._restores(text, start, end)

    def _restores(self, text: str, start: int, end: int) -> bool:
        return (
            _ends(self.but_before, text[max(0, start - _REACH) : start])
            or bool(self.but_beside and self.but_beside.search(_beside(text, start, end)))
            or bool(self.but_near and self.but_near.search(_surroundings(text, start, end)))
        )

    def _refutes(self, text: str, start: int, end: int) -> bool:
        before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
        if (self.capital_is_name and text[start].isupper()) and (
            _begins(self.name_after, after) or not starts_sentence(text, start)
        ):
            return True
        if (self.only_before or self.only_after) and not (
            _ends(self.only_before, before) or _begins(self.only_after, after)
        ):
            return True
        return (
            _ends(self.unless_before, before)
            or _begins(self.unless_after, after)
            or bool(self.unless_near and self.unless_near.search(_surroundings(text, start, end)))
            or bool(self.unless_text and self.unless_text.search(text))
        )


class Ambiguity:
    """The rules of some languages."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._rules: dict[str, dict[str, Rule]] = {}
        for code, content in languages.items():
            rules = content.get("cues", {}).get("ambiguous", {})
            made = {}
            for names, keys in rules.items():
                rule = _rule(keys)
                made.update({fold(name.strip()): rule for name in names.split("|")})
            self._rules[code] = made

    def allows(
        self, text: str, start: int, end: int, words: Iterable[str], language: str | None = None
    ) -> bool:
        """Whether no rule of the language (None: of any) for any of the folded words takes the name
        away.
        """
        tables = [self._rules.get(language, {})] if language else list(self._rules.values())
        return all(
            rule.holds(text, start, end)
            for word in set(words)
            for table in tables
            if (rule := table.get(word)) is not None
        )


def _rule(keys: Mapping[str, str]) -> Rule:
    def compiled(key: str) -> re.Pattern[str] | None:
        return re.compile(keys[key], re.IGNORECASE) if key in keys else None

    def anchored(key: str, form: str) -> re.Pattern[str] | None:
        return re.compile(form.format(keys[key]), re.IGNORECASE) if key in keys else None

    return Rule(
        anchored("unless_before", _BEFORE),
        anchored("unless_after", _AFTER),
        anchored("only_before", _BEFORE),
        anchored("only_after", _AFTER),
        compiled("unless_near"),
        compiled("unless_text"),
        anchored("but_before", _BEFORE),
        compiled("but_beside"),
        compiled("but_near"),
        keys.get("capital") == "name",
        keys.get("capital") == "needed",
        anchored("never_before", _BEFORE),
        anchored("never_after", _AFTER),
        anchored("name_after", _AFTER),
    )


def _surroundings(text: str, start: int, end: int) -> str:
    """The sentence with the word itself taken out."""
    sentence = sentence_around(text, start, end)
    return sentence.replace(text[start:end], " ", 1)


def _beside(text: str, start: int, end: int) -> str:
    """A few words left and right, not beyond a full stop or semicolon."""
    before = re.split(r"[.;:!?\n]", text[max(0, start - _BESIDE) : start])[-1]
    after = re.split(r"[.;:!?\n]", text[end : end + _BESIDE])[0]
    return f"{before} {after}"


def _ends(pattern: re.Pattern[str] | None, before: str) -> bool:
    return pattern is not None and pattern.search(before) is not None


def _begins(pattern: re.Pattern[str] | None, after: str) -> bool:
    return pattern is not None and pattern.match(after) is not None
