from crawler.parsers.events.candidates.choice_measures import (
    MOST_MENTIONS,
    RULED,
    ChoiceMeasures,
    ValueMention,
)
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from indexer.records.document import Mention
from tests.event_texts import annotate, event_reader

TEXT = "Zum Zinnforum kamen 40 Gäste. Die Kupfertagung zählte 70 Gäste, später waren es 40."


def _events(page: AnnotatedPage) -> list[EventMentions]:
    return [EventMentions([c]) for c in event_reader().candidates(page)]


def _numbers(page: AnnotatedPage) -> list[ValueMention]:
    found = []
    for sentence in page.sentences:
        text = page.texts["text"]
        for number in ("40", "70"):
            at = text.find(number, sentence.start, sentence.end)
            if at >= 0:
                mention = Mention("count", "text", at, at + 2, number, number)
                found.append(ValueMention(sentence, mention, number, {f"is.{number}": 1.0}))
    return found


def test_each_value_is_measured_at_each_event() -> None:
    page = annotate(TEXT, "de")
    forum, meeting = _events(page)
    measured = ChoiceMeasures([forum, meeting], _numbers(page), {forum: ("40",), meeting: ()})
    read = {(e is forum, v.value): m for e, v, m in measured.measure()}
    assert set(read) == {(True, "40"), (True, "70"), (False, "40"), (False, "70")}
    assert {pair for pair, m in read.items() if m.get(RULED)} == {(True, "40")}
    assert {pair for pair, m in read.items() if m.get("ruled.elsewhere")} == {(False, "40")}
    assert {pair for pair, m in read.items() if m.get("is.40")} == {(True, "40"), (False, "40")}


def test_the_mention_that_is_nearest_to_an_event_stands_for_a_value() -> None:
    page = annotate(TEXT, "de")
    events = _events(page)
    measured = ChoiceMeasures(events, _numbers(page), {})
    places = {
        (e is events[0]): v.mention.start for e, v, _ in measured.measure() if v.value == "40"
    }
    assert places == {True: TEXT.index("40"), False: TEXT.rindex("40")}


def test_a_page_full_of_values_is_not_judged_whole() -> None:
    page = annotate(TEXT, "de")
    events = _events(page)[:1]
    (one, *_) = _numbers(page)
    many = [ValueMention(one.sentence, one.mention, n, {}) for n in range(MOST_MENTIONS + 5)]
    assert len(list(ChoiceMeasures(events, many, {}).measure())) == MOST_MENTIONS


def test_an_event_keeps_the_value_of_the_rules_that_is_not_judged() -> None:
    page = annotate(TEXT, "de")
    forum, meeting = _events(page)
    (one, *_) = _numbers(page)
    many = [ValueMention(one.sentence, one.mention, n, {}) for n in range(MOST_MENTIONS + 5)]
    ruled = {forum: (MOST_MENTIONS + 2,), meeting: ()}
    measured = ChoiceMeasures([forum, meeting], many, ruled)
    assert [measured.may_be_chosen(event) for event in (forum, meeting)] == [False, True]
    known = ChoiceMeasures([forum, meeting], many, {forum: (0,)})
    assert known.may_be_chosen(forum)
    few = ChoiceMeasures([forum, meeting], many[:5], ruled)
    assert few.may_be_chosen(forum)
