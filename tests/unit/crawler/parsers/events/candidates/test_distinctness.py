"""Further events of a page, and parts of the main one."""

from __future__ import annotations

import pytest

from crawler.parsers.events.candidates.distinctness import is_distinct
from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.selection import group_for_choice
from tests.event_texts import annotate, read_events

ERZ = "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt."


@pytest.mark.parametrize(
    ("further", "distinct"),
    [
        ("Am 9. Juni 2031 folgt der Kupfergipfel.", True),
        ("Der 4. Kupfergipfel ist geplant.", True),
        ("Ein Empfang schloss sich am 6. Mai 2031 an.", False),
        ("Der Kupfergipfel begann im Juni 2031.", True),
    ],
)
def test_a_date_or_an_edition_of_its_own_makes_an_event(further: str, distinct: bool) -> None:
    page = annotate(f"{ERZ} {further}", "de")
    main, *others = group_for_choice(page, CandidateFinder(page.vocabulary).find(page))
    assert [is_distinct(other, main) for other in others] == [distinct]


@pytest.mark.parametrize(
    ("larger", "names"),
    [
        ("der Tagung „Erze von morgen“", ["13. Preisverleihung", "Tagung „Erze von morgen“"]),
        ("der Tagung", ["13. Preisverleihung"]),
    ],
)
def test_what_an_event_is_held_in_is_another_by_its_quotes(larger: str, names: list[str]) -> None:
    text = f"Die 13. Preisverleihung fand am 8. Mai 2031 im Rahmen {larger} in Freiberg statt."
    assert [event.name for event in read_events(text, "de", "2031-05-10")] == names
