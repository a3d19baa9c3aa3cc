"""Letters as expressions see them that ignore case: a quick look before one with many words."""

from __future__ import annotations


def evened(text: str) -> str:
    """Text in which all that such expressions take for the same letter is the same, the Turkish
    ones with and without a dot as well.
    """
    return text.casefold().replace("i\N{COMBINING DOT ABOVE}", "i").replace("ı", "i")
