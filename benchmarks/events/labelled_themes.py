"""Themes of events in labelled pages: where they stand, and what they are."""

from __future__ import annotations

import re

from benchmarks.events.labelled_parts import PartPlace
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.part_tagger.theme_tagger import THEME
from radar.training.labelled_pages import LabelledPage, Record


def find_themes(labelled: LabelledPage, sentence: AnnotatedSentence) -> list[PartPlace]:
    """The themes in a sentence."""
    text = labelled.page.texts[sentence.part]
    places = []
    for theme in sorted({t for e in labelled.record["events"] for t in themes_of(e)[:1]}):
        words = re.compile(rf"(?<!\w){re.escape(theme)}(?!\w)")
        found = words.finditer(text, sentence.start, sentence.end)
        places += [PartPlace(*match.span(), THEME) for match in found]
    return places


def themes_of(event: Record) -> list[str]:
    """The theme of a labelled event, and what is as good."""
    return [t for t in (event.get("theme"), *(event.get("theme_alt") or ())) if t]
