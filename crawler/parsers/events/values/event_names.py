"""What an event is called, and its edition."""

from __future__ import annotations

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import Cluster
from crawler.parsers.events.page.annotated_page import Scene
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.values.series import skip_opening_words


def read_name(scene: Scene, cluster: Cluster) -> Found[str]:
    """The name of its best mention, Russian ones in the nominative; a journey's may be the
    headline.
    """
    best = cluster.best
    part = best.sentence.part
    start, end = best.name.start, best.name.end
    generic = best.word in scene.vocabulary.generic_heads
    if generic and best.name.quote and best.name.year:
        start, end = best.name.quote
    if best.name.quote and best.name.ordinal and not generic:
        end = best.head[1]
    headline = _headline(scene, best)
    if headline and not cluster.second:
        return headline
    end = _destination(scene, best, end)
    start = skip_opening_words(scene, part, start, end)
    text = scene.texts[part][start:end].rstrip(" ,")
    value = _in_nominative(scene, text, best, start)
    return Found(value, part, start, start + len(text), f"names.{best.kind}")


def read_ordinal(cluster: Cluster) -> Found[int] | None:
    """The number of the edition, where one of its mentions tells it."""
    for c in cluster.candidates:
        if c.name.ordinal and c.name.ordinal_span:
            start, end = c.name.ordinal_span
            return Found(c.name.ordinal, c.sentence.part, start, end, "names.ordinal", 0.9)
    return None


def _in_nominative(scene: Scene, text: str, best: Candidate, start: int) -> str:
    """Russian names as one writes them alone: (на) Горном форуме → Горный форум."""
    head = (best.head[0] - start, best.head[1] - start)
    if best.kind in ("verb", "brand") or head[0] < 0:
        return text
    return scene.grammar.nominative_phrase(text, head)


def _destination(scene: Scene, best: Candidate, end: int) -> int:
    """The end of where a journey goes, right behind its head (Reise nach Kasachstan)."""
    if best.kind != "trip":
        return end
    for place in best.sentence.of("places", "countries"):
        between = scene.masked[place.part][end : place.start].split()
        leads = between and between[0] in scene.vocabulary.place_prepositions
        if leads and len(between) <= 2 and end < place.start:
            return place.end
    return end


def _headline(scene: Scene, best: Candidate) -> Found[str] | None:
    """A journey told by its verb alone is called by the headline."""
    if best.kind != "verb":
        return None
    for s in scene.sentences:
        if s.zone == "headline" and not s.dates and s.end - s.start > 15:
            return Found(scene.text(s), s.part, s.start, s.end, "names.headline", 0.6)
    return None
