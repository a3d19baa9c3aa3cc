"""The languages in which people are spoken to: pages, mails and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from indexer.records.values import check_text

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch", "ru": "Русский"}
"""Each by its own name."""
DEFAULT = "en"


def _check(text: str) -> str:
    if text not in LANGUAGES:
        raise ValueError(f"is no language of messages: {', '.join(LANGUAGES)}")
    return text


SpokenLanguage = Annotated[str, check_text(_check)]
