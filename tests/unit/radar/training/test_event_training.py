"""Training the models of events."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from crawler.parsers.events.candidates.head_words import word_features
from crawler.parsers.events.candidates.selection import SURE_OF_RULES
from crawler.parsers.events.trained.linear_model import LinearModel
from radar.training.event_parts import FOLDS
from radar.training.event_training import (
    GatePage,
    Least,
    choose_alone,
    choose_doubt,
    choose_further,
    fit_gate,
    gate_page,
    let_in,
)
from radar.training.joint_fit import MOST_ODDS, Sample
from tests.unit.radar.training.training_reader import training_reader


def page(*answers: str, has_event: bool = True) -> GatePage:
    """A page with groups of mentions: "yes", "no", each given by the rules where it ends in "!"."""
    samples = [Sample("train", "", {}, a.startswith("yes")) for a in answers]
    return GatePage(samples, [a.endswith("!") for a in answers], has_event)


def least(alone: float, general: float = MOST_ODDS) -> Least:
    return Least(alone, general)


def test_the_first_event_of_a_page_without_one_by_rules_must_be_surer() -> None:
    odds = np.array([2.0, 0.5, -1.0])
    assert let_in(page("yes", "no", "no"), odds, least(1.0), 0.0).tolist() == [True, True, False]
    assert let_in(page("yes", "no", "no"), odds, least(3.0), 0.0).tolist() == [False] * 3
    assert let_in(page("yes", "no", "no!"), odds, least(3.0), 0.0).tolist() == [True] * 3
    assert let_in(page(), np.array([]), least(1.0), 0.0).tolist() == []


def test_general_press_has_a_threshold_of_its_own() -> None:
    odds = np.array([0.5])
    assert let_in(page("yes"), odds, least(1.0, 0.0), 0.0).tolist() == [False]
    general = replace(page("yes"), general=True)
    assert let_in(general, odds, least(1.0, 0.0), 0.0).tolist() == [True]
    pages = [page("no", has_event=False)] * 40
    pages += [replace(page("no", has_event=False), general=True)] * 40
    every = [np.array([at / 10]) for at in range(80)]
    assert choose_alone(pages, every) == pytest.approx(7.8)
    assert choose_alone(pages, [*reversed(every)], general=True) == pytest.approx(3.8)


def test_what_rules_give_is_doubted_as_long_as_most_of_it_is_wrong() -> None:
    pages = [page("no!", has_event=False), page("yes!"), page("no!", "yes"), page("yes!")]
    odds = [np.array([-2.0]), np.array([-1.0]), np.array([0.0, -3.0]), np.array([1.0])]
    assert choose_doubt(pages, odds) == pytest.approx(0.0, abs=1e-3)
    assert choose_doubt(pages[:2], odds[:2]) == pytest.approx(-2.0, abs=1e-3)
    assert choose_doubt(pages[1:2], odds[1:2]) == -MOST_ODDS
    assert choose_doubt([page("no")], odds[:1]) == -MOST_ODDS
    surest = Sample("train", "", {"score": SURE_OF_RULES}, answer=False)
    assert choose_doubt([GatePage([surest], [True], has_event=False)], odds[:1]) == -MOST_ODDS


def test_so_few_pages_without_an_event_are_given_one() -> None:
    pages = [page("no", has_event=False)] * 60 + [page("yes")]
    odds = [np.array([at / 10]) for at in range(61)]
    assert choose_alone(pages, odds) == pytest.approx(5.8)
    by_rules = [page("no!", has_event=False)] * 9
    assert choose_alone([*pages[:16], *by_rules], odds[:25]) == MOST_ODDS


def test_further_events_are_let_in_as_long_as_most_are_right() -> None:
    pages = [page("yes", "yes", "no"), page("yes", "no", "no")]
    odds = [np.array([3.0, 1.0, -1.0]), np.array([2.0, -2.0, -3.0])]
    assert choose_further(pages, odds, least(1.5)) == -1.0
    assert choose_further([page("no", "no")], [np.array([2.0, 1.0])], least(0.0)) == MOST_ODDS


def test_pages_sought_for_having_no_event_do_not_choose_how_many_further_events_are_let_in() -> (
    None
):
    pages = [page("yes", "yes", "no"), page("yes", "no", "no")]
    odds = [np.array([3.0, 1.0, -1.0]), np.array([2.0, -2.0, -3.0])]
    without = replace(page("no", "no", has_event=False), chooses=False)
    assert choose_further([*pages, without], [*odds, np.array([2.5, 0.5])], least(1.5)) == -1.0
    assert choose_further([without], [np.array([2.5, 0.5])], least(1.5)) == MOST_ODDS


def test_the_gate_has_a_threshold_for_the_first_event_and_one_for_others() -> None:
    text = "Am 5. Mai 2031 fand in Bonn ein Grubenabend statt. Der Grubenabend war gut."
    labels = {"url": "https://erz.example/1", "published": None, "text": text, "lang": "de"}
    mention = {"surface": "Grubenabend", "event": 0}
    reader = training_reader()
    told = reader.read({**labels, "id": "1", "events": [{}], "_events": [mention, mention]})
    taught = gate_page(told, "train")
    assert taught.general
    assert taught.has_event
    assert taught.chooses
    assert not gate_page(told, "train", diluting={"1"}).chooses
    assert [sample.answer for sample in taught.samples] == [True]
    hosts = [replace(taught.samples[0], group=f"{at}.example") for at in range(30)]
    pages = [GatePage([sample], [False], has_event=True) for sample in hosts]
    chosen = [gate_page(told, "chosen-on")]
    turns = fit_gate(pages, chosen, [])
    assert turns == fit_gate(pages, chosen, [])
    assert len(turns) == FOLDS + 1
    model = turns[-1]
    gate = model["questions"]["event"]
    assert set(gate) == {"weights", "trees", "threshold", "alone", "general", "doubt"}
    assert set(model["questions"]["event of page"]) == set(gate)
    assert gate["alone"] >= gate["threshold"]
    assert gate["general"] >= gate["threshold"]


def test_the_gate_reads_which_words_are_heads() -> None:
    text = "Am 5. Mai 2031 fand in Bonn ein Grubenabend statt."
    labels = {"url": "https://erz.example/1", "published": None, "text": text, "lang": "de"}
    told = training_reader().read({**labels, "id": "1", "events": [], "_events": []})
    feature = next(iter(word_features("Grubenabend", "de").keys() - word_features("", "de").keys()))
    heads = LinearModel({feature: 9.0}, 0.0)
    assert gate_page(told, "train", heads).samples[0].measures["head.likely"] == 1.0
    assert "head.likely" not in gate_page(told, "train").samples[0].measures
