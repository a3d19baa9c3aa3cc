r"""Regular expressions that people write for page addresses (`include`, `exclude`). Pure.

They run in linear time, on RE2: no expression and no address makes the crawl wait, which with
Python's `re` a nested repetition such as `(\w+-?)+` and a long slug do, for longer than anybody
lives. What RE2 leaves out for that (looking ahead or behind, backreferences) is a mistake.

An address is matched as it is stored, in ASCII: percent-encoded, host in punycode. So `\w`, `\d`
and `\b` mean letters, digits and words of ASCII; letters beyond it never match and are a mistake.
The syntax is that of https://github.com/google/re2/wiki/Syntax.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    import re2

MEMORY = 1 << 20
"""Bytes that one expression may take, compiled and while it runs. An address of the greatest length
then takes a tenth of a second at the worst, which only thousands of nested repetitions reach.
"""

_PARTS = re.compile(
    r"""\\u(?P<u>[0-9A-Fa-f]{4}) | \\U(?P<U>[0-9A-Fa-f]{8})
    | \\x\{(?P<braced>[0-9A-Fa-f]{1,8})\} | \\x(?P<x>[0-9A-Fa-f]{2})
    | \\[\x00-\x7f]
    | (?P<class>\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\])
    | (?P<beyond>[^\x00-\x7f]+)""",
    re.VERBOSE,
)
"""Characters, classes of them, and whatever is escaped."""
_REMEDIES = (
    (r"\(\?<?[=!]", "can't look ahead or behind: what must not match goes into `exclude`"),
    (r"\(\?P|\\[1-9]", "can't refer back to a group: write out what may stand there"),
    (r"\(\?\(", "can't depend on a group: write two expressions"),
    (r"\\Z", "write $ for the end of an address"),
    (r"(\(\?>|[*+?]\+|\{[\d,]*\}\+)", "no repetition is possessive: leave the second + or ?> out"),
    (r"\\[uUN]", "write the character itself; one beyond ASCII is percent-encoded"),
    (r"\(\?#", "put comments beside it, behind a # of YAML"),
    (r"\(\?[aLux-]", "of the flags, there are (?i), (?s) and (?m)"),
    (r"\{\d+", "repeat at most 1000 times, all nested repetitions multiplied"),
)
"""What stands where RE2 stops, and what to write instead."""
_OPEN_BELOW = re.compile(r"(?<!\\)\{,(\d+)\}")
"""RE2 takes it for the characters themselves."""


_TURNED_ROUND = re.compile(r"\{(\d{1,9}),(\d{1,9})\}")


class AddressPattern:
    """One expression, ready to be looked for in addresses."""

    __slots__ = ("_compiled",)

    def __init__(self, text: str) -> None:
        """Compile; ValueError says in one line what is wrong and what to write instead."""
        if not text:
            raise ValueError("is empty, and so matches every address: leave it out")
        for part in _PARTS.finditer(text):
            _check_ascii(part, text)
        below = _OPEN_BELOW.search(text)
        if below:
            raise ValueError(f"repeats without a least number: write {{0,{below[1]}}}")
        # 4 MiB, and every process reads the records of sources.
        import re2  # noqa: PLC0415

        try:
            self._compiled = re2.compile(text, _options())
        except re2.error as error:
            raise ValueError(_mistake(error)) from error

    def is_in(self, address: str) -> bool:
        """Whether it matches anywhere in a canonical address."""
        return self._compiled.search(address) is not None


def _check_ascii(part: re.Match[str], pattern: str) -> None:
    """ValueError for characters beyond ASCII, with what to write instead."""
    if part["class"]:
        inner = (_character(p) or p["beyond"] for p in _PARTS.finditer(part["class"][1:-1]))
        if not all(c is None or c.isascii() for c in inner):
            raise ValueError(
                f'can\'t have "{part["class"]}": addresses are percent-encoded, so that a letter '
                'beyond ASCII takes several characters; write alternatives, "(%D0%B0|%D0%B1)" for '
                '"[аб]", or what is in ASCII before or after it'
            )
        return
    characters = _character(part) or part["beyond"]
    # RE2 knows \x and no \u.
    if characters is None or (characters.isascii() and not (part["u"] or part["U"])):
        return
    *first, last = (quote(c, safe="", errors="replace") for c in characters)
    if pattern[part.end() : part.end() + 1] in ("*", "+", "?", "{") and len(last) > 1:
        last = f"({last})"
    raise ValueError(
        "matches no address, they are percent-encoded: "
        f'write "{"".join(first)}{last}" for "{part[0]}"'
    )


def _character(part: re.Match[str]) -> str | None:
    """The character that is written by its number."""
    number = part["u"] or part["U"] or part["braced"] or part["x"]
    return chr(int(number, 16)) if number and int(number, 16) <= sys.maxunicode else None


def _options() -> re2.Options:
    import re2  # noqa: PLC0415  # see above

    options = re2.Options()
    options.max_mem = MEMORY
    options.never_capture = True
    options.log_errors = False
    return options


def _mistake(error: re2.error) -> str:
    said = error.args[0]
    reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if reason.startswith("pattern too large"):
        return "is too large a regular expression: split it, or repeat less"
    _, _, place = reason.partition(": ")
    turned = _TURNED_ROUND.match(place)
    if turned and int(turned[1]) > int(turned[2]):
        right = f"{{{turned[2]},{turned[1]}}}"
        return f'is not a regular expression at "{place}": the lesser number comes first, {right}'
    for stop, remedy in _REMEDIES:
        if re.match(stop, place):
            return f'is not a regular expression of RE2 at "{place}": {remedy}'
    return f"is not a regular expression: {reason}"
