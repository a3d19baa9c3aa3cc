import pytest

from crawler.parsers.events.grammar.russian import RussianGrammar


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("ярмарка вакансий", "ярмарке вакансий"),
        ("день открытых дверей", "дня открытых дверей"),
        ("круглый стол", "круглого стола"),
        ("рабочий завтрак", "рабочем завтраке"),
        ("форум", "форуме"),
    ],
)
def test_case_forms_of_heads(phrase: str, form: str) -> None:
    assert form in RussianGrammar().forms(phrase)


@pytest.mark.parametrize(
    ("head", "noun"),
    [(["ярмарка", "вакансий"], "ярмарка"), (["круглые", "столы"], "столы"), (["форум"], "форум")],
)
def test_noun_that_tells_the_number_of_a_head(head: list[str], noun: str) -> None:
    assert RussianGrammar().noun_of_head(head) == noun
