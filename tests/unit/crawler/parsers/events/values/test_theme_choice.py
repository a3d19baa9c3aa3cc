"""Which theme an event has, as a model chooses among what may be one on the page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crawler.parsers.events.candidates.choice_measures import MOST_MENTIONS
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.candidates.event_sentences import EventSentences
from crawler.parsers.events.candidates.selection import find_events
from crawler.parsers.events.candidates.value_choice import OF_EVENT
from crawler.parsers.events.page.annotated_page import AnnotatedSentence
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan
from crawler.parsers.events.part_tagger.theme_tagger import THEME
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from crawler.parsers.events.values.theme_choice import STAGE, ThemeChoice, rule_themes
from tests.event_texts import annotate, event_reader

TEXT = "Das Zinnforum fand am 5. Mai 2031 in Jena statt. Man sprach über alte Halden. Es kam Regen."


def _choice(text: str, tagged: str = "") -> tuple[EventMentions, ThemeChoice]:
    page = annotate(text, "de", "2031-05-08")
    candidates = event_reader().candidates(page)
    events = find_events(page, candidates)

    def tag(s: AnnotatedSentence) -> Sequence[TaggedSpan]:
        at = page.texts[s.part].find(tagged, s.start, s.end) if tagged else -1
        return [TaggedSpan(at, at + len(tagged), THEME, 0.9)] if at >= 0 else []

    ruled = rule_themes(page, events, EventSentences(page, events, candidates))
    return events[0], ThemeChoice(page, tag, ruled)


def _model(**weights: float) -> dict[str, dict[str, JointModel]]:
    return {STAGE: {OF_EVENT: JointModel(LinearModel(weights, 0.0))}}


@pytest.mark.parametrize(
    ("text", "tagged", "measure", "theme"),
    [
        (TEXT, "", "from.link", "alte Halden"),
        (TEXT, "Regen", "from.tagger", "Regen"),
        ("Das Zinnforum findet am 5. Mai 2031 statt: Alte Halden.", "", "from.mark", "Alte Halden"),
        (
            "Das Zinnforum fand am 5. Mai 2031 statt, „Alte Halden“.",
            "",
            "from.quotes",
            "Alte Halden",
        ),
        (
            "Zinnforum am 5. Mai 2031\n\nAlte Halden\n\n" + TEXT,
            "",
            "from.line",
            "Alte Halden",
        ),
    ],
)
def test_a_theme_that_the_model_is_sure_of_is_given_where_rules_give_none(
    text: str, tagged: str, measure: str, theme: str
) -> None:
    event, choice = _choice(text, tagged)
    assert choice.choose({})[event] is None
    chosen = choice.choose(_model(**{"bias": -1.0, measure: 3.0}))[event]
    assert chosen is not None
    assert (chosen.value, chosen.rule) == (theme, "themes.trained")
    assert text[chosen.start : chosen.end] == theme


def test_a_theme_of_rules_gives_way_only_to_one_that_is_much_likelier() -> None:
    text = (
        "Das Zinnforum fand am 5. Mai 2031 unter dem Motto „Neue Minen“ statt."
        " Man sprach über Halden."
    )
    event, choice = _choice(text)
    for odds, theme in ((0.5, "Neue Minen"), (2.0, "Halden")):
        chosen = choice.choose(_model(**{"bias": 1.0, "from.link": odds}))[event]
        assert chosen is not None
        assert chosen.value == theme


def test_what_stands_far_from_an_event_is_no_theme_of_it() -> None:
    text = TEXT + " Es war kalt. Es war nass. Der Minister schrieb über neue Minen."
    _, choice = _choice(text)
    values = {value.mention.value for _, value, _ in choice.measure().measure()}
    assert "alte Halden" in values
    assert "neue Minen" not in values


def test_a_theme_of_rules_behind_many_others_stays() -> None:
    many = "".join(f" Man sprach von „Halden Nr. {n}“." for n in range(MOST_MENTIONS + 5))
    text = many + " Das Zinnforum fand am 5. Mai 2031 unter dem Motto „Neue Minen“ statt."
    event, choice = _choice(text.strip())
    chosen = choice.choose(_model(**{"bias": -1.0, "from.quotes": 3.0}))[event]
    assert chosen is not None
    assert chosen.value == "Neue Minen"


def test_a_theme_of_the_model_is_given_without_the_quotes_it_stands_in() -> None:
    text = "Das Zinnforum findet am 5. Mai 2031 statt: „Alte Halden“."
    event, choice = _choice(text)
    chosen = choice.choose(_model(**{"bias": -1.0, "from.mark": 3.0, "from.quotes": -9.0}))[event]
    assert chosen is not None
    assert (chosen.value, text[chosen.start : chosen.end]) == ("Alte Halden", "Alte Halden")
