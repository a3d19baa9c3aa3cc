from dataclasses import replace

import pytest

from crawler.parsers.events.candidates.coreference import group_candidates
from crawler.parsers.events.candidates.finder import CandidateFinder
from tests.event_texts import annotate, event_reader, read_events, text_page

ERZ = "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt."


def events(lang: str, text: str) -> list[list[str]]:
    """The mentions of each event, in the order of the page."""
    page = annotate(text, lang)
    candidates = CandidateFinder(page.vocabulary).find(page)
    found = group_candidates(candidates, words=page.vocabulary)
    return [
        [page.cut(c.sentence.part, c.name.start, c.name.end) for c in event.candidates]
        for event in found
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "de", f"{ERZ} Die Konferenz war gut.", ["3. Erzkonferenz", "Konferenz"], id="bare head"
        ),
        pytest.param(
            "de",
            f"Erzkonferenz in Bonn\n\n{ERZ}",
            ["Erzkonferenz", "3. Erzkonferenz"],
            id="headline",
        ),
        pytest.param(
            "ru",
            "В Караганде прошёл IV форум «Цинк»\n\nБолее 420 специалистов собрались 24–25 апреля"
            " 2031 года в городском Дворце горняков, чтобы обсудить цены.",
            ["IV форум «Цинк»", "420 специалистов собрались"],
            id="an assembly below the headline that names it with its number",
        ),
        pytest.param(
            "en",
            "The third Ore Forum opened in Oslo on 5 May 2031. The third forum drew crowds.",
            ["third Ore Forum", "third forum"],
            id="same edition",
        ),
        pytest.param(
            "de",
            f"{ERZ} Vom 4. bis 6. Mai war die Konferenz gut.",
            ["3. Erzkonferenz", "Konferenz"],
            id="the same day without its year",
        ),
        pytest.param(
            "de",
            "Erzdialog in Bonn\n\nNach Bonn kamen am 5. Mai 2031 Gäste zum dritten Kupferforum.",
            ["Erzdialog", "dritten Kupferforum"],
            id="headline, in the same town",
        ),
        pytest.param(
            "en",
            "OreTech 2031, a trade fair for crushers, opened in Oslo on 5 May.",
            ["OreTech 2031", "trade fair for crushers"],
            id="what explains a brand",
        ),
        pytest.param(
            "de",
            "Der Landeserzbeirat hat am 5. Mai 2031 in Bonn seine 14. Sitzung abgehalten.",
            ["Landeserzbeirat", "14. Sitzung"],
            id="its session",
        ),
        pytest.param(
            "de",
            "3. Erzkonferenz in Bonn\n\n120 Fachleute berieten am 5. Mai 2031 in Bonn über Zinn.",
            ["3. Erzkonferenz", "120 Fachleute berieten"],
            id="who came together in its town",
        ),
        pytest.param(
            "en",
            "Talks on tin in Oslo\n\nA seminar on tin was held in Oslo on 5 May 2031.",
            ["Talks on tin", "seminar on tin"],
            id="told for the first time, right below the headline",
        ),
        pytest.param(
            "de",
            "Am 5. Mai 2031 begann in Bonn das Erzforum. Ausrichter des großen Forums ist Aue.",
            ["Erzforum", "großen Forums"],
            id="in the genitive",
        ),
        pytest.param(
            "de",
            "Ein Runder Tisch zu Zinn begann am 5. Mai 2031 in Bonn. Beim Runden Tisch gab es Tee.",
            ["Runder Tisch zu Zinn", "Runden Tisch"],
            id="two words, inflected",
        ),
        pytest.param(
            "en",
            "The Tin Forum Oslo closed on 5 May 2031. The two-day event was held by a bank.",
            ["Tin Forum Oslo", "two-day event"],
            id="with its length alone",
        ),
    ],
)
def test_mentions_of_one_event(lang: str, text: str, expected: list[str]) -> None:
    assert events(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("de", f"{ERZ} Dazu kam ein Treffen mit Banken.", id="told for the first time"),
        pytest.param("de", f"{ERZ} Ein Betriebsausflug folgt.", id="of an open class"),
        pytest.param("de", f"{ERZ} Die Mitgliederversammlung war gut.", id="a word that says more"),
        pytest.param("de", f"{ERZ} Am Runden Tisch saßen Gäste.", id="a word that two words say"),
        pytest.param(
            "de",
            f"3. Erzkonferenz in Bonn\n\n{ERZ} Die Mitgliederversammlung war gut.",
            id="a word that says more, below a headline",
        ),
        pytest.param("de", f"{ERZ} Die Exkursion war gut.", id="a journey, no gathering"),
        pytest.param(
            "en",
            "Ore Forum in Oslo\n\nThe forum opened on Monday. A seminar on tin followed in Bergen.",
            id="told for the first time, behind what the headline names",
        ),
    ],
)
def test_a_head_alone_that_resumes_nothing(lang: str, text: str) -> None:
    assert len(events(lang, text)) == 2


def test_further_candidates_join_events_that_are_known() -> None:
    page = annotate(f"{ERZ} Die Konferenz war gut. Der 4. Kupfergipfel kommt.", "de")
    first, *others = CandidateFinder(page.vocabulary).find(page)
    known = group_candidates([first])
    assert [len(event.candidates) for event in group_candidates(others, known)] == [2, 1]


