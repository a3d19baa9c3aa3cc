"""Themes of events, by a trained tagger."""

from __future__ import annotations

from pathlib import Path

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.span_tagger import SpanTagger, tagger_kind

THEMES = Path(__file__).parent / "themes" / "models.json"
KIND = tagger_kind("themes of events are read by rules alone")
THEME = "t"
"""The label of a theme."""


class ThemeTagger(SpanTagger):
    """Tags themes in the sentences of one language."""

    shipped = TaggerModels(THEMES, KIND)
