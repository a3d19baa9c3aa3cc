import pytest

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate, read_events


def find(lang: str, text: str) -> list[tuple[str, Candidate]]:
    page = annotate(text, lang)
    return [
        (page.cut(c.sentence.part, c.name.start, c.name.end), c)
        for c in CandidateFinder(page.vocabulary).find(page)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "en",
            "STEPPE Ore Gold 2031 opened in Oslo.",
            [("STEPPE Ore Gold 2031", "brand")],
            id="a brand with a year",
        ),
        pytest.param("en", "TIN STEPPE MINING Q3 2031 was a record.", [], id="a quarter"),
        pytest.param(
            "de",
            "Der Arbeitskreis Wolfram lädt zu einem Seminar nach Bonn.",
            [("Arbeitskreis Wolfram", "body"), ("Seminar", "gathering")],
            id="a body invites",
        ),
        pytest.param(
            "de", "Vereinbart wurde eine Konferenz.", [("Konferenz", "gathering")], id="plain"
        ),
        pytest.param(
            "de",
            "Der Kongress zog 800 Besucher an, auch Fachbesuchern gefiel er.",
            [("Kongress", "gathering")],
            id="visitors are no visit",
        ),
        pytest.param(
            "en",
            "The meeting with a delegation ended.",
            [("meeting", "gathering")],
            id="visitors belong to the meeting",
        ),
    ],
)
def test_candidates(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, c.kind) for name, c in find(lang, text)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "ordinal"),
    [
        ("de", "Zum dritten Mal fand in Bonn die Erzkonferenz statt.", 3),
        ("en", "For the third time the Ore Conference took place in Oslo.", 3),
        ("de", "In Bonn fand die Erzkonferenz statt.", None),
    ],
)
def test_edition_apart_from_the_name(lang: str, text: str, ordinal: int | None) -> None:
    assert [c.name.ordinal for _, c in find(lang, text)] == [ordinal]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Sie kamen am 5. Mai 2031. Am selben Tag begann die Tagung.", ["2031-05-05"]),
        ("Sie kamen am 5. Mai 2031. Dann begann die Tagung.", []),
        ("Die Tagung begann am 6. Mai 2031.", ["2031-05-06"]),
        ("Seit dem 6. Mai 2031 läuft die Tagung.", []),
    ],
)
def test_dates_of_a_candidate(text: str, dates: list[str]) -> None:
    ((_, candidate),) = find("de", text)
    assert [d.first for d in candidate.dates] == dates


def test_a_date_behind_another_mention_is_that_one_s() -> None:
    text = "The council, which runs the forum, expects the next edition in May 2032."
    found = find("en", text)
    assert [(name, [d.first for d in c.dates]) for name, c in found] == [
        ("council", []),
        ("forum", []),
        ("edition", ["2032-05"]),
    ]


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("During the 2031 edition of the Ore Week, the annual workshop took place in Oslo.", True),
        ("The annual workshop and the Ore Week took place in Oslo.", False),
    ],
)
def test_occasion_of_another_event(text: str, occasion: bool) -> None:
    assert any(c.is_occasion for _, c in find("en", text)) is occasion


@pytest.mark.parametrize(
    ("text", "following", "previous"),
    [
        ("Die nächste Erzkonferenz findet in Jena statt.", True, False),
        ("Die vorige Erzkonferenz fand in Jena statt.", False, True),
        ("Die Erzkonferenz fand in Jena statt.", False, False),
    ],
)
def test_next_and_previous(text: str, following: bool, previous: bool) -> None:
    ((_, candidate),) = find("de", text)
    assert (candidate.next_cue, candidate.previous_cue) == (following, previous)


def test_contact_block_holds_no_candidate() -> None:
    text = (
        "Erze\n\nAm Montag kamen Fachleute und sprachen über Erze.\n\nAnsprechpartner:\n\n"
        "Die Erzkonferenz findet in Bonn statt."
    )
    assert find("de", text) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Der Grubenabend war schön.", ["Grubenabend"]),
        ("de", "Der Abend war schön.", []),
        ("de", "Die 3. Grubennacht war schön.", ["3. Grubennacht"]),
        ("de", "Zu „Erz trifft Alltag“ kamen viele.", ["Erz trifft Alltag"]),
        ("en", "The copper evening in Oslo was fine.", ["copper evening"]),
        ("ru", "Фестиваль камня прошел в Оше.", ["Фестиваль камня"]),
        ("de", "Am Dienstag schien die Sonne.", []),
    ],
)
def test_heads_of_an_open_class_and_quotes(lang: str, text: str, expected: list[str]) -> None:
    found = find(lang, text)
    assert [name for name, c in found if c.kind == "open"] == expected
    assert all(c.score < 0 for _, c in found)


