import pytest

from crawler.parsers.events.grammar.masked_dots import MASKED_DOT, DotMask

ABBREVIATIONS = ["Dr.", "z.B.", "u. a.", "Dipl-Ing.", "г."]
MASK = DotMask(ABBREVIATIONS, ["г."], ordinal_dots=True)
ODD = DotMask(["§Abs.", *ABBREVIATIONS], ["г."], ordinal_dots=True)
"""One of its abbreviations begins with no letter."""


@pytest.mark.parametrize("mask", [MASK, ODD])
@pytest.mark.parametrize(
    "text",
    [
        "Am 5_ Mai und 12_ Juni. Dann",
        "Es waren 115. Am Ende 2,5. Und",
        "A_ B_ Berg. Und",
        "Heinrich VIII_ Und XVIIII_ Ähnlich VIIIIIII. So",
        "Die Seite norlit_example und 3_5. Ende",
        "DR_ Weiß, z_B_ heute, u_ a_ morgen. Der Rudr. kam",
        "Frau Dipl-Ing_ Weiß, Dipl. Ing. Weiß, x-Dr_ Rot, x-Dipl-Ing_ Blau",
        "в 2031 г. Совет, в г_ Алматы, 2031 г_ прошёл, 2031 г.",
        ".Am Anfang",
        "Ohne alles",
    ],
)
def test_dots_that_end_no_sentence(mask: DotMask, text: str) -> None:
    assert mask.mask(text.replace("_", ".")) == text.replace("_", MASKED_DOT)


def test_what_begins_with_no_letter() -> None:
    assert ODD.mask("Nach §Abs. vier.") == f"Nach §Abs{MASKED_DOT} vier."


def test_where_ordinals_have_no_dot() -> None:
    plain = DotMask([], ordinal_dots=False, unit_abbreviations=())
    assert plain.mask("On 5. May A. Berg") == f"On 5. May A{MASKED_DOT} Berg"
