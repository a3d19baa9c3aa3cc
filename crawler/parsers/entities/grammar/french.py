"""French names: a plural of things that have one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crawler.parsers.entities.grammar.base import NameGrammar


class FrenchNames(NameGrammar):
    """French."""

    def inflect(self, words: Sequence[str], *, plural: bool) -> Iterable[str]:
        """The plural."""
        name = " ".join(words)
        return () if not plural or name.endswith(("s", "x", "z")) else (name + "s",)
