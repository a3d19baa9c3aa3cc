"""The topic of the shipped watch: it tells cluster strategies from other clusters."""

from datetime import UTC, datetime

import pytest

from indexer.query import QueryCompiler, parse_query
from indexer.query.evaluator import matches
from indexer.query.record import record_of
from indexer.query.view import PageView
from indexer.records.document import Page, StoredDocument, document_id
from indexer.records.reference import load_reference
from radar.configuration.settings import load_settings


@pytest.fixture(scope="module")
def compiler() -> QueryCompiler:
    return QueryCompiler(load_reference(), load_settings(None, {}).topics)


def _terms(compiler: QueryCompiler, lang: str, text: str) -> tuple[str, ...]:
    page = Page(url="https://a.example/1", lang=lang, title="Aktuelles", text=text)
    document = StoredDocument(
        document_id("https://a.example/1"),
        "https://a.example/1",
        "a",
        1,
        datetime(2026, 10, 5, tzinfo=UTC),
        page,
    )
    view = PageView(record_of(document), compiler.analyzer)
    found = matches(compiler.compile(parse_query("topic:cluster-strategies")), view)
    return found.terms if found else ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Die Rohstoffcluster-Strategie des Landes wird fortgeschrieben."),
        ("de", "Kasachstan hat seine Rohstoffclusterstrategie vorgestellt."),
        ("de", "Die neuen Cluster-Strategien gelten bis 2030."),
        ("de", "Eine Studie zur Clusterpolitik der Länder."),
        ("de", "Die Cluster-Politik braucht Geduld."),
        ("de", "Gefördert werden drei nationale Cluster."),
        ("de", "Mittel für die Förderung von Clustern im Bergbau."),
        ("de", "Die Cluster-Offensive sucht neue Mitglieder."),
        ("en", "The national cluster strategy was adopted."),
        ("en", "Cluster strategies rarely survive an election."),
        ("en", "Calls under the cluster policy are open until May."),
        ("en", "Officials compared their countries' cluster policies."),
        ("en", "The cluster development concept names six regions."),
        ("en", "A strategy for clusters in metallurgy."),
        ("ru", "Принята кластерная стратегия области."),
        ("ru", "Об утверждении кластерной стратегии до 2030 года."),
        ("ru", "Вопросы кластерной политики обсудят осенью."),
        ("ru", "Создано шесть национальных кластеров."),
        ("ru", "Отбор территориальных кластеров завершён."),
        ("ru", "Концепция развития кластеров опубликована."),
        ("ru", "Работа над стратегией развития кластеров продолжается."),
        ("kk", "Кластерлік саясат туралы баяндама."),
        ("fr", "La politique de clusters du pays."),
    ],
)
def test_it_fires_on_cluster_policy(compiler: QueryCompiler, lang: str, text: str) -> None:
    assert _terms(compiler, lang, text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Ein Rechencluster mit 96 Grafikkarten."),
        ("de", "Die Strategie gegen das Infektionscluster in der Kantine."),
        ("de", "Die Clusteranalyse der Proben ergab drei Gruppen."),
        ("de", "Rohstoffstrategie und Rohstoffpartnerschaft."),
        ("en", "Kubernetes: a cluster strategy for upgrades."),
        ("en", "The computing cluster runs at night."),
        ("en", "A star cluster in the southern sky."),
        ("en", "A cluster of infections was found in the camp."),
        ("en", "The strategy names lithium; ore bodies occur in clusters."),
        ("ru", "Новый вычислительный кластер университета."),
        ("ru", "Звёздное скопление и стратегия наблюдений."),
        ("ru", "Стратегия развития отрасли до 2030 года."),
        ("ru", "Выявлен кластер заболеваний."),
        ("de", "In den regionalen Clustern arbeiten Hütten und Hochschulen zusammen."),
        ("en", "The raw materials cluster has 40 members."),
        ("ru", "Компании вошли в металлургический кластер."),
        (
            "de",
            "Das Chemiecluster klagt über Strompreise. Die Stadt hat eine Strategie für Radwege.",
        ),
    ],
)
def test_it_stays_silent_on_other_clusters_and_on_firms_alone(
    compiler: QueryCompiler, lang: str, text: str
) -> None:
    assert _terms(compiler, lang, text) == ()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Ein Rechencluster steht im Keller.\n\nDie Clusterstrategie gilt bis 2030."),
        ("en", "A star cluster in the southern sky.\n\nThe cluster policy was renewed."),
        ("ru", "Новый вычислительный кластер.\n\nКластерная политика области."),
    ],
)
def test_what_another_paragraph_says_does_not_silence_it(
    compiler: QueryCompiler, lang: str, text: str
) -> None:
    assert _terms(compiler, lang, text)


def test_words_of_two_paragraphs_are_not_taken_together(compiler: QueryCompiler) -> None:
    assert _terms(compiler, "en", "Trees grow in a cluster.\n\nThe minister opened a mine.") == ()
    assert _terms(compiler, "en", "The minister praised the cluster at the mine.")


def test_russian_prepositions_are_no_words_of_a_strategy(compiler: QueryCompiler) -> None:
    for said, expected in (
        ("Кластер поставляет предприятиям пряжу по новой цене.", False),
        ("Кластер появится в области: предприятия уже выбраны.", True),
        ("Кластеры появятся в трёх областях.", True),
    ):
        assert bool(_terms(compiler, "ru", said)) is expected, said


@pytest.mark.parametrize(
    ("lang", "wants", "has"),
    [
        ("de", "Namibia setzt im Bergbau auf den Cluster.", "In Namibia wirbt der Cluster."),
        ("en", "Namibia is betting on the cluster.", "The cluster has members in Namibia."),
        ("ru", "Намибия намерена перевести отрасль в кластер.", "Кластер работает в Намибии."),
    ],
)
def test_the_same_countries_want_clusters_in_each_language(
    compiler: QueryCompiler, lang: str, wants: str, has: str
) -> None:
    assert _terms(compiler, lang, wants)
    assert not _terms(compiler, lang, has)
