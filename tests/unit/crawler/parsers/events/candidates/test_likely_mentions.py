"""Which mentions by likely words are worth a look at their values."""

from __future__ import annotations

from crawler.parsers.events.candidates.likely_mentions import (
    choose_likely,
    may_have_likely,
    measure_likely,
)
from crawler.parsers.events.candidates.likely_words import LikelyWords, own_features
from crawler.parsers.events.candidates.selection import LikelyEvents
from crawler.parsers.events.page.annotated_page import AnnotatedPage
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import event_reader, text_page

FORUM = "The 5th Mining Forum took place in Berlin on 4 May 2031 and was about tin. "
HOTPOT = "The drillers had a hotpot in Leipzig on 7 May 2031. Copper is dear."
_ANY, _HOTPOT = own_features("hotpot", "en")[:2]
WORDS = LikelyWords({_ANY: -5.0, _HOTPOT: 9.0}, "en")


def _page(text: str) -> tuple[AnnotatedPage, LikelyEvents]:
    reader = event_reader()
    page = reader.annotate(text_page(text, "en", "2031-06-01"))
    return page, reader.find_likely(page, reader.candidates(page))


def _chosen(text: str, odds: float) -> list[str]:
    """The words of what is doubtful, where the model finds each likely mention that likely."""
    page, known = _page(text)
    reader = event_reader()
    found = reader.find_words(page, reader.candidates(page), WORDS)
    gate = JointModel(LinearModel({"bias": odds}, 0.0))
    chosen = choose_likely(page, known, found, gate, None)
    assert chosen.events == known.events
    return [event.best.word for event in chosen.doubtful if event.likely]


def test_a_likely_mention_is_read_beside_an_event_where_it_is_likely_enough() -> None:
    assert _chosen(FORUM + HOTPOT, -0.9) == ["hotpot"]
    assert _chosen(FORUM + HOTPOT, -1.1) == []


def test_a_page_without_an_event_asks_for_less() -> None:
    assert _chosen(HOTPOT, -1.4) == ["hotpot"]
    assert _chosen(HOTPOT, -1.6) == []


def test_a_day_and_a_town_that_no_event_has_set_it_apart() -> None:
    page, known = _page(FORUM + HOTPOT)
    reader = event_reader()
    found = reader.find_words(page, reader.candidates(page), WORDS)
    groups = choose_likely(
        page, known, found, JointModel(LinearModel({"bias": 9.0}, 0.0)), None
    ).doubtful
    (measures,) = measure_likely(page, list(groups), found, known, None)
    assert (measures["day.own"], measures["town.own"], measures["given"]) == (1.0, 1.0, 1.0)
    assert "day.shared" not in measures


def test_pages_that_models_have_not_learnt_from_have_none() -> None:
    assert may_have_likely(*_page(HOTPOT))
    assert not may_have_likely(*_page(HOTPOT.replace("Copper", "Bread")))
    assert not may_have_likely(*_page(HOTPOT + " It was a fine day." * 45))
