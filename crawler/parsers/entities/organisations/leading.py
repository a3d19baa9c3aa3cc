"""What stands in front of a name and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crawler.parsers.entities.entity_words import cues
from crawler.parsers.entities.expressions import literal


class LeadingWords:
    """Articles, and posts up to "of" or "for", in German and English."""

    def __init__(self, languages: Mapping[str, Mapping[str, Any]]) -> None:
        self._languages = languages

    def length(self, name: str) -> int:
        """The length of articles, posts and the like in front of a name."""
        found = self._words.match(name)
        at = found.end() if found else 0
        based = self._based.match(name, at)
        at = based.end() if based else at
        post = self._post.match(name, at)
        return post.end() if post else at

    @cached_property
    def _words(self) -> re.Pattern[str]:
        words = [
            w for c in self._languages for w in cues(self._languages, c).get("org_leading", ())
        ]
        return re.compile(rf"(?:{literal(words, any_case=True)}[^\S\n]+)+", re.IGNORECASE)

    @cached_property
    def _based(self) -> re.Pattern[str]:
        """Where a body has its seat (London-based, Salt Lake City-based), not what it builds on."""
        grounds = literal(cues(self._languages, "en").get("grounds", ()), any_case=True)
        word = r"[A-Z][\w.'’]*"
        return re.compile(rf"(?:{word}[ -]){{0,3}}(?!(?i:{grounds})[-‑]){word}[-‑]based[^\S\n]+")

    @cached_property
    def _post(self) -> re.Pattern[str]:
        """A post before a body's name: `Vice Chancellor of`, `Chairman and Managing Director of
        the`.
        """
        roles = literal(cues(self._languages, "en").get("roles", ()))
        grade = (
            r"(?:(?:Vice|Deputy|First|Senior|Acting|Assistant|Associate|Executive|Co)"
            r"[^\S\n-]*[ -])*"
        )
        return re.compile(
            rf"{grade}{roles}s?(?:[^\S\n]+(?:and|&)[^\S\n]+{grade}{roles}s?)?[^\S\n]+(?:of|"
            r"for|at)[^\S\n]+(?:the[^\S\n]+)?"
        )