def test_the_quoted_name_of_a_body_is_no_event() -> None:
    text = "Brief des Klubs „Rhein und Oder“.\n\nAm 5. Mai 2031 kam „Rhein und Oder“ nach Bonn."
    assert [name for name, c in find("de", text) if c.kind == "open"] == []


def test_a_headline_that_is_a_quotation_is_no_event() -> None:
    said = "“Copper is the new oil”"
    assert [name for name, _ in find("en", f"{said}\n\nShe said it on 5 May 2031.")] == []


@pytest.mark.parametrize(
    ("lang", "text", "indefinite"),
    [
        ("de", "In Bonn kam ein geplantes Gespräch zustande.", True),
        ("de", "In Bonn kam das Gespräch zustande.", False),
        ("de", "Ein Gast kam zum Gespräch.", False),
        ("en", "They held a short meeting in Oslo.", True),
        ("en", "They held the meeting in Oslo.", False),
    ],
)
def test_what_is_told_for_the_first_time(lang: str, text: str, indefinite: bool) -> None:
    assert [c.indefinite for _, c in find(lang, text)] == [indefinite]


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("A return visit is planned for May 2031.", True),
        ("A return visit is not planned.", False),
    ],
)
def test_a_return_visit_with_a_time_is_another_one(text: str, following: bool) -> None:
    assert [c.next_cue for _, c in find("en", text)] == [following]


def test_what_is_told_of_the_next_edition_goes_on_behind_a_comma() -> None:
    found = find("en", "He will help the next edition, which will be held in Oslo in May 2031.")
    assert [[d.first for d in c.dates] for _, c in found] == [["2031-05"]]


def test_quotes_without_end_cost_no_more_than_some() -> None:
    found = find("de", "Gezeigt wurden " + ", ".join(f"„Erz {i} und Licht“" for i in range(60)))
    assert len(found) == 20


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "В мае пройдут следующие мероприятия:"),
        ("de", "Folgende Veranstaltungen sind am 5. Mai 2031 in Jena geplant."),
        ("en", "The following events take place in Oslo on 5 May 2031."),
        ("en", "An overview of upcoming tin conferences in Perth in 2031."),
    ],
)
def test_what_opens_a_list_is_no_event(lang: str, text: str) -> None:
    assert find(lang, text) == []


@pytest.mark.parametrize("name", ["Tin Days", "Spring Meetings"])
def test_what_is_named_in_the_plural_opens_no_list(name: str) -> None:
    found = find("en", f"The next {name} will be held in Perth in May 2031.")
    assert [name for name, _ in found] == [name]


def test_several_that_follow_with_their_days_are_events() -> None:
    text = "Die nächsten Konferenzen sind am 3. Mai 2031 in Bonn und am 5. Juni 2031 in Jena."
    assert [name for name, _ in find("de", text)] == ["nächsten Konferenzen"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bei der Hallen-WM in Oslo gewann sie Gold.", "Hallen-WM"),
        ("Am Samstag gab es in Bonn eine Demo.", "Demo"),
        ("Im Juni zog der Festumzug durch Jena.", "Festumzug"),
    ],
)
def test_what_general_press_tells_of_may_be_an_event(text: str, name: str) -> None:
    ((found, candidate),) = find("de", text)
    assert (found, candidate.kind) == (name, "weak")


def test_a_circle_that_is_also_known_as_a_body_meets() -> None:
    page = annotate("Der Arbeitskreis Wolfram tagte am 5. Mai 2031 in Bonn.", "de")
    [candidate] = CandidateFinder(page.vocabulary).find(page)
    assert candidate.kind == "body"


FORUM = "The Tin Forum was held in Oslo on 5 May 2031."


@pytest.mark.parametrize(
    ("lang", "text", "ordinal"),
    [
        ("en", f"The report is in its third edition. {FORUM}", None),
        ("en", f"The third edition of the ore atlas appeared. {FORUM}", None),
        ("en", f"{FORUM} It was in its third edition.", 3),
        ("en", "The third edition of the Tin Book Fair will be held in Oslo on 5 May 2031.", 3),
        ("en", "The third edition of the Ore Journal Awards will be held on 5 May 2031.", 3),
        ("en", "As the survey says, the third edition will be held in Oslo on 5 May 2031.", 3),
    ],
)
def test_the_edition_of_a_publication_is_no_events(
    lang: str, text: str, ordinal: int | None
) -> None:
    assert {e.ordinal for e in read_events(text, lang, "2031-05-06")} == {ordinal}
