from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pytest

from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.part_tagger.span_tagger import TaggedSpan, TaggerChoice
from crawler.parsers.events.part_tagger.title_tagger import BEFORE, TitleTagger
from crawler.parsers.events.people.persons import EventPerson, PeopleReader, merge_people
from tests.event_texts import annotate, read_events


def person(name: str, role: str | None = None, organisation: str | None = None) -> EventPerson:
    def found(value: str | None) -> FoundValue[str] | None:
        return FoundValue(value, "text", 0, 1, "people.title") if value else None

    return EventPerson(
        FoundValue(name, "text", 0, 1, "people.title"),
        role=found(role),
        organisation=found(organisation),
    )


@pytest.mark.parametrize(
    ("people", "merged"),
    [
        (
            [person("Gros", "Ministerin"), person("Petra Gros", None, "BGR")],
            [("Petra Gros", "Ministerin", "BGR")],
        ),
        (
            [person("Petra Gros", "Ministerin"), person("Gros", "Leiterin")],
            [("Petra Gros", "Ministerin", None)],
        ),
        (
            [person("P. Gros"), person("Petra Gros")],
            [("P. Gros", None, None)],
        ),
        (
            [person("Азамат Токтоев"), person("Азамата Токтоева", "министр")],
            [("Азамат Токтоев", "министр", None)],
        ),
        (
            [person("Petra Gros"), person("Anna Gros")],
            [("Petra Gros", None, None), ("Anna Gros", None, None)],
        ),
        (
            [person("Petra Gros"), person("Petra Wolf")],
            [("Petra Gros", None, None), ("Petra Wolf", None, None)],
        ),
    ],
)
def test_mentions_of_one_person_are_merged(
    people: list[EventPerson], merged: list[tuple[str, str | None, str | None]]
) -> None:
    records = [p.to_record() for p in merge_people(people)]
    assert [(r.name, r.role, r.organisation) for r in records] == merged


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        (
            "ru",
            "В форуме в Оше 5 мая 2031 года участвовали министры Азамат Токтоев и Дамир Асанов.",
            [("Азамат Токтоев", "министры"), ("Дамир Асанов", "министры")],
        ),
        (
            "en",
            "At the forum in Oslo on 5 May 2031 spoke ministers Laura Heikkinen and John Smith.",
            [("Laura Heikkinen", "ministers"), ("John Smith", "ministers")],
        ),
        (
            "ru",
            "В форуме в Оше 5 мая 2031 года участвовали министр Азамат Токтоев и Дамир Асанов.",
            [("Азамат Токтоев", "министр"), ("Дамир Асанов", None)],
        ),
        (
            "en",
            "Co-chairs Anna Kelm of Zinc Ltd and Peter Lund led the Zinc Forum on 3 May 2031.",
            [("Anna Kelm", "Co-chairs"), ("Peter Lund", "Co-chairs")],
        ),
        (
            "de",
            "Die Ko-Vorsitzende Dr. Jana Weiß eröffnete das Zinnforum am 5. Mai 2031 in Aue.",
            [("Jana Weiß", "Ko-Vorsitzende")],
        ),
        (
            "de",
            (
                "Auf dem Zinnforum am 5. Mai 2031 in Aue führte als Moderatorin Anna Wolf durch den"
                " Tag."
            ),
            [("Anna Wolf", "Moderatorin")],
        ),
        (
            "en",
            "At the forum in Oslo on 5 May 2031 head of sourcing John Smith spoke.",
            [("John Smith", "head of sourcing")],
        ),
    ],
)
def test_the_job_titles_of_names_in_a_row(
    lang: str, text: str, people: list[tuple[str, str | None]]
) -> None:
    (event,) = read_events(text, lang)
    assert [(p.name, p.role) for p in event.persons] == people


NEWS = "Zur Zinntagung kam {} Petra Gros mit Anna Wolf."


