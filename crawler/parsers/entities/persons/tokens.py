"""Words with a capital, initials and particles: the runs of them that a name may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LATIN_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’ʻ‘ʼ]*[a-zß-öø-ÿā-ž][\w'’ʻ‘ʼ]*(?:-[\w'’ʻ]+)*"
_LATIN_INITIAL = r"(?:[CDGKSZ]h|Ts|Dz|Y[aeou]|[A-ZÄÖÜ])"
"""One letter, or the two that one Cyrillic letter becomes (Kh.Bold, Ts.Bat)."""
LATIN_TOKEN = re.compile(
    rf"(?P<initial>(?<!\w)(?:{_LATIN_INITIAL}\.-?){{1,3}})|(?P<particle>\b(?:von[ ](?:der|dem|den)|van[ ](?:der|den|de)|von|van|de[ ]la|de|zu|di|da|del|della|dos|al|el|bin|ibn|ter|le|la|du|of)\b)|(?P<word>\b{_LATIN_WORD}|\b(?:Xi|Li|Yi|Bo|Ma)\b)"
)
_CYRILLIC_WORD = r"[А-ЯЁӘҒҚҢӨҰҮІҲЎҶӢӮ][а-яёәғқңөұүһіҳўҷӣӯ'’]+(?:-[А-ЯЁӘҒҚҢӨҰҮІ]?[а-яёәғқңөұүһі]+)*"
CYRILLIC_TOKEN = re.compile(
    rf"(?P<initial>(?<!\w)(?:(?:Дж|Дз|[А-ЯЁ])\.[ ]?){{1,2}})|(?P<particle>\b(?:фон|ван|де|ди|аль|дер)\b)|(?P<word>\b{_CYRILLIC_WORD})"
)
_GAP = re.compile(r"[ \N{NO-BREAK SPACE}]{0,2}")


@dataclass(frozen=True, slots=True)
class NameToken:
    """A word of a name; `kind` is initial, particle or word."""

    start: int
    end: int
    text: str
    kind: str
    is_place: bool = False
    """A country or town that is a first name as well."""


def runs_of(token_pattern: re.Pattern[str], text: str) -> Iterator[list[NameToken]]:
    """Tokens with nothing but a blank or two between them."""
    run: list[NameToken] = []
    for match in token_pattern.finditer(text):
        kind = str(match.lastgroup)
        token = NameToken(
            match.start(),
            match.start() + len(match.group().rstrip()),
            match.group().rstrip(),
            kind,
        )
        if run and not _GAP.fullmatch(text, run[-1].end, token.start):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def up_to_words(piece: list[NameToken], words: int) -> list[NameToken]:
    """The piece up to so many words."""
    kept: list[NameToken] = []
    for token in piece:
        if sum(t.kind == "word" for t in kept) == words:
            break
        kept.append(token)
    return without_outer_particles(kept)


def without_outer_particles(piece: list[NameToken]) -> list[NameToken]:
    """Without particles at its ends."""
    while piece and piece[0].kind == "particle":
        piece = piece[1:]
    while piece and piece[-1].kind == "particle":
        piece = piece[:-1]
    return piece
