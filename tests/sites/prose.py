"""Prose for made-up news: sentences with slots, put together so that none comes twice in a site."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.yaml_files import read_yaml

WORDS = Path(__file__).with_name("words")
TRIES = 200
"""Fillings of a slot sentence that are tried for one that the site doesn't have yet."""
_NUMBER = re.compile(r"\d+")


@cache
def load_words(language: str) -> dict[str, Any]:
    """Slots, sentences and fixed words of a language."""
    loaded: dict[str, Any] = read_yaml(WORDS / f"{language}.yaml")
    return loaded


class Writer:
    """Writes for one site; what it wrote once, it doesn't write again, not even with other numbers.

    Text that recurs with other numbers is what a reader may take for furniture, and rightly so.
    """

    def __init__(self, language: str, random: Random, site: str) -> None:
        self.words = load_words(language)
        self._random = random
        self._site = site
        self._written: set[str] = set()

    def topic(self) -> dict[str, str]:
        """Values that the sentences of one text share: a town, a company, a material."""
        return {name: self._slot(name) for name in ("town", "company", "material", "body")}

    def sentence(self, patterns: Sequence[str], topic: Mapping[str, str]) -> str:
        """A new sentence from one of the patterns; most of them speak of the topic."""
        for _ in range(TRIES):
            written = self._fill(self._random.choice(patterns), topic)
            if (masked := _NUMBER.sub("0", written)) not in self._written:
                self._written.add(masked)
                return written
        raise ValueError(f"the words of {self._site} are used up: {patterns[0]}")

    def paragraph(self, kinds: Sequence[str], topic: Mapping[str, str]) -> str:
        """Sentences of these kinds (`facts`, `quotes` …), one after the other."""
        return " ".join(self.sentence(self.words[kind], topic) for kind in kinds)

    def items(self, number: int, topic: Mapping[str, str]) -> tuple[str, ...]:
        """Items of a list."""
        return tuple(self.sentence(self.words["items"], topic) for _ in range(number))

    def line(self, pattern: str, topic: Mapping[str, str]) -> str:
        """A line of a page that is no news; such lines may come again."""
        return self._fill(pattern, topic)

    def _fill(self, pattern: str, topic: Mapping[str, str]) -> str:
        keep = {k: v for k, v in topic.items() if self._random.random() < 0.6}
        values = {name: self._slot(name) for name in self.words["slots"]} | keep
        values["material2"] = self._slot("material", but=values["material"])
        values |= {
            "n": str(self._random.randint(12, 480)),
            "pct": str(self._random.randint(3, 60)),
            "year": str(self._random.randint(1998, 2021)),
            "t": str(self._random.randint(1, 14)),
            "site": self._site,
        }
        written = pattern.format_map(values)
        return written[0].upper() + written[1:]

    def _slot(self, name: str, but: str = "") -> str:
        chosen: str = self._random.choice([v for v in self.words["slots"][name] if v != but])
        return chosen
