import re

from crawler.parsers.entities.grammar import grammar_of


def test_offices_alone_and_at_the_end_of_a_compound() -> None:
    kazakh = re.compile(grammar_of("kk").role_expression(["министр", "бас директор"], ()))
    assert kazakh.fullmatch("министрі")
    assert kazakh.fullmatch("бас  директоры")
    assert not kazakh.fullmatch("министрлік")


def test_apostrophes_of_uzbek_as_texts_write_them() -> None:
    uzbek = re.compile(grammar_of("uz").role_expression(["oʻrinbosar"], ()))
    assert uzbek.fullmatch("oʻrinbosari")
    assert uzbek.fullmatch("o‘rinbosari")
    assert uzbek.fullmatch("o'rinbosar")
