"""Which day an event has, as a model chooses among those of the page."""

from __future__ import annotations

from crawler.parsers.events.candidates.choice_measures import RULED
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.day_choice import STAGE, DayChoice, Span
from crawler.parsers.events.values.event_dates import EventDates
from tests.event_texts import annotate, event_reader

TEXT = (
    "Das Zinnforum fand in Jena statt. 40 Gäste blieben vom 5. bis 7. Mai 2031. "
    "Der Vertrag gilt ab 9. Juni 2031 für die Grube."
)


def _choice(text: str, start: str | None = None) -> tuple[AnnotatedPage, EventMentions, DayChoice]:
    page = annotate(text, "de", "2031-05-08")
    events = find_events(page, event_reader().candidates(page))
    dated = next((d for s in page.sentences for d in s.dates if d.first == start), None)
    ruled = (
        EventDates(FoundValue(dated.first, dated.part, dated.start, dated.end, "dating.ranked"))
        if dated
        else EventDates()
    )
    return page, events[0], DayChoice(page, {events[0]: ruled})


def _model(**weights: float) -> dict[str, dict[str, JointModel]]:
    return {STAGE: {OF_EVENT: JointModel(LinearModel(weights, 0.0))}}


def test_a_day_that_the_model_is_sure_of_is_given_where_rules_give_none() -> None:
    _, event, choice = _choice(TEXT)
    models = _model(**{"bias": -1.0, "date.range": 2.0})
    dates = choice.choose(models)[event]
    assert dates.start is not None
    assert dates.end is not None
    assert (dates.start.value, dates.end.value) == ("2031-05-05", "2031-05-07")
    assert dates.start.rule == "dating.trained"


def test_without_a_model_the_rules_stand() -> None:
    _, event, choice = _choice(TEXT, "2031-05-05")
    dates = choice.choose({})[event]
    assert dates.start is not None
    assert dates.start.rule == "dating.ranked"


def test_a_day_of_rules_gives_way_only_to_one_that_is_much_likelier() -> None:
    text = "Das Zinnforum fand am 5. Mai 2031 in Jena statt. Am 6. Mai 2031 war Markt."
    _, event, choice = _choice(text, "2031-05-05")
    for odds, start in ((0.5, "2031-05-05"), (2.0, "2031-05-06")):
        chosen = choice.choose(_model(bias=1.0, opens=odds))[event].start
        assert chosen is not None
        assert chosen.value == start


def test_the_day_of_rules_is_measured_as_theirs() -> None:
    _, _, choice = _choice(TEXT, "2031-05-05")
    ruled = [
        value.value for _, value, measures in choice.measure().measure() if measures.get(RULED)
    ]
    assert ruled == [Span("2031-05-05", "2031-05-07")]


def test_open_spans_and_the_day_of_the_page_in_a_line_are_no_days_of_events() -> None:
    text = "Zinnforum in Jena\n\n08.05.2031\n\n" + TEXT
    _, _, choice = _choice(text)
    spans = {value.value for _, value, _ in choice.measure().measure()}
    assert spans == {Span("2031-05-05", "2031-05-07")}


def test_a_day_that_rules_give_another_event_is_not_given_from_where_this_one_is_not_told() -> None:
    text = (
        "Die 3. Zinntagung fand am 5. Mai 2031 in Jena statt. Gruben gibt es viele. "
        "Manche Gäste waren auch beim 8. Bleikongress."
    )
    page = annotate(text, "de", "2031-05-08")
    tin, lead = find_events(page, event_reader().candidates(page))
    day = page.sentences[0].dates[0]
    found = FoundValue(day.first, day.part, day.start, day.end, "dating.ranked")
    choice = DayChoice(page, {tin: EventDates(found), lead: EventDates()})
    assert choice.choose(_model(bias=1.0))[lead] == EventDates()


def test_a_day_within_the_year_of_rules_needs_no_lead() -> None:
    text = "Das Zinnforum 2031 war in Jena. Am 6. Mai 2031 kamen 40 Gäste. Am 7. Juni 2030 nicht."
    for start, given in (("2031", "2031-05-06"), ("2031-05-06", "2031-05-06")):
        _, event, choice = _choice(text, start)
        chosen = choice.choose(_model(**{"bias": 1.0, "date.day": 0.5}))[event].start
        assert chosen is not None
        assert chosen.value == given
    _, event, choice = _choice(text.replace("6. Mai 2031", "6. Mai 2030"), "2031")
    chosen = choice.choose(_model(**{"bias": 1.0, "date.day": 0.5}))[event].start
    assert chosen is not None
    assert chosen.value == "2031"
