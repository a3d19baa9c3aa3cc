"""Characters that no text holds. Apart from markup, whose parser a server does not load."""

from __future__ import annotations

# NUL and the other controls that no text holds.
_CONTROLS = bytes([*range(9), 0x0B, *range(0x0E, 0x20), 0x7F])


def clean_characters(text: str) -> str:
    """Text without control characters, lone surrogates replaced, lines ended by \\n."""
    # By way of bytes: thirteen times as fast as a pattern over characters.
    data = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    if b"\r" in data:  # to replace what is not there takes as long
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.decode()