@pytest.mark.parametrize(
    ("title", "alone", "over_rules", "wanted"),
    [
        ("Hüterin", 0.4, 1.0, ("Hüterin", "people.post-tagged", 0.8)),
        ("Hüterin", 1.0, 1.0, None),
        ("Ministerin", 0.1, 0.1, ("Ministerin", "people.post-left", 0.8)),
        ("die Leiterin des Hauses", 1.0, 0.2, ("Hauses", "people.post-tagged", 0.8)),
        ("die Leiterin des Hauses", 0.2, 1.0, ("Leiterin des Hauses", "people.post-left", 0.8)),
    ],
)
def test_the_tagger_stands_beside_the_rules(
    title: str,
    alone: float,
    over_rules: float,
    wanted: tuple[str, str, float] | None,
) -> None:
    """The tagger takes the word before the first name for a title, with a probability of .5."""
    page = annotate(NEWS.format(title), "de", "2031-05-02")
    (sentence,) = page.sentences
    tagger = cast("TitleTagger", _LastWord(TaggerChoice(alone, over_rules, 0.8)))
    reader = PeopleReader(page.vocabulary, titles=tagger)
    first, second = reader.read(page, sentence)
    assert (first.role and (first.role.value, first.role.rule, first.role.confidence)) == wanted
    assert second.role is None


@dataclass
class _LastWord:
    choice: TaggerChoice

    def tag(self, page: AnnotatedPage, sentence: AnnotatedSentence) -> list[TaggedSpan | None]:
        name = sentence.of("persons")[0]
        before = page.texts[sentence.part][: name.start].rstrip()
        word = before.rpartition(" ")[2]
        return [TaggedSpan(len(before) - len(word), len(before), BEFORE, 0.5), None]


def test_an_inflected_name_has_its_nominative() -> None:
    (event,) = read_events(
        "В Оше 5 мая 2031 года прошёл Горный форум под председательством Азамата Токтоева.", "ru"
    )
    assert [(p.name, p.name_norm) for p in event.persons] == [
        ("Азамата Токтоева", "Азамат Токтоев")
    ]


def test_a_first_name_with_a_patronymic_is_of_the_person_told_before() -> None:
    (event,) = read_events(
        "На форуме 5 мая 2031 года в Оше выступил директор Иван Петров. Иван Иванович рассказал о "
        "планах.",
        "ru",
    )
    assert [p.name for p in event.persons] == ["Иван Петров"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("На форум 5 мая 2031 года в Оше приехал с послом Армении Иван Петров.", "посол Армении"),
        (
            "На форуме 5 мая 2031 года в Оше говорили с министром экономики Азаматом Саевым.",
            "министр экономики",
        ),
        (
            "На форуме 5 мая 2031 года в Оше выступила заведующая лабораторией Анна Петрова.",
            "заведующая лабораторией",
        ),
    ],
)
def test_russian_job_titles_are_told_alone(text: str, role: str) -> None:
    assert [[p.role for p in e.persons] for e in read_events(text, "ru")] == [[role]]


@pytest.mark.parametrize(
    ("lang", "text", "people"),
    [
        (
            "de",
            (
                "Am 17. Juni 2031 tagte in Jena die Mitgliederversammlung. Petra Gros wurde"
                " für drei Jahre zur Vorsitzenden gewählt, neuer Schatzmeister ist Xyr Abc."
            ),
            [("Petra Gros", None)],
        ),
        (
            "de",
            (
                "Am 17. Juni 2031 fand in Jena die Zinntagung statt, eröffnet von Jens Berg,"
                " Moderator war Ministerpräsident Michael Wolf."
            ),
            [("Jens Berg", None), ("Michael Wolf", "Ministerpräsident")],
        ),
        (
            "en",
            (
                "The forum took place in Oslo on 17 June 2031, opened by Laura Heikkinen, chair was"
                " John Smith."
            ),
            [("Laura Heikkinen", None), ("John Smith", "chair")],
        ),
        (
            "ru",
            "9 июня 2031 года в Оше прошёл круглый стол. Модератором выступила Анна Петрова.",
            [("Анна Петрова", "Модератор")],
        ),
    ],
)
def test_a_job_title_with_a_verb_behind_it_is_of_the_next_name(
    lang: str, text: str, people: list[tuple[str, str | None]]
) -> None:
    (event,) = read_events(text, lang, "2031-06-19")
    assert [(p.name, p.role) for p in event.persons] == people


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        (
            "ru",
            (
                "17 июня 2031 года в Душанбе прошёл форум. Выступил Азамат Токтоев |"
                " председатель Комитета промышленности."
            ),
            ("Азамат Токтоев", "председатель", "Комитет промышленности"),
        ),
        (
            "de",
            (
                "Am 17. Juni 2031 fand in Jena das Zinnforum statt. Es sprach Petra Gros |"
                " Leiterin der Kiesbank AG."
            ),
            ("Petra Gros", "Leiterin", "Kiesbank AG"),
        ),
    ],
)
def test_a_stroke_parts_a_name_from_its_job_title(
    lang: str, text: str, told: tuple[str, str, str]
) -> None:
    (event,) = read_events(text, lang, "2031-06-19")
    assert [(p.name, p.role, p.organisation) for p in event.persons] == [told]


