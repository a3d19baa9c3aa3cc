from __future__ import annotations

import pytest

from tests.quality.cluster_topic import HANDS, Judge, LabelledPassage, load_passages, split

PRECISION = 0.97
RECALL = {"open": 0.98, "set aside": 0.92}
"""The part set aside has 40 mentions: one miss is 0.975."""
PRECISION_OF_OTHERS = {"open": 0.99, "set aside": 0.95}
RECALL_OF_OTHERS = {"open": 0.98, "set aside": 0.87}
"""Of three hands together; of 47 mentions set aside, one miss is 0.02."""

OF_SEVENTH = {"kk": 0.96, "ky": 0.96, "uz": 0.96}
"""Precision and recall in languages without a stemmer; the hand that wrote the passages knew the
terms, and changed them afterwards: its part set aside was not read again, but it is not blind.
"""

OF_OWN = {"de": 0.97, "en": 0.91, "ru": 0.97, "kk": 0.97, "ky": 0.97, "uz": 0.97}
"""Precision and recall over sentences that terms were written for. When they came, in three turns,
the terms of the time found 63 of 107 with 18 extra, 32 of 53 with 9, 34 of 51 with 1. Of 349 more,
which were written to mislead, they found 103 of 120 with 68 extra; of 162 in three last turns, 46
of 78 with 27.
"""

UNSEEN = {
    "fifth": (0.95, 0.95),
    "sixth": (0.90, 0.97),
    "eighth": (0.96, 0.93),
    "ninth": (0.93, 1.0),
    "tenth": (0.92, 0.96),
    "eleventh": (0.98, 0.98),
}
"""Precision and recall of hands that came when the terms were written. Scored once, when they came:
46 right, 2 extra, 2 missed; 48 right, 8 extra, none missed (of the extra ones, 3 of 8 are Kazakh);
56 right, 2 extra, 4 missed; 60 right, 4 extra, none missed; 78 right, 6 extra, 3 missed; 69 right,
6 extra, 6 missed. The eleventh's mistakes were read and mended.
Of the sixth hand's, 5 are extra since the terms of the languages without a stemmer ask for words
close to the cluster; sums of it were seen then, its passages were not.
"""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


def test_enough_is_labelled() -> None:
    passages = load_passages()
    assert len({p.text for p in passages}) == len(passages) >= 200
    assert sum(not p.mention for p in passages) >= 80
    opened, aside = split(passages)
    assert len(aside) == len(passages) // 3
    assert not {p.text for p in opened} & {p.text for p in aside}
    assert {p.lang for p in aside} >= {"de", "en", "ru", "kk"}


@pytest.mark.parametrize("part", ["open", "set aside"])
def test_mentions_are_told_from_near_misses(judge: Judge, part: str) -> None:
    opened, aside = split(load_passages())
    score = judge.score(opened if part == "open" else aside)
    assert score.precision >= PRECISION, score
    assert score.recall >= RECALL[part], score


@pytest.mark.parametrize("part", ["open", "set aside"])
def test_passages_of_other_hands(judge: Judge, part: str) -> None:
    parts = [split(load_passages(hand))[part != "open"] for hand in HANDS[1:4]]
    assert [len(passages) for passages in parts] == [60 if part == "open" else 30] * 3
    score = judge.score([passage for passages in parts for passage in passages])
    assert score.right + score.missed == (97 if part == "open" else 47)
    assert score.precision >= PRECISION_OF_OTHERS[part], score
    assert score.recall >= RECALL_OF_OTHERS[part], score


