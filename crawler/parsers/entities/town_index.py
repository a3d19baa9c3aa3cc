"""The names of all towns, in every case, without a list of forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from crawler.parsers.entities.folding import fold, has_cyrillic, has_inner_capital
from crawler.parsers.entities.russian.town_names import nominatives, stems
from indexer.records.reference import PlaceEntry, place_names
from indexer.records.town_table import ChecksumIndex

_SAINT = "st. "


class TownNames:
    """Knows towns by their names; made when the first one is looked for (0.4 s for 65,000).

    `rivers`: an expression of what links a name to the river or land that only maps add to it;
    `never`: names that are no town without theirs.
    """

    def __init__(self, towns: Mapping[str, PlaceEntry], rivers: str, never: Iterable[str]) -> None:
        self._towns = towns
        self._river = re.compile(rf"((?:Bad[ ](?=\w)|(?=[^\W\d_]{{4,}}[ ]))\S+)[ ]{rivers}[ ].+")
        self._never = frozenset(map(fold, never))

    def key(self, surface: str) -> str | None:
        """The key of the town that is called so, None for any other word."""
        folded = fold(surface)
        found = self._known(folded)
        if found and has_inner_capital(surface) and not self._is_written(surface, found):
            return None
        if folded.startswith(_SAINT):
            found = found or self._known(f"sankt {folded.removeprefix(_SAINT)}")
        if found or not has_cyrillic(surface):
            return found
        if " " in folded:
            found = self._known(stems(folded))
        return found or next(filter(None, map(self._known, nominatives(folded))), None)

    def is_short(self, surface: str, key: str) -> bool:
        """Whether a town is called so only where its river is left out (Halle)."""
        return fold(surface) not in _forms(n for of in self._towns[key].names.values() for n in of)

    def _is_written(self, surface: str, key: str) -> bool:
        """Whether one of the town's names has its capitals so (DeKalb; not SaaS for Saas)."""
        names = (n for of in self._towns[key].names.values() for n in of)
        return any(surface in name for name in names)

    def _known(self, folded: str) -> str | None:
        keys, index, short = self._index
        for row in index.rows(folded):
            if folded in _forms(n for of in self._towns[keys[row]].names.values() for n in of):
                return keys[row]
        return short.get(folded)

    @cached_property
    def _index(self) -> tuple[list[str], ChecksumIndex, Mapping[str, str]]:
        """Keys by row, rows by the checksum of a form, and keys by a name without its river."""
        keys: list[str] = []
        index = ChecksumIndex(self._numbered_forms(keys))
        long = (key for key in keys if " " in key)
        by_river = [(fold(m.group(1)), k) for k in long if (m := self._river.fullmatch(k))]
        often = Counter(short for short, _ in by_river)
        short = {s: k for s, k in by_river if often[s] == 1 and s not in self._never}
        return keys, index, short

    def _numbered_forms(self, keys: list[str]) -> Iterator[tuple[str, int]]:
        """What towns are known by, with the number of their row; `keys` are added on the way."""
        for row, (key, names) in enumerate(place_names(self._towns)):
            keys.append(key)
            for form in _forms(names):
                yield form, row


def _forms(names: Iterable[str]) -> Iterator[str]:
    """What names are known by: folded, and of several Russian words their stems."""
    for name in names:
        folded = fold(name)
        yield folded
        if " " in folded and has_cyrillic(name):
            yield stems(folded)
