"""An event put together, and what supports each of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawler.parsers.events.page.found_value import FoundValue
from indexer.records.document import Event, Mention


@dataclass(frozen=True, slots=True)
class AssembledEvent:
    """An event with the evidence of each value."""

    event: Event
    evidence: tuple[tuple[str, FoundValue[object]], ...]
    """Path of the value below the event (`place.city`) and its evidence."""
    measures: tuple[Mapping[str, float], ...] = ()
    """What the confidence of each was judged by; none where markup says something of the event, or
    it is a further stop of another one.
    """

    def mentions(self, index: int) -> Iterator[Mention]:
        """Evidence as mentions of `events[index]`."""
        for path, found in self.evidence:
            value = found.value if isinstance(found.value, str | int) else str(found.value)
            yield Mention(
                field=f"events[{index}].{path}",
                part=found.part,
                start=found.start,
                end=found.end,
                surface="",
                value=value,
                confidence=found.confidence,
                extractor=found.rule,
                inferred=found.inferred,
            )
