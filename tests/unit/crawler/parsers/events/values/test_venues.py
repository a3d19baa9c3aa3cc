from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan, TaggerChoice
from crawler.parsers.events.part_tagger.venue_tagger import VENUE
from crawler.parsers.events.values.venues import TAGGED, VenueReader
from tests.event_texts import annotate, event_reader, read_events, read_values, text_page

if TYPE_CHECKING:
    from crawler.parsers.events.part_tagger.venue_tagger import VenueTagger


@pytest.mark.parametrize(
    ("lang", "text", "venue", "rule"),
    [
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 im Haus der Technik in Essen statt.",
            "Haus der Technik",
            "placing.venue",
        ),
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 auf Schloss Erzburg in Radebeul statt.",
            "Schloss Erzburg",
            "placing.venue",
        ),
        (
            "en",
            "The tin forum took place at the Ritz Hotel in Oslo on 5 May 2031.",
            "Ritz Hotel",
            "placing.venue",
        ),
        (
            "en",
            "The tin forum took place at the Ritz Hotel 12-13 May 2031 in Oslo.",
            "Ritz Hotel",
            "placing.venue",
        ),
        (
            "ru",
            "Форум по олову прошёл 5 мая 2031 года в актовом зале университета в Бишкеке.",
            "актовом зале",
            "placing.venue",
        ),
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 in der Alten Schmelzerei in Essen statt.",
            "Alten Schmelzerei",
            "placing.venue-tagged",
        ),
        (
            "en",
            "The tin forum was held on 5 May 2031 in the Old Smelter, Oslo.",
            "Old Smelter",
            "placing.venue-tagged",
        ),
        (
            "ru",
            "Форум по олову прошёл 5 мая 2031 года в Доме горняка в Бишкеке.",
            "Доме горняка",
            "placing.venue-tagged",
        ),
        (
            "ru",
            "Форум по олову прошёл 5 мая 2031 года в Городском дворце культуры.",
            "Городском дворце культуры",
            "placing.venue",
        ),
        (
            "de",
            "Zinntagung\n\nTermin: 5. Mai 2031\nOrt: Haus der Technik, Essen",
            "Haus der Technik",
            "placing.label",
        ),
        (
            "de",
            (
                "Das Zinnforum findet am 5. Mai 2031 in Jena statt. Veranstaltungsort ist nun das"
                " Volkshaus Jena."
            ),
            "Volkshaus Jena",
            "placing.venue",
        ),
    ],
)
def test_the_house_of_an_event(lang: str, text: str, venue: str, rule: str) -> None:
    assert read_values(text_page(text, lang))["place.venue"] == (venue, rule)


@pytest.mark.parametrize(
    ("lang", "line", "venue"),
    [
        ("ru", "Место проведения: г. Бишкек, отель «Орион»", "отель «Орион»"),
        ("de", "Ort: 04105 Leipzig, Haus der Technik", "Haus der Technik"),
        ("ru", "Место проведения: город Бишкек, Дворец культуры", "Дворец культуры"),
        ("ru", "Место: Город Бишкек", None),
        ("de", "Ort: Stadt Leipzig, Haus der Technik", "Haus der Technik"),
        ("de", "Ort: D-04105 Leipzig", None),
        ("de", "Ort: 2. Etage, Leipzig", "2. Etage"),
        ("de", "Ort\nHaus der Technik, Leipzig", "Haus der Technik"),
        ("de", "Ort:\n\nHaus der Technik, Leipzig", "Haus der Technik"),
        ("de", "Ort | Haus der Technik, Leipzig", "Haus der Technik"),
        ("ru", "Место проведения\nДворец культуры, Бишкек", "Дворец культуры"),
    ],
)
def test_a_town_of_a_label_with_its_postal_code_or_kind_is_no_house(
    lang: str, line: str, venue: str | None
) -> None:
    title, day = {"ru": ("Форум по олову", "Дата: 5 мая 2031 года")}.get(
        lang, ("Zinntagung", "Termin: 5. Mai 2031")
    )
    found = read_values(text_page(f"{title}\n\n{day}\n{line}", lang)).get("place.venue")
    assert (found and found[0]) == venue


def test_the_sentence_behind_tells_the_house_of_a_further_event() -> None:
    events = read_events(
        "The tin forum took place in Oslo on 5 May 2031. A seminar on lead was held in Perth on 4 "
        "May 2031. Guests met at the Fjord Hotel.",
        "en",
        "2031-05-06",
    )
    assert {e.name: e.place.venue for e in events}["seminar on lead"] == "Fjord Hotel"


@pytest.mark.parametrize(
    ("said", "house"),
    [
        ("All meetings are held at the Old Guildhall.", "Old Guildhall"),
        ("All seminars are given in the Old Guildhall.", "Old Guildhall"),
        ("All events at the Old Guildhall were dull.", None),
        ("All events can be asked for in our office at the Old Guildhall.", None),
        ("They like to sit in the Old Guildhall.", None),
    ],
)
def test_the_house_of_all_events_of_a_calendar(said: str, house: str | None) -> None:
    between = "Tea is free.\n\nDogs may come, too.\n\nNobody has to pay."
    lines = "4 May 2031: Tin Seminar\n\n6 June 2031: Lead Forum"
    text = f"Dates\n\n{lines}\n\n{between}\n\n{said}"
    events = read_events(text, "en", "2031-03-01")
    assert len(events) == 2
    assert (events[1].place and events[1].place.venue) == house


