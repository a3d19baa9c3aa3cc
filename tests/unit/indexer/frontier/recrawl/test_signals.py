"""How far a site is believed, after what its claims and silences were worth."""

from __future__ import annotations

import pytest

from indexer.frontier.recrawl.signals import MEMORY, Score
from indexer.frontier.recrawl.site_history import SiteHistories, SiteHistory
from tests.unit.indexer.record import Record


def record_trials(score: Score, claim: str, *, changed: int, unchanged: int) -> Score:
    for _ in range(unchanged):
        score.record(claim, changed=False)  # type: ignore[arg-type]
    for _ in range(changed):
        score.record(claim, changed=True)  # type: ignore[arg-type]
    return score


def test_a_site_is_believed_until_trials_speak_against_it() -> None:
    score = Score()
    assert score.claims_count
    assert score.silence_counts
    assert not score.claims_proven


def test_claims_that_are_no_changes_end_the_trust_in_claims_and_in_silence() -> None:
    score = record_trials(Score(), "changed", changed=0, unchanged=10)
    assert not score.claims_count
    assert not score.silence_counts
    assert score.silence_is_true


@pytest.mark.parametrize(("kept", "believed"), [(0, False), (20, False), (60, True)])
def test_one_missed_change_ends_the_trust_in_silence_unless_much_speaks_for_it(
    kept: int, *, believed: bool
) -> None:
    score = record_trials(Score(), "unchanged", changed=1, unchanged=kept)
    assert score.silence_counts is believed


def test_trust_is_won_again() -> None:
    score = record_trials(Score(), "changed", changed=0, unchanged=50)
    assert not score.claims_count
    assert record_trials(score, "changed", changed=60, unchanged=0).claims_proven


def test_old_trials_fade() -> None:
    score = record_trials(Score(), "changed", changed=1000, unchanged=0)
    assert score.claims == pytest.approx(MEMORY)
    assert not record_trials(score, "changed", changed=0, unchanged=300).claims_count


def test_a_score_is_kept_as_four_numbers() -> None:
    score = Score(1.0, 2.0, 3.0, 4.0)
    assert Score.from_json(score.to_json()) == score
    assert Score.from_json(None) == Score()


def test_experience_outlasts_the_run(record: Record) -> None:
    histories = SiteHistories(record.connection)
    histories.of("a.example").lastmod.record("changed", changed=True)
    histories.of("a.example").rates.record_visit(0, 1, changed=True)
    histories.save("a.example")
    again = SiteHistories(record.connection).of("a.example")
    assert again.lastmod.claims_kept == 1
    assert again.rates.classes[0][0] == 1
    assert SiteHistories(record.connection).of("b.example") == SiteHistory()


def test_notes_say_what_is_not_heeded() -> None:
    history = SiteHistory()
    assert history.notes() == []
    record_trials(history.lastmod, "changed", changed=1, unchanged=19)
    record_trials(history.validators, "unchanged", changed=2, unchanged=8)
    assert history.notes() == [
        "lastmod is not heeded: 1 of 20 claims were changes",
        "ETag and Last-Modified are not heeded: 2 of 10 pages had changed under the same ones",
    ]
