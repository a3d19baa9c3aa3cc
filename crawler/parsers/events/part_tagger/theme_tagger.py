"""Themes of events, by a trained tagger."""

from __future__ import annotations

from pathlib import Path

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.sentence_features import SentenceFeatures
from crawler.parsers.events.part_tagger.span_tagger import SpanTagger, tagger_kind

THEMES = Path(__file__).parent / "themes" / "models.json"
KIND = tagger_kind("themes of events are read by rules alone")
THEME = "t"
"""The label of a theme."""
SHIPPED = TaggerModels(THEMES, KIND)
"""The files that come with the program."""


class ThemeTagger(SpanTagger):
    """Tags themes in the sentences of one language."""

    def __init__(
        self, features: SentenceFeatures, language: str, models: TaggerModels | None = SHIPPED
    ) -> None:
        super().__init__(features, language, models)