def test_a_house_is_not_that_of_a_further_event_where_its_sentence_mentions_another_one() -> None:
    events = read_events(
        "A seminar on lead was held in Perth on 4 May 2031. The 3rd tin forum took place at the "
        "Fjord Hotel in Oslo on 5 May 2031.",
        "en",
        "2031-05-06",
    )
    houses = [e.place.venue for e in events]
    assert sorted(houses, key=str) == ["Fjord Hotel", None]


@pytest.mark.parametrize(
    ("lang", "text", "venue"),
    [
        ("de", "Die Zinntagung fand am 5. Mai 2031 in der Orangerie statt.", "Orangerie"),
        (
            "de",
            "Die Zinntagung fand am 5. Mai 2031 in der Stadtkirche St. Marien in Jena statt.",
            "Stadtkirche St. Marien",
        ),
        ("en", "The tin forum was held at the Old Foundry on 5 May 2031.", "Old Foundry"),
    ],
)
def test_a_line_at_the_top_of_minutes_has_a_house(lang: str, text: str, venue: str) -> None:
    assert [e.place.venue for e in read_events(f"{text}\n\nMore.", lang)] == [venue]


@pytest.mark.parametrize(
    "text",
    [
        "Auf der Zinntagung am 5. Mai 2031 sprach der Staatssekretär im Ministerium für Bergbau.",
        "Die Zinntagung fand am 5. Mai 2031 im Zentrum Berlins statt.",
        "Die Zinntagung fand am 5. Mai 2031 in Halle an der Saale statt.",
    ],
)
def test_the_office_of_a_job_title_and_a_town_or_its_middle_are_no_house(text: str) -> None:
    assert [e.place.venue for e in read_events(text, "de")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "The tin forum took place in Oslo on 5 May 2031. Lead was at the centre of the debate.",
        "The tin forum took place on 5 May 2031 in the centre of Oslo.",
    ],
)
def test_the_middle_of_a_town_or_debate_is_no_house(text: str) -> None:
    assert [e.place.venue for e in read_events(text, "en")] == [None]


NEWS = "Die Zinntagung fand am 5. Mai 2031 {} in Essen statt. Abends aß man im Ratskeller."


@pytest.mark.parametrize(
    ("where", "houses", "likely", "wanted"),
    [
        ("auf Gut Hohenfels", ["Gut Hohenfels"], 0.5, ("Gut Hohenfels", TAGGED, 0.8)),
        ("auf Gut Hohenfels", ["Gut Hohenfels"], 0.3, None),
        ("auf Gut Hohenfels", ["Zinntagung"], 0.9, None),
        ("auf Gut Hohenfels", ["Essen"], 0.9, None),
        ("auf Gut Hohenfels", ["Ratskeller", "Gut Hohenfels"], 0.9, ("Gut Hohenfels", TAGGED, 0.8)),
        ("auf Gut Hohenfels", ["Ratskeller"], 0.9, ("Ratskeller", TAGGED, 0.8)),
        ("im Haus der Technik", ["Haus"], 0.7, ("Haus", TAGGED, 0.8)),
        ("im Haus der Technik", ["Haus"], 0.5, ("Haus der Technik", "placing.venue", 0.6)),
        (
            "im Haus der Technik",
            ["Haus der Technik"],
            0.9,
            ("Haus der Technik", "placing.venue", 0.6),
        ),
        ("im Haus der Technik", ["Ratskeller"], 0.9, ("Haus der Technik", "placing.venue", 0.6)),
    ],
)
def test_the_tagger_stands_beside_the_rules(
    where: str, houses: list[str], likely: float, wanted: tuple[str, str, float] | None
) -> None:
    page = annotate(NEWS.format(where), "de", "2031-05-06")
    event = EventMentions(event_reader().candidates(page)[:1])
    tagger = cast("VenueTagger", _These(houses, likely))
    venue = VenueReader(page, lambda word: False, tagger).venue(event, frozenset())
    assert (venue and (venue.value, venue.rule, venue.confidence)) == wanted
    assert venue is None or page.cut(venue.part, venue.start, venue.end) == venue.value


@dataclass
class _These:
    """A tagger that finds these houses, and is believed from .4 alone, from .6 over rules."""

    houses: list[str]
    likely: float
    choice = TaggerChoice(0.4, 0.6, 0.8)

    def spans(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[TaggedSpan]:
        text = page.text(sentence)
        found = (
            (sentence.start + text.find(house), house) for house in self.houses if house in text
        )
        return [TaggedSpan(start, start + len(house), VENUE, self.likely) for start, house in found]


def test_expression_of_houses_is_made_once_for_a_language() -> None:
    pages = [annotate(f"Die Tagung war im Haus {word}.", "de") for word in ("Elbe", "Saar")]
    first, second = (VenueReader(page, lambda word: False) for page in pages)
    assert first._venue is not None
    assert first._venue is second._venue


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "The 7th Nordic Raw Materials Day in Oslo has been postponed to 2-3 June 2031, NRA"
                " said on Monday."
            ),
        ),
        (
            "de",
            (
                "Rund 180 Gäste kamen zum 6. Rohstofftag nach Jena. Veranstalter war der"
                " Bundesverband Erze gemeinsam mit dem Staatlichen Komitee für Geologie."
            ),
        ),
    ],
)
def test_a_body_that_acts_is_no_house(lang: str, text: str) -> None:
    assert [e.place.venue for e in read_events(text, lang, "2031-04-30")] == [None]
