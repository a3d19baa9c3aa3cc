"""Looks for letters of names, in any script. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.stores.short_texts import ShortTexts
from indexer.text.folding import surfaces_of
from indexer.text.romanisation import romanise


def matches(asked: str, forms: Iterable[str]) -> bool:
    """Whether one of the forms of a name has all words that are asked for, in any script; those
    behind it are not looked at.
    """
    wanted = _romanised(asked)
    if not wanted:
        return not asked.strip()
    return _one_has(wanted, map(_line, forms))


class Letters:
    """The letters of many names, made ready once: to compare them takes seconds for 100,000."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        """The forms of each name."""
        self._lines = ShortTexts()
        for forms in names:
            lines = dict.fromkeys(map(_line, dict.fromkeys(forms)))
            self._lines.append("".join(f"\n{line}\n" for line in lines))

    def having(self, asked: str) -> Iterator[int]:
        """Numbers of the names that `matches` finds by what is asked for, if that has any word."""
        wanted = _romanised(asked)
        found = [set(self._lines.holding(word)) for word in wanted]
        for number in sorted(set.intersection(*found)) if found else ():
            if len(wanted) == 1 or _one_has(wanted, self._lines[number].split("\n")):
                yield number


def _one_has(wanted: Sequence[str], lines: Iterable[str]) -> bool:
    return any(all(word in line for word in wanted) for line in lines)


def _line(form: str) -> str:
    return " ".join(_romanised(form))


def _romanised(text: str) -> list[str]:
    # Of letters, double ones are one sound; of digits they are another number. A soft sign is none.
    spelled = (word if word.isdigit() else romanise(word) for word in surfaces_of(text))
    return [word for word in spelled if word]
