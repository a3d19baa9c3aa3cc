"""The words of a language that is written in two scripts: from the lists of one script, those of
the other. Pure.

A language file says under `transcription` what stands in the other script for letters of its own,
`^` for the beginning of a word. The words of `cues` and `dates` are then known in both. Lists of
pages and listings are those of all languages together, and have what is wanted of both scripts
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

TABLE = "transcription"
"""The key of the letters."""
_SECTIONS = ("cues", "dates")
_KEYED_BY_WORDS = frozenset(
    {
        "roles",
        "ordinals",
        "number_words",
        "number_units",
        "seasons",
        "nationality_adjectives",
        "country_names",
    }
)
"""Tables of `cues` whose keys are words; those of others are names that the program knows."""
_IN_A_ROW = frozenset({"first_names"})
"""Texts that are words, parted by spaces."""
_EXPRESSION = re.compile(r"[\\\[(|]")
_APOSTROPHES = "'’‘ʻʼ`"
_START = "^"
_PLACEHOLDER = "X"

Transcribe = Callable[[str], str]


def in_both_scripts(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """A language file with the words of its lists in both scripts, if it says how."""
    letters = content.get(TABLE)
    if not isinstance(letters, dict) or not any(map(_letters, letters)):
        return content
    transcribe = _transcriber(letters)
    both = {key: _both(content[key], key, transcribe) for key in _SECTIONS if key in content}
    return {**content, **both}


def _both(value: Any, key: str, transcribe: Transcribe) -> Any:
    if isinstance(value, dict):
        made = {name: _both(part, str(name), transcribe) for name, part in value.items()}
        if key not in _KEYED_BY_WORDS or any(map(_is_number, value)):
            return made
        return {**{transcribe(str(name)): part for name, part in made.items()}, **made}
    if isinstance(value, list):
        return list(dict.fromkeys(_words_in_both(value, transcribe))) if _is_words(value) else value
    return f"{value} {transcribe(value)}" if key in _IN_A_ROW else value


def _is_number(key: object) -> bool:
    return str(key).lstrip("-").isdecimal()


def _is_words(value: list[Any]) -> bool:
    return all(isinstance(word, str) for word in value)


def _words_in_both(words: list[str], transcribe: Transcribe) -> Iterator[str]:
    for word in words:
        yield word
        if not _EXPRESSION.search(word):
            yield transcribe(word)


def _transcriber(letters: Mapping[str, str]) -> Transcribe:
    """What writes words in the other script, several letters in a row first; a capital stays."""
    table = {_evened(str(own)): str(other) for own, other in letters.items() if _letters(own)}
    plain = sorted(set(map(_letters, table)), key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, plain)), re.IGNORECASE)

    def of_match(found: re.Match[str]) -> str:
        low = found.group().lower()
        opens = found.start() == 0 or not found.string[found.start() - 1].isalnum()
        other = table.get(_START + low, table.get(low, low)) if opens else table.get(low, low)
        return other.capitalize() if found.group()[0].isupper() else other

    def transcribe(phrase: str) -> str:
        return " ".join(
            word if word == _PLACEHOLDER else pattern.sub(of_match, _evened(word))
            for word in phrase.split(" ")
        )

    return transcribe


def _letters(own: object) -> str:
    """What of a key is letters."""
    return str(own).lstrip(_START)


def _evened(word: str) -> str:
    """A word whose apostrophes are one sign."""
    return re.sub(f"[{_APOSTROPHES}]", _APOSTROPHES[0], word)