@pytest.mark.parametrize(
    ("heading", "mentions"),
    [
        ("Erzstammtisch Jena", [["Erzstammtisch Jena", "nächste Erzstammtisch Jena"]]),
        ("Erzstammtisch Suhl", [["Erzstammtisch Suhl"], ["nächste Erzstammtisch Jena"]]),
    ],
)
def test_the_next_one_below_its_heading_is_that(heading: str, mentions: list[list[str]]) -> None:
    text = f"{heading}\n\nDer nächste Erzstammtisch Jena findet am 8. Mai 2031 im Brauhof statt."
    assert events("de", text) == mentions


def test_the_line_below_the_title_of_an_events_page_says_what_it_is() -> None:
    text = "25th annual investors' meeting\n\n9 – 10 September 2031\nOld Hall, Hull"
    page = text_page(text, "en", "2031-03-06", title="Discover Ores 2031")
    (event,) = event_reader().find(replace(page, kind="event"))[0]
    assert (event.name, event.ordinal) == ("Discover Ores 2031", 25)


def test_items_of_a_list_are_events_of_their_own() -> None:
    lines = (
        "Wir laden ein.",
        "5. Mai 2026: Kupferkonferenz, Jena",
        "12. Zinnkongress",
        "3. Bleikonferenz",
    )
    assert events("de", "\n\n".join(lines)) == [
        ["Kupferkonferenz"],
        ["12. Zinnkongress"],
        ["3. Bleikonferenz"],
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ru",
            (
                "14 апреля 2026 года в Оше пройдёт форум «Медь». "
                "Ранее форум был перенесён с 24 марта (на неопределённый срок)."
            ),
        ),
        (
            "de",
            (
                "Am 14. April 2026 findet in Jena das Kupferforum statt. "
                "Das Forum war vom 24. März (auf unbestimmte Zeit) verschoben worden."
            ),
        ),
    ],
)
def test_the_day_that_was_given_up_makes_no_second_event(lang: str, text: str) -> None:
    assert len(events(lang, text)) == 1


def test_another_day_without_its_year_is_another_event() -> None:
    text = f"{ERZ} Die Erzkonferenz am 6. Mai war auch gut."
    assert len(events("de", text)) == 2


def test_articles_make_no_names_alike() -> None:
    text = (
        "Protokoll der 17. Sitzung des Beirats Erzland\n\n"
        "Frau Blei lädt zur Begehung des Stollens am 12. Juni ein."
    )
    assert len(events("de", text)) == 2


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        (
            "en",
            (
                "The Tin Conference opens in Perth on 5 May 2031. "
                "Speakers at the third edition of the event include Karin Holt."
            ),
            3,
        ),
        ("en", "The Tin Conference in Perth on 5 May 2031 is now in its third edition.", 3),
        (
            "en",
            "The firms held talks in Perth on 5 May 2031. It was the third such meeting.",
            3,
        ),
        (
            "de",
            "Das Kupferforum fand am 5. Mai 2031 in Jena statt. Es war die dritte Auflage.",
            3,
        ),
        (
            "de",
            (
                "Das Kupferforum fand am 5. Mai 2031 in Jena statt. "
                "Die Veranstaltung gab es zum fünften Mal."
            ),
            5,
        ),
        (
            "ru",
            (
                "Семинар «Руды» прошёл в Чите 5 мая 2031 года. Этот, уже девятый подобный форум, "
                "был посвящён экологии."
            ),
            9,
        ),
    ],
)
def test_an_edition_without_a_name_is_of_the_one_before(lang: str, text: str, number: int) -> None:
    (event,) = read_events(text, lang, "2031-05-06")
    assert event.ordinal == number


@pytest.mark.parametrize(
    "further",
    [
        "Die 4. Zinntagung folgt am 9. Juni 2031 in Suhl, die dritte Auflage des Gipsforums auch.",
        "Die zweite Veranstaltung folgt am 19. Mai 2031.",
    ],
)
def test_a_number_with_a_name_or_day_of_its_own_is_of_another(further: str) -> None:
    read = read_events(f"Das Kupferforum fand am 5. Mai 2031 in Jena statt. {further}", "de")
    assert next(e for e in read if e.name == "Kupferforum").ordinal is None


@pytest.mark.parametrize(
    ("second", "meetings"),
    [
        ("The same day, Minister Zorbo Quilt hosted Ambassador Petr Mikulka.", 2),
        ("Minister Zorbo Quilt received Karin Holt in his office.", 1),
    ],
)
def test_somebody_else_met_on_a_day_is_another_meeting(second: str, meetings: int) -> None:
    first = "On 5 May 2031, Minister Zorbo Quilt hosted Director Karin Holt in Perth."
    assert len(read_events(f"{first} {second}", "en", "2031-05-06")) == meetings


def test_people_who_met_are_no_forum_that_is_to_come() -> None:
    text = (
        "19 мая в Лондоне состоится горный форум\n\n"
        "Министр недр Азамат Саев встретился с послом Кэтрин Смит."
    )
    forum, meeting = events("ru", text)
    assert ("форум" in forum[0], "встретился" in meeting[0]) == (True, True)


def test_one_year_behind_two_words_of_a_sentence_makes_no_one_event() -> None:
    text = "Die Zinntagung 2031 in Jena (5. Mai) und die Bleitagung 2031 in Goslar (9. Juni) tagen."
    found = [(e.name, e.start) for e in read_events(text, "de", "2031-03-04")]
    assert found == [("Zinntagung 2031", "2031-05-05"), ("Bleitagung 2031", "2031-06-09")]
