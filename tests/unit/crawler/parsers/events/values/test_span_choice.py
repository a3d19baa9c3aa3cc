"""What the choices of themes and of houses have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.values.span_choice import SpanChoice, key_of
from tests.event_texts import annotate, event_reader

TEXT = "Das Zinnforum sprach über Halden. Die Kupfertagung sprach über Minen. Es kam Regen."


class _Ruled(SpanChoice):
    """A choice among what the rules give."""

    field, kind, fewest = "x", "x", 3

    def _in_sentence(self, s: AnnotatedSentence) -> Iterable[tuple[int, int, Mapping[str, float]]]:
        return ()


def test_what_rules_give_is_measured_in_its_sentence() -> None:
    page = annotate(TEXT, "de")
    forum, meeting = (EventMentions([c]) for c in event_reader().candidates(page))
    ruled: dict[EventMentions, FoundValue[str] | None] = {
        event: FoundValue(word, "text", TEXT.index(word), TEXT.index(word) + len(word), "x")
        for event, word in ((forum, "Halden"), (meeting, "Minen"))
    }
    measured = list(_Ruled(page, ruled).measure().measure())
    given = {(e is forum, v.value): v.sentence.index for e, v, m in measured if m.get(RULED)}
    assert given == {(True, "halden"): 0, (False, "minen"): 1}
    assert len(measured) == 4


def test_an_event_without_a_value_of_rules_has_none() -> None:
    page = annotate(TEXT, "de")
    events = [EventMentions([c]) for c in event_reader().candidates(page)]
    assert list(_Ruled(page, dict.fromkeys(events)).measure().measure()) == []


def test_spaces_and_capitals_do_not_tell_values_apart() -> None:
    assert key_of("Alte  Halden") == key_of("alte halden")
