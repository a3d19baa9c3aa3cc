import pytest

from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.scoring import score_reasons
from tests.event_texts import annotate, read_events


def reasons(lang: str, text: str) -> dict[str, float]:
    """Points of the first candidate by reason."""
    page = annotate(text, lang)
    return score_reasons(page, CandidateFinder(page.vocabulary).find(page)[0])


BELOW = "\n\nAm 5. Mai 2031 kamen 40 Fachleute zusammen und sprachen lange."


@pytest.mark.parametrize(
    ("lang", "text", "reason"),
    [
        ("de", "In Bonn fand die Erzkonferenz statt.", "event verb"),
        ("de", "Am 5. Mai 2031 fand die Erzkonferenz statt.", "day"),
        ("de", "Im Mai 2031 fand die Erzkonferenz statt.", "month"),
        ("de", "Die Erzkonferenz in Bonn.", "town"),
        ("de", "Die 3. Erzkonferenz begann.", "edition"),
        ("de", "Die Konferenz „Erze von morgen“ begann.", "quoted"),
        ("de", "Die nächste Konferenz kommt.", "next or previous"),
        ("ru", "Форум бы провели быстрее.", "not held"),
        ("de", "Erzkonferenz in Bonn" + BELOW, "headline"),
        ("en", "Later the Ore Conference began.", "proper name"),
        ("en", "The conference for 2031 began.", "year"),
        ("en", "Delegation visit after the meeting in Oslo.", "no travel verb"),
        ("de", "Konferenzen sind schön.", "plural"),
        ("de", "Wir stehen im ständigen Dialog.", "one of many"),
        ("en", "Lode Days is the largest gathering of founders.", "describes another"),
        ("en", "Tin Week Call for Papers is open.", "of a name"),
        ("de", "Alle gingen (Erzkonferenz in Bonn).", "in brackets"),
        ("de", "Der Beirat tagte in Bonn.", "body meets"),
        ("de", "Der Beirat schrieb einen Brief.", "body"),
        ("ru", "В Оше прошел третий форум.", "edition"),
    ],
)
def test_reason_is_given(lang: str, text: str, reason: str) -> None:
    assert reason in reasons(lang, text)


@pytest.mark.parametrize(
    ("lang", "text", "reason"),
    [
        ("de", "In Bonn war die Erzkonferenz.", "event verb"),
        ("de", "Im Mai 2031 fand die Erzkonferenz statt.", "day"),
        ("de", "Später begann die Erzkonferenz.", "proper name"),
        ("en", "Later the conference began.", "proper name"),
        ("de", "Der Beirat tagte in Bonn.", "body"),
        ("de", "Die Erzkonferenz begann.", "plural"),
        ("en", "The highlight of spring is the Copper Forum in Hull.", "describes another"),
    ],
)
def test_reason_is_not_given(lang: str, text: str, reason: str) -> None:
    assert reason not in reasons(lang, text)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("Am 5. Mai 2031 fand die Konferenz statt.", "Im Mai 2031 fand die Konferenz statt."),
        ("Die 3. Konferenz begann.", "Die Konferenz begann."),
        ("Die Konferenz begann.", "Die Gespräche begannen."),
        ("Der Beirat tagte.", "Der Beirat schrieb."),
    ],
)
def test_order_of_scores(better: str, worse: str) -> None:
    assert sum(reasons("de", better).values()) > sum(reasons("de", worse).values())


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "ru",
            (
                "«Тенгиз Саммит» увеличил прибыль\n\n28.08.2031. Золотодобывающая компания "
                "«Тенгиз Саммит» за первое полугодие заработала 41,7 млрд тенге."
            ),
        ),
        ("ru", "Газета «Форум Юга» 9 октября 2031 года в Оше написала, что цены растут."),
        (
            "de",
            (
                "10. Oktober 2031 – Wie der Informationsdienst Metallforum Antwerpen am Freitag"
                " mitteilte, kostete das Pfund 19 Dollar."
            ),
        ),
    ],
)
def test_papers_firms_and_brands_are_no_gatherings(lang: str, text: str) -> None:
    assert read_events(text, lang, "2031-10-10") == ()


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        (
            "de",
            (
                "Am 5. Mai 2031 fand in Jena das Symposium „Erze im Süden“ statt. Es wurde vom "
                "Deutsch-Armenischen Forum und der Botschaft von Armenien organisiert."
            ),
            "Symposium „Erze im Süden“",
        ),
        (
            "en",
            "The Ore Platform is organizing the workshop “Better Mines” in Perth on 5 May 2031.",
            "workshop “Better Mines”",
        ),
    ],
)
def test_who_holds_an_event_is_none(lang: str, text: str, name: str) -> None:
    assert [event.name for event in read_events(text, lang, "2031-04-10")] == [name]


def test_two_people_who_open_a_page_meet_by_noun_as_by_verb() -> None:
    text = (
        "Министр энергетики Анатолий Ерёмин провёл встречу с директором завода Иваном Лосевым. "
        "Стороны обсудили поставки угля."
    )
    (event,) = read_events(text, "ru", "2031-05-20")
    assert event.name == "встреча"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Der Besuch von Ministerin Karin Holz im Institut für Erze war lang.", 1.2),
        ("Der Besuch von Ministerin Karin Holz war lang.", 0.4),
    ],
)
def test_a_visit_with_who_makes_it_and_where_is_told_whole(text: str, points: float) -> None:
    assert reasons("de", text)["somebody travels"] == points


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Veranstaltungen\n\n5. Mai 2031: Zinntag\n6. Mai 2031: Bleitag", True),
        ("Veranstaltungen zum Zinn\n\n5. Mai 2031: Zinntag\n6. Mai 2031: Bleitag", False),
        ("Veranstaltungen\n\nAm 5. Mai 2031 kamen viele.", False),
    ],
)
def test_a_word_for_events_above_days_is_the_heading_of_a_list(text: str, listed: bool) -> None:
    assert ("listed" in reasons("de", text)) is listed