@pytest.mark.parametrize(
    ("hand", "number", "mentions"),
    [
        ("fifth", 81, 48),
        pytest.param("sixth", 96, 48, marks=pytest.mark.endurance),
        pytest.param("eighth", 120, 60, marks=pytest.mark.endurance),
        pytest.param("ninth", 120, 60, marks=pytest.mark.endurance),
        pytest.param("tenth", 168, 81, marks=pytest.mark.endurance),
        ("eleventh", 168, 75),
    ],
)
def test_passages_of_a_hand_that_came_when_the_terms_were_written(
    judge: Judge, hand: str, number: int, mentions: int
) -> None:
    passages = load_passages(hand)
    score = judge.score(passages)
    assert score.right + score.missed == mentions
    assert len(passages) == number
    precision, recall = UNSEEN[hand]
    assert score.precision >= precision, score
    assert score.recall >= recall, score


def test_the_score_notices_a_topic_that_finds_nothing_or_everything(judge: Judge) -> None:
    mentions = [LabelledPassage("de", "Ein Satz über das Wetter.", True)]
    assert judge.score(mentions).recall == 0
    extra = [LabelledPassage("de", "Die Clusterstrategie gilt.", False)]
    assert judge.score(extra).precision == 0


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der Minister besuchte die Hütte und lobte die Förderung der Industrie."),
        ("en", "The minister praised the industry and its mining companies."),
        ("ru", "Министр посетил завод по переработке меди и поговорил с рабочими."),
    ],
)
def test_pages_on_industry_at_large_are_not_even_looked_at(
    judge: Judge, lang: str, text: str
) -> None:
    """Whoever watches the topic must not pay for every page."""
    assert not judge.looks_at(LabelledPassage(lang, text, mention=False))
    assert judge.looks_at(LabelledPassage(lang, f"{text} Cluster Кластер", mention=False))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Small clusters act as buffers against the cold."),
        ("en", "Premier League clubs face a cluster of games in December."),
        ("de", "In der Premier League steht ein Cluster von Spielen an."),
    ],
)
def test_words_of_government_in_other_senses_are_no_mention(
    judge: Judge, lang: str, text: str
) -> None:
    assert judge.score([LabelledPassage(lang, text, mention=False)]).extra == 0


@pytest.mark.parametrize("lang", ["kk", "ky", "uz"])
@pytest.mark.parametrize("part", ["open", "set aside"])
def test_languages_without_a_stemmer(judge: Judge, lang: str, part: str) -> None:
    own = [passage for passage in load_passages("seventh") if passage.lang == lang]
    assert sum(passage.mention for passage in own) == 30
    passages = split(own)[part != "open"]
    assert len(passages) == (40 if part == "open" else 20)
    score = judge.score(passages)
    assert score.precision >= OF_SEVENTH[lang], score
    assert score.recall >= OF_SEVENTH[lang], score


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Das Clusterbüro ist wegen eines Umzugs bis Freitag nur per Mail zu erreichen."),
        ("de", "Mit einem neuen Clustering lassen sich die Kunden eines Ministeriums sortieren."),
        ("en", "The clusters fund themselves through membership fees."),
        ("en", "The cluster office will be closed over Christmas."),
        ("en", "The cluster's managing director is leaving to join a carmaker."),
        ("en", "Clusterings that the algorithm made for the ministry were compared with labels."),
        ("ru", "Кластеризация данных съёмки показала министерству три группы проб."),
        ("kk", "Мақта кластері фермерлермен келісімшарт жасады."),
        ("kk", "Тоқыма кластерінің жұмысшысы ұлттық костюм тікті."),
        ("ky", "Пахта кластери фермерлер менен келишим түздү."),
        ("ky", "Кластер план боюнча продукциясын мөөнөтүнөн мурда чыгарды."),
        ("uz", "Klaster rejadagi mahsulotni muddatidan oldin chiqardi."),
        ("uz", "Klaster loyiha quvvatiga chiqdi."),
        ("uz", '"Oltin Vodiy Klaster" MChJ tomonidan yangi korxona tashkil etildi.'),
    ],
)
def test_clusters_at_work_offices_and_companies_are_no_mention(
    judge: Judge, lang: str, text: str
) -> None:
    assert judge.score([LabelledPassage(lang, text, mention=False)]).extra == 0


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Mit dem Clusterbüro in Freiberg führt der Freistaat Zulieferer zusammen."),
        ("en", "A new cluster office in Karaganda will run the mining cluster programme."),
        ("kk", "Стратегияға сәйкес елде 2029 жылға қарай он туризм кластері жұмыс істеуі тиіс."),
        ("kk", "Жаңа кластерлік орталық кәсіпорындарға экспортқа шығуға көмектеседі."),
        ("ky", "Баткен облусунда беш кластерди каржылоо үчтөн бирге кыскарат."),
        ("uz", "Klasterlar markazi korxonalarga eksportga chiqishda yordam beradi."),
    ],
)
def test_what_is_done_to_clusters_is_a_mention(judge: Judge, lang: str, text: str) -> None:
    assert judge.score([LabelledPassage(lang, text, mention=True)]).right == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The province extends its cluster programme. Members range from protein to steel.", True),
        ("The province extends its programme for the cluster of protein researchers.", False),
        ("Das Land verlängert die Clusterförderung. Ein Labor entschlüsselte ein Gen.", True),
        ("Правительство даст деньги туристическим кластерам. Маршрут идёт через вулкан.", True),
        ("The firm has a strategy for its cluster. It runs on eight servers.", False),
    ],
)
def test_another_sense_silences_what_tells_its_own_in_the_same_sentence_only(
    judge: Judge, text: str, *, found: bool
) -> None:
    lang = "ru" if "П" in text else "de" if "Das" in text else "en"
    assert judge.finds(LabelledPassage(lang, text, found)) == found


