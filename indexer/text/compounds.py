"""German compounds: Rohstoffdialogplattform → rohstoff, dialog, plattform.

A word is split only if it is covered from its first letter to its last by known words, with the
linking sounds of German between them (Handel-s-kammer); what merely contains a known word (Herz,
reisen, Restaurant) stays whole. Words that look like compounds but mean something else
(Eisenbahn, Salzburg) are listed in the configuration and stay whole inside longer words, too.
A few parts make a compound of whatever they are joined to (Porzellancluster): no other word holds
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.text.folding import fold
from indexer.text.stemming import is_cyrillic, stem

LANGUAGE = "de"
SHORTEST_PART = 3
SHORTEST_UNKNOWN = 4
"""Letters of a part that is no known word: shorter ones are endings (Cluster-ung)."""
LONGEST_COMPOUND = 60


class CompoundSplitter:
    """Splits folded words by a vocabulary.

    `parts`: words that compounds are made of; `whole`: words never split; `linking`: sounds that
    may stand between two parts (s, es, n …); `telling`: parts by which a word is a compound,
    also if the others are not known. All in ordinary spelling.
    """

    def __init__(
        self,
        parts: Iterable[str],
        whole: Iterable[str] = (),
        linking: Iterable[str] = (),
        telling: Iterable[str] = (),
    ) -> None:
        self._telling = tuple(map(fold, telling))
        self._linking = ("", *sorted({fold(sound) for sound in linking}, key=len))
        self._whole = {stem(fold(word), LANGUAGE) for word in whole}
        self._parts: set[str] = {fold(word) for word in whole}
        self._stems: set[str] = set(self._whole)
        self._longest = max(map(len, self._parts), default=0)
        self._beginnings = {part[:SHORTEST_PART] for part in self._parts}
        # Short words first: a part that is itself a compound of parts adds nothing but blocks
        # splits.
        for word in sorted({fold(part) for part in parts}, key=lambda w: (len(w), w)):
            if len(word) >= SHORTEST_PART and not self.split(word):
                self._parts.add(word)
                self._beginnings.add(word[:SHORTEST_PART])
                self._stems.add(stem(word, LANGUAGE))
                self._longest = max(self._longest, len(word))

    def split(self, word: str) -> tuple[str, ...]:
        """Stems of the parts of a folded word, in their order; empty if it is no known compound."""
        if not 2 * SHORTEST_PART <= len(word) <= LONGEST_COMPOUND:
            return ()
        if stem(word, LANGUAGE) in self._whole:
            return ()
        pieces = self._cover(word) or self._around_telling(word)
        return tuple(stem(piece, LANGUAGE) for piece in pieces) if len(pieces) > 1 else ()

    def knows(self, stemmed: str) -> bool:
        """Whether a stem is that of a word that compounds are made of."""
        return stemmed in self._stems

    def guesses(self, word: str) -> Iterator[tuple[str, str]]:
        """Stems of the two parts that a folded word may have of which one only is known."""
        if stem(word, LANGUAGE) in self._whole:
            return
        for end in range(SHORTEST_PART + 1, len(word) - SHORTEST_UNKNOWN + 1):
            before, after = word[:end], word[end:]
            if (
                before in self._parts
                or after in self._parts
                or stem(after, LANGUAGE) in self._stems
            ):
                for sound in self._linking:
                    if before.endswith(sound) and len(before) - len(sound) >= SHORTEST_UNKNOWN:
                        yield stem(before.removesuffix(sound), LANGUAGE), stem(after, LANGUAGE)

    def _cover(self, word: str) -> tuple[str, ...]:
        """The cover of `word` by the fewest parts, of several that with the longest first part."""
        if not self._begins_with_part(word):
            return ()  # as most words do
        length = len(word)
        best: list[tuple[str, ...] | None] = [None] * (length + 1)
        best[length] = ()
        for start in range(length - SHORTEST_PART, -1, -1):
            rest = word[start:]
            if start and (rest in self._parts or stem(rest, LANGUAGE) in self._stems):
                best[start] = (rest,)
                continue
            best[start] = self._first_part(word, start, best)
        return best[0] or ()

    def _around_telling(self, word: str) -> tuple[str, ...]:
        """The cover by the first part that tells a compound, and by what stands beside it."""
        for part in self._telling:
            before, found, after = word.partition(part)
            if found and stem(found + after, LANGUAGE) == stem(part, LANGUAGE):
                found, after = found + after, ""  # its own ending
            beside = [piece for piece in (before, after) if piece]
            if found and beside and all(len(piece) >= SHORTEST_UNKNOWN for piece in beside):
                return *self._pieces(before), found, *self._pieces(after)
        return ()

    def _pieces(self, word: str) -> tuple[str, ...]:
        whole = () if stem(word, LANGUAGE) in self._whole else self._cover(word)
        return whole or ((word,) if word else ())

    def _begins_with_part(self, word: str) -> bool:
        if word[:SHORTEST_PART] not in self._beginnings:
            return False
        longest = min(len(word) - SHORTEST_PART, self._longest)
        return any(word[:end] in self._parts for end in range(SHORTEST_PART, longest + 1))

    def _first_part(
        self, word: str, start: int, best: list[tuple[str, ...] | None]
    ) -> tuple[str, ...] | None:
        found: tuple[str, ...] | None = None
        longest = min(len(word) - SHORTEST_PART, start + self._longest)
        for end in range(longest, start + SHORTEST_PART - 1, -1):
            part = word[start:end]
            if part not in self._parts:
                continue
            rest = self._after(word, end, best)
            if rest and (found is None or len(rest) + 1 < len(found)):
                found = (part, *rest)
        return found

    def _after(
        self, word: str, end: int, best: list[tuple[str, ...] | None]
    ) -> tuple[str, ...] | None:
        """The cover after a part: directly, or after a linking sound."""
        covers = (
            best[end + len(sound)]
            for sound in self._linking
            if word.startswith(sound, end) and end + len(sound) < len(word)
        )
        return min((cover for cover in covers if cover), key=len, default=None)


def part_stem(surface: str) -> str:
    """The form of a word in the parts stream: its Russian or German stem, by script."""
    return stem(surface, "ru" if is_cyrillic(surface) else LANGUAGE)
