"""What the trained gate reads from the mentions of an event."""

from __future__ import annotations

from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.measures import (
    is_general,
    measure_mentions,
    measure_page,
)
from crawler.parsers.events.candidates.selection import choose_main, group_for_choice
from tests.event_texts import annotate

ERZ = "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt."


def measures(lang: str, text: str, published: str | None = None) -> list[dict[str, float]]:
    """Measures of everything that may be an event, in the order of the page."""
    page = annotate(text, lang, published)
    events = group_for_choice(page, CandidateFinder(page.vocabulary).find(page))
    main = choose_main(page, events)
    return [measure_mentions(page, event, events, main) for event in events]


def test_reasons_of_the_rules_and_what_stands_around() -> None:
    (found,) = measures("de", f"Es war viel los. {ERZ} Gekommen waren viele.", "2031-05-07")
    assert {"reason.event verb", "reason.edition", "in.towns", "day.recent", "name.number"} <= {
        *found
    }
    assert not {"day.soon", "day.far", "at.headline"} & {*found}


def test_a_day_and_a_town_one_sentence_off() -> None:
    (found,) = measures("de", "Die Erzkonferenz war gut. Am 5. Mai 2031 war es warm in Bonn.")
    assert {"near.day", "near.towns"} <= {*found}
    assert not {"day.in", "in.towns"} & {*found}


def test_what_sets_a_second_event_apart_from_the_main_one() -> None:
    main, second = measures("de", f"{ERZ} Am 9. Juni 2031 folgt in Jena der 2. Kupfergipfel.")
    assert main["beside.none"] == main["main"] == second["page.sure"] == 1.0
    assert main["page.best"] == second["page.best"] >= second["score"]
    assert "main" not in second
    assert {"beside.distinct", "beside.other_dates"} <= {*second}


def test_press_of_the_field_names_its_materials() -> None:
    page = annotate("Kupfer wurde teurer. Der Kupferverband e.V. in Bonn warnt davor.", "de")
    assert not is_general(page)
    assert set(measure_page(page)) == {"page.field", "page.bodies"}
    general = annotate("Der Chor sang. Es war schön.", "de")
    assert is_general(general)
    assert measure_page(general) == {"page.general": 1.0}
