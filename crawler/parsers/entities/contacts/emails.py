"""E-mail addresses, plain and disguised: `info(at)example.org`, `name [at] example dot org`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from crawler.parsers.entities.contacts.items import ContactItem, lines_of
from crawler.parsers.entities.expressions import any_of

_LOCAL = r"[A-Za-z0-9][\w.+%-]{0,63}"
_HOST = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"


class EmailFinder:
    """Finds addresses; `disguises`: what stands for `@` and dot, and what is put in between."""

    def __init__(self, disguises: Mapping[str, Sequence[str]]) -> None:
        self._disguises = disguises

    def find(self, text: str) -> Iterator[ContactItem]:
        """Plain and disguised addresses; a bare ` at ` only behind a label or with a ` dot `."""
        strict, loose = self._patterns
        lines = list(lines_of(text))
        plain = [span for span in lines if self._at_sign.search(text, *span)]
        signed = frozenset(plain)
        with_at = [span for span in lines if span in signed or self._says_at(text, span)]
        taken: list[tuple[int, int]] = []
        for pattern, spans in ((strict, plain), (loose, with_at)):
            for match in (m for span in spans for m in pattern.finditer(text, *span)):
                suffix = "2" if pattern is loose and match.group("local2") else ""
                start, end = match.start(f"local{suffix}"), match.end()
                if any(s < end and start < e for s, e in taken):
                    continue
                taken.append((start, end))
                yield ContactItem(
                    "email",
                    start,
                    end,
                    self._address(match.group(f"local{suffix}"), match.group(f"host{suffix}")),
                )

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        ats = self._disguises.get("at", ("@",))
        dots = self._disguises.get("dot", (".",))
        plain_at = any_of(
            rf"\s?{re.escape(a.strip())}\s?" if _bracketed(a) else re.escape(a)
            for a in ats
            if not a.strip().isalpha()
        )
        plain_dot = any_of(
            [r"\.", *(rf"\s?{re.escape(d.strip())}\s?" for d in dots if _bracketed(d))]
        )
        any_at = any_of(
            [plain_at, *(rf"\s{re.escape(a.strip())}\s" for a in ats if a.strip().isalpha())]
        )
        any_dot = any_of(
            [r"\.", *(rf"\s?{re.escape(d.strip())}\s?" for d in dots if d.strip() != ".")]
        )
        word_dot = any_of(rf"\s{re.escape(d.strip())}\s" for d in dots if d.strip().isalpha())
        shape = (
            r"(?<![\w@.+%-])(?P<local>{local})(?P<at>{at})"
            r"(?P<host>{host}(?:{dot}{host}){{0,6}}{dot}[A-Za-z]{{2,12}})(?![\w@])"
        )
        strict = re.compile(shape.format(local=_LOCAL, host=_HOST, at=plain_at, dot=plain_dot))
        loose = re.compile(
            rf"(?<![\w@.+%-])(?P<local>{_LOCAL})(?P<at>{any_at})(?P<host>{_HOST}(?:{any_dot}{_HOST}){{0,6}}(?:{word_dot})[A-Za-z]{{2,12}})(?![\w@])"
            rf"|(?<=:)[^\S\n]*(?P<local2>{_LOCAL})(?P<at2>{any_at})(?P<host2>{_HOST}(?:{any_dot}{_HOST}){{0,6}}{any_dot}[A-Za-z]{{2,12}})(?![\w@])"
        )
        return strict, loose

    @cached_property
    def _at_sign(self) -> re.Pattern[str]:
        ats = (a.strip() for a in self._disguises.get("at", ("@",)))
        return re.compile(any_of(re.escape(a) for a in ats if not a.isalpha()))

    @cached_property
    def _bare_words(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """An "at" in letters; what a line with one needs besides, a label or a "dot" in letters."""
        ats, dots = (
            [re.escape(w.strip()) for w in self._disguises.get(kind, ()) if w.strip().isalpha()]
            for kind in ("at", "dot")
        )
        return re.compile(rf"\s{any_of(ats)}\s"), re.compile(rf":|\s{any_of(dots)}\s")

    def _says_at(self, text: str, line: tuple[int, int]) -> bool:
        at, besides = self._bare_words
        return bool(besides.search(text, *line) and at.search(text, *line))

    def _address(self, local: str, host: str) -> str:
        for dot in self._disguises.get("dot", ()):
            host = re.sub(rf"\s?{re.escape(dot.strip())}\s?", ".", host, flags=re.IGNORECASE)
        for inserted in self._disguises.get("insert", ()):
            host = host.replace(f".{inserted}", "").replace(f"{inserted}.", "")
            local = local.replace(f"-{inserted}", "").replace(f".{inserted}", "")
        return f"{local}@{host.lower()}"


def _bracketed(disguise: str) -> bool:
    return not disguise.strip().isalpha() and disguise.strip() != "."
