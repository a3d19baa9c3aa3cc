"""Themes of events in labelled pages: where they stand, and which events have which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmarks.counted import Counted
from benchmarks.labelled_parts import PartPlace
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.theme_tagger import THEME
from radar.training.labelled_pages import LabelledPage, Record
from radar.training.value_answers import same


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


def count_themes(
    labelled: LabelledPage, read: Iterable[tuple[EventMentions, FoundValue[str] | None]]
) -> Counted:
    """The themes of the events of a page that are found; what is no event is left out."""
    themes = dict(read)
    counted = Counted()
    for event, number in labelled.events_of_groups(list(themes)):
        if number is None:
            continue
        label = labelled.record["events"][number]
        wanted, theme = themes_of(label), themes[event]
        if theme is not None and not label.get("theme") and wanted:
            continue
        right = theme is not None and any(same(v, theme.value) for v in wanted)
        counted += Counted(right, theme is not None, bool(label.get("theme")))
    return counted
