from __future__ import annotations

import random

from indexer.text.shingles import containment, resemblance, shingle_sample

CHANCE = random.Random(7)
WORDS = [f"wort{number}" for number in range(400)]


def text(words: int) -> str:
    return " ".join(CHANCE.choice(WORDS) for _ in range(words))


def test_a_text_resembles_itself_whatever_its_layout() -> None:
    one = text(120)
    other = one.upper().replace(" ", ",\n\n", 5)
    assert shingle_sample(one) == shingle_sample(other)
    assert resemblance(shingle_sample(one), shingle_sample(other)) == 1


def test_other_texts_of_the_same_words_do_not() -> None:
    assert resemblance(shingle_sample(text(300)), shingle_sample(text(300))) < 0.02


def test_a_part_is_contained_in_the_whole() -> None:
    part = text(80)
    whole = f"{text(200)} {part} {text(200)}"
    assert containment(shingle_sample(part), shingle_sample(whole)) == 1
    assert containment(shingle_sample(whole), shingle_sample(part)) < 0.3


def test_the_sample_estimates_what_all_shingles_would_say() -> None:
    """Half of a text replaced: a third of all shingles of both is in both."""
    shared, one, other = text(2000), text(2000), text(2000)
    alike = resemblance(shingle_sample(shared + " " + one), shingle_sample(shared + " " + other))
    assert abs(alike - 1 / 3) < 0.05


def test_too_few_words_have_no_shingle() -> None:
    assert shingle_sample("drei kurze Worte") == frozenset()
    assert resemblance(frozenset(), frozenset()) == containment(frozenset(), frozenset()) == 0
