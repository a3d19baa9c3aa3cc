"""Forms of words that Snowball does not bring to the stem of the word that they are of: participles
of German and Russian, and Russian cases in which a vowel goes.

Words are folded (förderten: forderten). Of a form several words may be the one: whoever asks takes
those that are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_OF_ADJECTIVE = "(?:e[nmrs]?)?"
_BEFORE_VERB = "(ab|an|auf|aus|ein|um|vor|weiter|wieder|zuruck)?"
_OF_PARTICIPLE = "(?:[ыо]й|ая|ое|ые|ого|ому|ую|ых|ым|ыми|ом|[аоы])?"
_OF_VERB = "(?:ует|уют|овал[аио]?|ующ(?:ий|ая|ее|ие|его|ей|ему|их|им))"
_OF_NOUN = "(?:а|у|о?м|е?м|е|и|ы|[ое]в|ам|ами|ах)"
_FAMILIES: Sequence[tuple[re.Pattern[str], Sequence[str]]] = tuple(
    (re.compile(form), words)
    for form, words in (
        # "rekultivierte" is of rekultivieren, Rekultivierung
        (rf"(.{{3,}})iert{_OF_ADJECTIVE}", (r"\1ieren", r"\1ierung", r"\1ation")),
        # "gebohrt" is of bohren, "ausgebildete" of ausbilden, "geliefert" of liefern
        (rf"{_BEFORE_VERB}ge(.{{3,}}?)e?t{_OF_ADJECTIVE}", (r"\1\2en", r"\1\2n", r"\1\2ung")),
        # "bohrten" is of bohren
        (r"(.{4,}?)ten?", (r"\1en", r"\1n")),
        # "рекультивированный" is of рекультивация, "экспортирующий" of экспортировать
        (
            rf"(.{{3,}})ир(?:ованн?{_OF_PARTICIPLE}|{_OF_VERB})",
            (r"\1ирование", r"\1ация", r"\1ировать"),
        ),
        # "образованного" is of образование
        (rf"(.{{4,}})ованн?{_OF_PARTICIPLE}", (r"\1ование", r"\1овать")),
        # "поставок" is of поставка, "рынка" of рынок, "торговцев" of торговец
        (r"(.{2,})[оеё]к", (r"\1ка",)),
        (rf"(.{{2,}})к{_OF_NOUN}", (r"\1ок",)),
        (rf"(.{{3,}})ц{_OF_NOUN}", (r"\1ец",)),
    )
)


def words_of_form(surface: str) -> Iterator[str]:
    """Words that a folded one may be a form of."""
    for form, words in _FAMILIES:
        if told := form.fullmatch(surface):
            yield from (told.expand(word) for word in words)
