import pytest

from crawler.parsers.events.candidates.finder import CandidateFinder
from crawler.parsers.events.candidates.head_words import word_features
from crawler.parsers.events.candidates.selection import find_events, find_likely
from crawler.parsers.events.trained.event_models import EventModels
from crawler.parsers.events.trained.joint_model import JointModel
from crawler.parsers.events.trained.linear_model import LinearModel
from tests.event_texts import annotate, read_events

ERZ = "Am 5. Mai 2031 fand in Bonn die 3. Erzkonferenz statt."


def events(lang: str, text: str) -> list[list[str]]:
    """The mentions of each event, the page's own event first."""
    page = annotate(text, lang)
    found = find_events(page, CandidateFinder(page.vocabulary).find(page))
    return [
        [page.cut(c.sentence.part, c.name.start, c.name.end) for c in event.candidates]
        for event in found
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        pytest.param(
            "de",
            f"{ERZ} Die 4. Erzkonferenz findet am 6. Mai 2032 in Jena statt.",
            [["3. Erzkonferenz"], ["4. Erzkonferenz"]],
            id="another edition",
        ),
        pytest.param(
            "de",
            f"{ERZ} Am 9. Juni 2031 fand in Jena die Kupfertagung statt.",
            [["3. Erzkonferenz"], ["Kupfertagung"]],
            id="another day and name",
        ),
        pytest.param(
            "de",
            f"{ERZ} Die nächste Erzkonferenz findet in Jena statt.",
            [["3. Erzkonferenz"], ["nächste Erzkonferenz"]],
            id="the next one",
        ),
        pytest.param(
            "ru",
            "5 мая 2031 года в Оше прошел третий форум по олову."
            " Второй форум по олову прошел 6 мая 2030 года в Бишкеке.",
            [["третий форум по олову"], ["Второй форум по олову"]],
            id="an earlier edition",
        ),
    ],
)
def test_different_events(lang: str, text: str, expected: list[list[str]]) -> None:
    assert events(lang, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Konferenzen sind schön.", id="plural"),
        pytest.param("Der Beirat schrieb einen Brief.", id="body that does not meet"),
        pytest.param("Die Sonne schien.", id="no candidate"),
    ],
)
def test_no_event(text: str) -> None:
    assert events("de", text) == []


def test_event_in_the_text_wins_over_the_next_one() -> None:
    text = f"Die nächste Erzkonferenz findet am 6. Mai 2032 in Jena statt. {ERZ}"
    assert events("de", text)[0] == ["3. Erzkonferenz"]


def gate(
    weights: dict[str, float],
    threshold: float = 0.0,
    alone: float | None = None,
    doubt: float | None = None,
    general: float | None = None,
) -> EventModels:
    """The models with a gate of these weights."""
    return {"event": JointModel(LinearModel(weights, threshold, alone, general, doubt))}


LETS_IN_TOWNS = gate({"bias": -1.0, "in.towns": 2.0})


def lifted(text: str, models: EventModels = LETS_IN_TOWNS) -> list[tuple[str, bool]]:
    """The head of each event, and whether it is in by the gate alone."""
    page = annotate(text, "de")
    found = find_events(page, CandidateFinder(page.vocabulary).find(page), models)
    return [(event.best.word, event.lifted) for event in found]


def test_the_gate_lets_in_what_rules_leave_out() -> None:
    assert lifted("Ein Grubenabend in Bonn, das war schön.") == [("grubenabend", True)]
    assert lifted("Ein Grubenabend war schön.") == []


def test_what_the_gate_lets_in_stands_behind_what_rules_are_sure_of() -> None:
    found = lifted(f"Ein Grubenabend in Jena, das war schön. {ERZ}")
    assert found == [("erzkonferenz", False), ("grubenabend", True)]


def test_the_first_event_of_a_page_must_be_surer_than_further_ones() -> None:
    stricter = gate({"bias": -1.0, "in.towns": 2.0}, alone=1.5)
    evening = "Ein Grubenabend in Jena, das war schön."
    assert lifted(evening, stricter) == []
    assert lifted(f"{evening} {ERZ}", stricter) == [("erzkonferenz", False), ("grubenabend", True)]


def test_the_first_event_of_a_page_that_names_nothing_of_the_field_needs_less() -> None:
    towns = gate({"bias": -1.0, "in.towns": 2.0}, alone=1.5, general=0.5)
    evening = "Ein Gesangsabend in Jena, das war schön."
    assert lifted(evening, towns) == [("gesangsabend", True)]
    assert lifted(f"{evening} Kupfer wurde teurer.", towns) == []


