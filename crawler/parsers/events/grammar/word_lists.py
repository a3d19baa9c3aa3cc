"""How the lists of words in config/languages/XX.yaml under `cues` become sets and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from crawler.parsers.alternatives import either
from crawler.parsers.events.grammar.grammars import grammar_for
from crawler.parsers.scripts import YE, YO


@lru_cache(maxsize=20_000)
def folded(words: str) -> str:
    """Words for look-up: case folded, ё as е."""
    low = words.casefold().replace(YO, YE)
    return words if low == words else low  # one string for both, of tens of thousands


def known_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole words or phrases, longest first."""
    return re.compile(rf"(?<!\w)(?:{either(words, alike=str.lower)})(?!\w)", re.IGNORECASE)


def _each_word(value: Any, change: Callable[[str], str]) -> Any:
    """The lists and tables of a language, with each of their words changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {_each_word(k, change): _each_word(v, change) for k, v in value.items()}
    return [_each_word(v, change) for v in value] if isinstance(value, list) else value


def _stem_sign(sign: str) -> str:
    return r"\w*" if sign == "~" else re.escape(sign)


class WordLists:
    """The lists of one language; `content` is its file as `Reference.languages` holds it. A key
    that the file has not is an empty list, whose patterns match nothing. The signs of words are
    evened as those of texts are.
    """

    def __init__(self, lang: str, content: Mapping[str, Any]) -> None:
        self.lang = lang
        self.grammar = grammar_for(lang)
        self.cues: Mapping[str, Any] = _each_word(content.get("cues", {}), self.grammar.even_signs)

    def phrases(self, key: str) -> list[str]:
        """The phrases of a key, empty where the language has none."""
        value = self.cues.get(key, [])
        return [str(v) for v in value] if isinstance(value, list) else []

    def word_set(self, key: str) -> frozenset[str]:
        """The words of a key, case folded."""
        return frozenset(v.casefold() for v in self.phrases(key))

    def with_stems(self, key: str) -> re.Pattern[str]:
        """A pattern that a whole word of the list matches; `~` is any ending."""
        words = either(map(str.casefold, self.phrases(key)), _stem_sign)
        return re.compile(rf"{words}\Z", re.IGNORECASE)

    def whole_phrases(self, key: str) -> re.Pattern[str]:
        """A pattern that one of the phrases matches as a whole; `~` is any ending, `…` a gap."""
        made = "|".join(
            re.escape(phrase).replace("\\~", "~").replace("~", r"\w*").replace("…", r"[^.;!?\n]*?")
            for phrase in self.phrases(key)
        )
        return re.compile(rf"(?:{made})\Z" if made else r"(?!)", re.IGNORECASE)

    def _alternatives(self, key: str) -> str:
        """The phrases, case folded and with either of ё and е, as an expression that matches
        nothing where there are none.
        """
        made = "|".join(re.escape(folded(phrase)) for phrase in self.phrases(key))
        return made.replace(YE, f"[{YE}{YO}]") or r"(?!)"

    def beginnings(self, key: str, behind: str = "") -> re.Pattern[str]:
        """A pattern that text matches where it begins with one of the phrases and what stands
        `behind` it.
        """
        return re.compile(rf"(?:{self._alternatives(key)}){behind}")

    def forms(self, phrase: str) -> set[str]:
        """The case and number forms of a noun phrase."""
        return self.grammar.forms(phrase)

    def forms_of(self, key: str) -> set[str]:
        """All forms of the phrases of a key."""
        return {form for phrase in self.phrases(key) for form in self.forms(phrase)}

    def forms_with_values(self, key: str) -> dict[str, Any]:
        """The forms of the phrases of a table → their values; ё as е."""
        table: Mapping[str, str] = self.cues.get(key, {})
        found: dict[str, Any] = {}
        for phrase, value in table.items():
            for form in self.forms(phrase):
                found[form.replace(YO, YE)] = value
        return found
