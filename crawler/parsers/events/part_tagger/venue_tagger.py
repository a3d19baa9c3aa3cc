"""Houses where events are, by a trained tagger."""

from __future__ import annotations

from pathlib import Path

from crawler.parsers.entities.tagger.models import TaggerModels
from crawler.parsers.events.part_tagger.span_tagger import SpanTagger, tagger_kind

VENUES = Path(__file__).parent / "venues" / "models.json"
KIND = tagger_kind("houses of events are read by rules alone")
VENUE = "v"
"""The label of a house."""


class VenueTagger(SpanTagger):
    """Tags houses in the sentences of one language."""

    shipped = TaggerModels(VENUES, KIND)
