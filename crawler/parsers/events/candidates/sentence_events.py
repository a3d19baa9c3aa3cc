"""Which sentences of a page tell of which of its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crawler.parsers.events.candidates.coreference import Cluster
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.page.annotated_page import Scene, SceneSentence

_REACH = 3
"""Sentences behind an event's mention that still tell of it (theme, count)."""
LATE = 12
"""Sentences behind it that may still say who organised it."""


class TellingSentences:
    """Chooses sentences of one scene for events of one page."""

    def __init__(self, scene: Scene, clusters: Sequence[Cluster]) -> None:
        self._scene = scene
        self._clusters = clusters
        self.closed = _closed(clusters)
        """Indexes of sentences that only second events are told in."""

    def near(self, cluster: Cluster, reach: int = _REACH) -> list[SceneSentence]:
        """Its own sentences and the `reach` that follow, without what they say of other events."""
        return [self._owned(s, cluster) for s in self._own_and_next(cluster, reach)]

    def running(self) -> list[SceneSentence]:
        """All running text that is open to the main event."""
        return [s for s in self._scene.body if s.index not in self.closed]

    def _own_and_next(self, cluster: Cluster, reach: int) -> list[SceneSentence]:
        """Sentences that tell of the event: its own, then the ones that follow."""
        own = cluster.sentences()
        if cluster.second:
            following = {i + 1 for i in own}
            return [
                s
                for s in self._scene.sentences
                if s.index in own or (s.index in following and _opens_with_there(s))
            ]
        ordered = [s for s in self._scene.sentences if s.index in own]
        for s in self._scene.sentences:
            follows = any(0 < s.index - i <= reach for i in own)
            if (
                follows
                and s.index not in own
                and s.index not in self.closed
                and s.zone in ("body", "list")
            ):
                ordered.append(s)
        first = cluster.best.sentence.index
        return sorted(ordered, key=lambda s: (s.zone == "headline", s.index != first, s.index))

    def _owned(self, sentence: SceneSentence, cluster: Cluster) -> SceneSentence:
        """The sentence without the cue phrases that stand behind a mention of another event."""
        heads = [
            (c.name.start, k is cluster)
            for k in self._clusters
            for c in k.candidates
            if c.sentence.index == sentence.index
        ]
        if all(mine for _, mine in heads):
            return sentence

        def mine(cue: CueHit) -> bool:
            before = [h for h in heads if h[0] <= cue.start] or [min(heads)]
            return max(before)[1]

        return replace(sentence, cues=tuple(c for c in sentence.cues if mine(c)))


def _opens_with_there(sentence: SceneSentence) -> bool:
    return any(c.start == sentence.start for c in sentence.cue("there"))


def _closed(clusters: Sequence[Cluster]) -> frozenset[int]:
    """Sentences that only second events are told in: closed to the main one."""
    main = clusters[0].sentences()
    return frozenset(i for c in clusters[1:] for i in c.sentences() if i not in main)
