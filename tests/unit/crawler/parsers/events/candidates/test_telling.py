"""Whether a reporter tells a page, and what that asks of events."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.parsers.events.candidates import selection
from crawler.parsers.events.candidates.selection import (
    find_likely,
    group_for_choice,
    measure_events,
)
from crawler.parsers.events.candidates.telling import OF_VALUES, is_reported, measure_telling
from crawler.parsers.events.trained.event_models import OF_GATE
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import event_reader, text_page

REPORTER = (
    "The rain had stopped by noon, and old Mr Webb, who had dug tin here as a boy, took off his"
    " hat, shook it, and said nothing for a while. Then he laughed. They had come up the lane in"
    " twos and threes, some with dogs, some with a child by the hand, and they stood about in"
    " the mud, as you do, and waited for the man from the mine, who was late, as he always is."
    " He came at last, out of breath, with a map under his arm, and began to talk of water, of"
    " dust, and of the road."
)
PRESS_OFFICE = (
    "The German Mineral Resources Agency (DERA) and the Ministry of Industry and"
    " Infrastructural Development of the Republic of Kazakhstan organised the 7th German-Kazakh"
    " Raw Materials Conference on 12 November 2031 in Astana. 120 representatives of government"
    " institutions, research organisations and industrial enterprises discussed investments of"
    " EUR 350 million in exploration projects. The Memorandum of Understanding signed by"
    " Director General Dr Anna Weber establishes cooperation in geological mapping until 31"
    " December 2034. Further information is available at the Agency."
)


def _is_reported(text: str, lang: str = "en") -> bool:
    return is_reported(event_reader().annotate(text_page(text, lang, "2031-11-20")))


def test_a_reporter_is_told_from_a_press_office() -> None:
    assert _is_reported(REPORTER)
    assert not _is_reported(PRESS_OFFICE)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("tin ", "holes "), id="of nothing of the field"),
        pytest.param(lambda text: text[:200], id="short"),
    ],
)
def test_others_are_taken_for_a_press_office_s(change: Callable[[str], str]) -> None:
    assert not _is_reported(change(REPORTER))


def test_a_language_that_nothing_was_learnt_of_is_no_reporter_s() -> None:
    assert not _is_reported(REPORTER, "kk")


def test_measures_are_means_of_words() -> None:
    assert measure_telling("Zinn, und 7. " * 30, "de") == {
        "lang.de": 1.0,
        "letters": pytest.approx(-2.5),
        "capitals": 5.0,
        "digits": 5.0,
        "commas": 5.0,
        "sentence": pytest.approx(0.2),
    }
    assert measure_telling("Zinn und " * 29, "de") is None


def test_less_is_asked_of_an_event_that_a_reporter_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = event_reader()
    text = f"{REPORTER} The hearing, on 18 November, was in Truro."
    page = reader.annotate(text_page(text, "en", "2031-11-20"))
    candidates = reader.candidates(page)
    (event,) = reader.find_likely(page, candidates).events
    assert event.best.word == "hearing"
    monkeypatch.setattr(selection, "is_reported", lambda page: False)
    assert not reader.find_likely(page, candidates).events


def test_where_a_reporter_tells_no_event_values_are_asked_of_less_likely_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = event_reader()
    page = reader.annotate(text_page(f"{REPORTER} The hearing was in Truro.", "en", "2031-11-20"))
    candidates = reader.candidates(page)

    def doubtful(odds: float) -> list[str]:
        gate = {OF_GATE: JointModel(LinearModel({"bias": odds}, 0.0, alone=1.0))}
        return [event.best.word for event in find_likely(page, candidates, gate).doubtful]

    assert doubtful(-1.0) == ["hearing"]
    assert doubtful(-2.0) == []
    monkeypatch.setattr(selection, "is_reported", lambda page: False)
    assert doubtful(-1.0) == []


def test_the_gate_reads_how_a_page_is_told() -> None:
    reader = event_reader()
    for text, told in ((f"{REPORTER} The hearing was in Truro.", 1.0), (PRESS_OFFICE, None)):
        page = reader.annotate(text_page(text, "en", "2031-11-20"))
        events = group_for_choice(page, reader.candidates(page))
        measured = measure_events(page, events, None, None, ())
        assert [m.get("page.reported") for m in measured] == [told] * len(events)
        assert events


def test_values_that_a_reporter_tells_in_passing_need_less_to_speak_for_them() -> None:
    reader = event_reader()
    of_office, of_reporter = (
        {
            (stage, question): model.threshold
            for stage, questions in reader.models_of(reader.annotate(page)).items()
            for question, model in questions.items()
        }
        for page in (text_page(text, "en", "2031-11-20") for text in (PRESS_OFFICE, REPORTER))
    )
    lower = {asked[0] for asked, threshold in of_office.items() if of_reporter[asked] < threshold}
    assert lower == set(OF_VALUES)
    assert all(
        of_reporter[asked] == of_office[asked] for asked in of_office if asked[0] not in lower
    )