@pytest.mark.parametrize("lang", OF_OWN)
def test_bare_sentences(judge: Judge, lang: str) -> None:
    passages = [passage for passage in load_passages("own") if passage.lang == lang]
    assert min(sum(p.mention == wanted for p in passages) for wanted in (True, False)) >= 34
    score = judge.score(passages)
    assert score.precision >= OF_OWN[lang], score
    assert score.recall >= OF_OWN[lang], score


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Der Landrat wohnt neben dem Cluster und fährt mit dem Rad zur Arbeit."),
        ("en", "A senator parked beside the cluster and walked to the stadium."),
        ("ru", "Сенатор живёт рядом с кластером и ходит на работу пешком."),
        ("kk", "Сенатор кластердің жанында тұрады және жұмысқа жаяу барады."),
        ("ky", "Губернатор кластердин жанында жашайт жана жумушка жөө барат."),
        ("uz", "Senator klaster yonida yashaydi va ishga piyoda boradi."),
    ],
)
def test_who_governs_beside_a_cluster_says_nothing_of_it(
    judge: Judge, lang: str, text: str
) -> None:
    assert not judge.finds(LabelledPassage(lang, text, mention=False))


@pytest.mark.parametrize(
    "text",
    [
        "Úkimet óńirde jańa klaster qurady, dep habarlady ministrlik.",
        "Ükımet öñırde jaña klaster qūrady, dep habarlady ministrlık.",
        "Klasterlik saıasat jańa jumys oryndaryn ashady.",
    ],
)
def test_kazakh_in_latin_letters(judge: Judge, text: str) -> None:
    assert judge.finds(LabelledPassage("kk", text, mention=True))
    assert not judge.finds(LabelledPassage("kk", "Klasterde 40 adam eńbek etedi.", mention=False))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uz", "Yulduz klasterini o'rgangan olim prezident bilan uchrashdi."),
        ("uz", "Юлдуз кластерини ўрганган олим президент билан учрашди."),
        ("ky", "Жылдыз кластерин изилдеген депутат келди."),
        ("kk", "Жұлдыз кластерін зерттеген ғалым министрмен кездесті."),
    ],
)
def test_clusters_of_stars_are_no_mention(judge: Judge, lang: str, text: str) -> None:
    assert not judge.finds(LabelledPassage(lang, text, mention=False))