def test_what_rules_barely_give_counts_for_nothing_where_the_gate_finds_no_event_likely() -> None:
    others, found = " Es war laut. Alle sangen. Es regnete. Man fror.", [("erzkonferenz", False)]
    barely = f"Die 3. Erzkonferenz fand statt.{others}"
    assert lifted(barely, gate({"bias": -2.0})) == found
    assert lifted(barely, gate({"bias": -2.0}, doubt=-1.0)) == []
    assert lifted(others, gate({"bias": -2.0}, doubt=-1.0)) == []
    assert lifted(barely, gate({"bias": -0.5}, doubt=-1.0)) == found
    assert lifted(f"{ERZ}{others}", gate({"bias": -2.0}, doubt=-1.0)) == found
    assert lifted("Die 3. Erzkonferenz fand statt.", gate({"bias": -2.0}, doubt=-1.0)) == found


def test_the_gate_reads_what_is_known_of_the_head() -> None:
    words = word_features("Grubenabend", "de")
    known = {"head": JointModel(LinearModel(dict.fromkeys(words, 1.0), 0.0))}
    likely = gate({"head.likely": 1.0}, 0.5)
    evening = "Ein Grubenabend in Bonn war schön."
    assert lifted(evening, likely) == []
    assert lifted(evening, {**likely, **known}) == [("grubenabend", True)]


def test_of_a_name_alone_the_gate_makes_no_event_where_the_rules_find_none() -> None:
    anything = gate({"bias": 1.0})
    assert lifted("Ein Grubenabend war schön.", anything) == []
    assert lifted("Ein Grubenabend im Mai 2031 war schön.", anything) == [("grubenabend", True)]
    assert lifted(f"{ERZ} Ein Grubenabend war schön.", anything) == [
        ("erzkonferenz", False),
        ("grubenabend", True),
    ]


def test_a_delegation_that_makes_no_journey_is_let_in_by_nothing() -> None:
    assert lifted("Die Delegation des Ministeriums aus Bonn sah es.") == []


def test_a_journey_without_a_verb_of_travelling_may_be_let_in() -> None:
    assert lifted("Exkursion in die Erzgruben bei Bonn.") == [("exkursion", True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The annual Tin Forum in Oslo is not planned for 2032. It will not be held."),
        ("en", "The Tin Forum in Oslo will not take place this year."),
        ("de", "Das Zinnforum in Jena findet in diesem Jahr nicht statt."),
        ("ru", "Форум по олову в Оше в 2032 году не планируется."),
        ("ru", "Съезд ветеранов, о котором спрашивают, пока не запланирован."),
        ("de", "Die Zinntagung in Jena entfällt."),
        ("en", "The board in Oslo passed it on 5 May 2031 without a meeting."),
        ("en", "After the conference season of May 2031 the market in Oslo was quiet."),
        ("en", "Summit Ridge Tin posts a profit. Sales in Oslo rose to 9 million in May 2031."),
        ("en", "4 May 2031: deadline for comments. No meeting in Oslo."),
        ("de", "Am 5. Mai 2031 gab es in Bonn keine Sitzung."),
        ("en", "The company holds a conference call on 5 May 2031 in Oslo."),
        ("en", "Ann Hill convened the working group that wrote the code of Oslo in May 2031."),
    ],
)
def test_what_is_not_to_be_is_no_event(lang: str, text: str) -> None:
    assert read_events(text, lang, "2031-05-01") == ()


@pytest.mark.parametrize(
    "text",
    ["Expo Tin opened in Oslo on 5 May 2031.", "Forum Tin 2031 will take place in Oslo."],
)
def test_a_capital_behind_a_head_with_a_day_or_number_is_of_its_name(text: str) -> None:
    assert len(read_events(text, "en", "2031-05-01")) == 1


def test_an_event_with_a_day_was_called_off() -> None:
    (event,) = read_events("The Tin Forum in Oslo on 5 May 2031 will not take place.", "en")
    assert (event.start, event.status) == ("2031-05-05", "cancelled")


