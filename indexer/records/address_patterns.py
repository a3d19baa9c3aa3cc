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
from urllib.parse import quote

import re2

MEMORY = 1 << 20
"""Bytes that one expression may take, compiled and while it runs. An address of the greatest length
then takes a tenth of a second at the worst, which only thousands of nested repetitions reach.
"""

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_REMEDIES = (
    (r"\(\?<?[=!]", "can't look ahead or behind: what must not match goes into `exclude`"),
    (r"\(\?P|\\[1-9]", "can't refer back to a group: write out what may stand there"),
    (r"\(\?\(", "can't depend on a group: write two expressions"),
    (r"\\Z", "write $ for the end of an address"),
    (r"(\(\?>|[*+?]\+|\{[\d,]*\}\+)", "no repetition is possessive: leave the second + or ?> out"),
    (r"\\[uUN]", "characters beyond ASCII are percent-encoded: write %D0%B0"),
    (r"\(\?#", "put comments beside it, behind a # of YAML"),
    (r"\(\?[aLux-]", "of the flags, there are (?i), (?s) and (?m)"),
    (r"\{\d+", "repeat at most 1000 times, all nested repetitions multiplied"),
)
"""What stands where RE2 stops, and what to write instead."""
_OPEN_BELOW = re.compile(r"(?<!\\)\{,(\d+)\}")
"""RE2 takes it for the characters themselves."""


class AddressPattern:
    """One expression, ready to be looked for in addresses."""

    __slots__ = ("_compiled",)

    def __init__(self, text: str) -> None:
        """Compile; ValueError says in one line what is wrong and what to write instead."""
        beyond = _BEYOND_ASCII.search(text)
        if beyond:
            written = quote(beyond[0], errors="replace")
            raise ValueError(
                f'matches no address, they are percent-encoded: write "{written}" for "{beyond[0]}"'
            )
        below = _OPEN_BELOW.search(text)
        if below:
            raise ValueError(f"repeats without a least number: write {{0,{below[1]}}}")
        try:
            self._compiled = re2.compile(text, _options())
        except re2.error as error:
            raise ValueError(_mistake(error)) from error

    def is_in(self, address: str) -> bool:
        """Whether it matches anywhere in a canonical address."""
        return self._compiled.search(address) is not None


def _options() -> re2.Options:
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
    for stop, remedy in _REMEDIES:
        if re.match(stop, place):
            return f'is not a regular expression of RE2 at "{place}": {remedy}'
    return f"is not a regular expression: {reason}"
