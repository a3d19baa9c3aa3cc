"""Addresses at which the programs of forums show their threads, and what lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qsl, urlsplit

_SCRIPT = re.compile(r"(?:forums?[_-]?)?(?:view|show)[_-]?(?:topic|thread|forum)")
"""`viewtopic.php` of phpBB, `showthread.php` of vBulletin, `viewthread.php` of PHP-Fusion,
`forum_viewtopic.php` of e107, `file=viewtopic` of portals, `showtopic=9` of Invision.
"""


def shows_thread(url: str | None) -> bool:
    """Whether an address is that of a thread or of a list of threads."""
    return any(map(_SCRIPT.fullmatch, _names(urlsplit((url or "").lower()))))


def _names(parts: SplitResult) -> Iterator[str]:
    yield parts.path.rpartition("/")[2].partition(".")[0]
    for name, value in parse_qsl(parts.query):
        yield from (name, value)