def test_the_gate_reads_what_it_says_of_the_other_events_of_the_page() -> None:
    by_itself = gate({"bias": -1.0, "in.towns": 3.0})
    by_others = {"event of page": JointModel(LinearModel({"first.most": 1.0}, 0.5))}
    text = f"{ERZ} Ein Grubenabend war schön."
    assert lifted(text, by_itself) == [("erzkonferenz", False)]
    assert lifted(text, {**by_itself, **by_others}) == [
        ("erzkonferenz", False),
        ("grubenabend", True),
    ]


def test_the_gate_reads_lines_with_a_day() -> None:
    titles = gate({"line.only_title": 1.0}, 0.5)
    text = f"{ERZ}\n7. Juli 2031, Jena: Kobalt im Alltag\n9. August 2031, Jena: Gips ohne Kohle"
    assert ("alltag", True) in lifted(text, titles)
    assert ("alltag", True) not in lifted(text, gate({"bias": -1.0}))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            (
                "The 62nd Council Meeting was held on 14 March 2031 in Leeds. The minutes of the "
                "61st Council Meeting were read and adopted."
            ),
        ),
        (
            "de",
            (
                "Protokoll der 12. Sitzung des Beirats am 3. März 2031 in Hof\n\nDas Protokoll der "
                "11. Sitzung wurde ohne Änderungen genehmigt."
            ),
        ),
        (
            "ru",
            (
                "15 мая 2031 года в Коломне пройдёт форум карьеров. Участники подведут итоги трёх "
                "предыдущих форумов, проходивших в Туле и Калуге."
            ),
        ),
    ],
)
def test_what_was_before_and_has_no_day_is_none_of_the_events(lang: str, text: str) -> None:
    page = annotate(text, lang)
    (event,) = find_events(page, CandidateFinder(page.vocabulary).find(page))
    assert event.dates


def test_editions_that_are_only_counted_up_are_no_event() -> None:
    text = (
        "The 12th Conference on Mine Water will be held on 22–25 June 2031 in Hull. "
        "Previous editions took place in Oslo (2029), Perth (2027) and Leeds (2025)."
    )
    assert [e.name for e in read_events(text, "en")] == ["12th Conference on Mine Water"]


def test_an_earlier_session_with_a_day_is_an_event() -> None:
    page = annotate(
        "The 62nd Council Meeting was held on 14 March 2031 in Leeds. The minutes of the 61st "
        "Council Meeting of 3 February 2031 were read.",
        "en",
    )
    assert len(find_events(page, CandidateFinder(page.vocabulary).find(page))) == 2


LONG = " ".join(f"Die Pumpe {number} läuft leise." for number in range(45))


def test_amid_a_long_text_a_word_that_may_be_anything_is_no_event() -> None:
    evening = "Ein Grubenabend in Bonn, das war schön."
    assert lifted(f"{evening} {LONG}") == []
    assert lifted(f"Ein Forum in Bonn, das war schön. {LONG}") == [("forum", True)]


def test_of_a_long_text_each_event_has_to_be_as_sure_as_an_only_one() -> None:
    towns = gate({"bias": -1.0, "in.towns": 2.0}, alone=1.5)
    text = f"{ERZ} Ein Forum in Jena war schön."
    assert lifted(text, towns) == [("erzkonferenz", False), ("forum", True)]
    assert lifted(f"{text} {LONG}", towns) == [("erzkonferenz", False)]


def test_what_rules_nearly_take_for_an_event_needs_less_to_be_the_only_one() -> None:
    towns = gate({"bias": -1.0, "in.towns": 2.0}, alone=1.5)
    assert lifted("Ein Forum in Bonn, das war schön.", towns) == [("forum", True)]
    assert lifted("Ein Grubenabend in Bonn, das war schön.", towns) == []
    assert lifted("Ein Forum, das war schön.", towns) == []


def test_what_the_gate_nearly_lets_in_is_doubtful() -> None:
    def doubtful(text: str, models: EventModels) -> list[str]:
        page = annotate(text, "de")
        likely = find_likely(page, CandidateFinder(page.vocabulary).find(page), models)
        return [event.best.word for event in likely.doubtful]

    evening = "Ein Grubenabend in Jena, das war schön."
    nearly = gate({"bias": -0.4})
    assert doubtful(f"{evening} {ERZ}", nearly) == ["grubenabend"]
    assert doubtful(evening, nearly) == ["grubenabend"]
    assert doubtful(evening, gate({"bias": -0.6})) == []
    assert doubtful(evening, gate({"bias": -0.4}, general=2.0)) == []
    assert doubtful(f"{evening} {'Zinn ist teuer. ' * 40}", nearly) == []