def test_a_verb_without_a_name_behind_it_leaves_the_job_title_to_the_name_before() -> None:
    (event,) = read_events(
        "17 июня 2031 года в Оше прошёл форум. Дамир Асанов, директор был рад докладу.", "ru"
    )
    assert [(p.name, (p.role or "").split()[:1]) for p in event.persons] == [
        ("Дамир Асанов", ["директор"])
    ]


@pytest.mark.parametrize(
    ("lang", "text", "names"),
    [
        ("de", "Anwesend: Petra Gros. Entschuldigt: Dr. Otto Klamm.", ["Petra Gros"]),
        ("de", "Entschuldigt: Otto Klamm, Dr. Eva Braun und Jan Weiss.", []),
        (
            "de",
            "Entschuldigt: Otto Klamm (Zinn AG), Eva Braun. Es sprach Jan Weiss.",
            ["Jan Weiss"],
        ),
        ("de", "Entschuldigt: Otto Klamm, dafür kam Eva Braun.", ["Eva Braun"]),
        ("de", "Entschuldigt:\nOtto Klamm", []),
        ("de", "+++ Personalie +++\nOtto Klamm leitet jetzt das Archiv.", []),
        ("de", "3. Köpfe – Otto Klamm geht in Rente. Eva Braun sprach.", ["Eva Braun"]),
        ("en", "PEOPLE. Mary Gross is now head of sales.", []),
        ("en", "People from Mary Gross's team came.", ["Mary Gross"]),
        ("en", "People\nMary Gross, head of the Tin Union\n", ["Mary Gross"]),
        ("en", "People\n\nMary Gross opens the forum.", ["Mary Gross"]),
        ("en", "Appointments\n\nMary Gross, head of sales", []),
        ("de", "Personen\n\nOtto Klamm, Leiter der Zinnunion", ["Otto Klamm"]),
        ("de", "Personen\n\nOtto Klamm spricht auf dem Forum.", ["Otto Klamm"]),
        ("de", "Personalien\n\nOtto Klamm spricht auf dem Forum.", ["Otto Klamm"]),
        ("ru", "Люди\n\nПётр Круглов, главный геолог", ["Пётр Круглов"]),
        ("ru", "Люди\n\nПётр Круглов назначен главным геологом.", []),
        ("ru", "Люди\n\nПётр Круглов теперь редактор журнала «Форум степи».", []),
        ("ru", "КАДРЫ\nПётр Круглов назначен главным геологом.", []),
        ("de", "Das Gespräch führte Otto Klamm.", []),
        ("en", "Present: Mary Gross. Apologies: Dr. John Clam.", ["Mary Gross"]),
        ("en", "Apologies: Mary Gross, Dr. John Clam, and Ann Stone.", []),
        (
            "en",
            "With apologies from Jane Clam, Mary Gross opened the meeting.",
            ["Mary Gross"],
        ),
        ("en", "Interview: John Clam", []),
        ("ru", "Присутствовала Анна Громова. Отсутствовал Иван Зимин.", ["Анна Громова"]),
        ("ru", "Беседовала Анна Громова", []),
    ],
)
def test_who_was_not_there_or_only_wrote_is_no_person_of_an_event(
    lang: str, text: str, names: list[str]
) -> None:
    page = annotate(text, lang)
    reader = PeopleReader(page.vocabulary)
    assert [p.name.value for s in page.sentences for p in reader.read(page, s)] == names


def test_a_job_title_ends_before_the_next_line_of_a_programme() -> None:
    event, *_ = read_events(
        "Ores Workshop\n\nAugust 9, 2031\n\n8:30-8:40 Welcome and Opening Remarks – Mark Lochmann, "
        "Workshop Chair\n9:00-9:30 Keynote Speaker – Jeff Mauker, Northern Survey\n9:30-10:00 "
        "Keynote Speaker – Adam Simmons, University of Ohio\n12:15-13:00 Lunch and Talks",
        "en",
        "2031-06-01",
    )
    assert event.persons[0].role == "Workshop Chair"
