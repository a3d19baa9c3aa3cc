"""What the models that chose the values of the events of a page say of one value beside the others:
those of its field, the same one at another event, the same body in another role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from crawler.parsers.events.assembly.event_values import EventValues, field_of
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.found_value import FoundValue

_NONE = -5.0
"""Log odds of what there is not."""
_STEM = 5
"""Letters by which the words of a value are known again, in another case perhaps."""
ORGANISERS, PARTICIPANTS = "organisers", "participants.organisations"
_OTHER_ROLE = {ORGANISERS: PARTICIPANTS, PARTICIPANTS: ORGANISERS}
_EMPLOYERS = "persons.organisation"

Key = frozenset[str]


class ValueRivals:
    """Measures the values of the events of a page beside each other."""

    def __init__(self, every: Sequence[tuple[EventMentions, EventValues]]) -> None:
        self._odds: dict[tuple[str, Key], dict[EventMentions, float]] = defaultdict(dict)
        self._of_event: dict[tuple[EventMentions, str], list[tuple[Key, float]]] = defaultdict(list)
        self._employers: set[tuple[EventMentions, Key]] = set()
        for event, values in every:
            for path, found in values.evidence():
                self._add(event, field_of(path), found)

    def _add(self, event: EventMentions, field: str, found: FoundValue[object]) -> None:
        key = _key(found)
        if field == _EMPLOYERS:
            self._employers.add((event, key))
        if found.odds is not None:
            of_value = self._odds[field, key]
            of_value[event] = max(of_value.get(event, found.odds), found.odds)
            self._of_event[event, field].append((key, found.odds))

    def measure(
        self, event: EventMentions, field: str, found: FoundValue[object]
    ) -> Mapping[str, float]:
        """How much likelier a value is than the others; empty where no model judged it, but for
        whether a body employs somebody of the event.
        """
        key = _key(found)
        employs = {"rival.employs": field in _OTHER_ROLE and (event, key) in self._employers}
        own = found.odds
        if own is None:
            return employs
        others = [odds for other, odds in self._of_event[event, field] if other != key]
        elsewhere = [odds for at, odds in self._odds[field, key].items() if at is not event]
        best = max(others, default=_NONE)
        return {
            **employs,
            **self._measure_role(event, field, key, own),
            "rival.lead": own - best,
            "rival.best": best,
            "rival.rank": sum(odds > own for odds in others),
            "rival.chosen": sum(odds > 0 for odds in others),
            "rival.events": len(elsewhere),
            "rival.event": max(elsewhere, default=_NONE) - own,
        }

    def _measure_role(
        self, event: EventMentions, field: str, key: Key, own: float
    ) -> Mapping[str, float]:
        """How much likelier a body has its other role, here or at any event."""
        if field not in _OTHER_ROLE:
            return {}
        of_other = self._odds.get((_OTHER_ROLE[field], key), {})
        if not of_other:
            return {"rival.role": _NONE, "rival.role_any": _NONE}
        return {
            "rival.role": of_other.get(event, _NONE) - own,
            "rival.role_any": max(of_other.values()) - own,
            "rival.role_some": 1.0,
        }


def _key(found: FoundValue[object]) -> Key:
    return frozenset(word.casefold()[:_STEM] for word in str(found.value).split())
