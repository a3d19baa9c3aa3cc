"""German names that are written in Cyrillic, in the letters of German, and a few English ones.

Russian writes them by their sound, in a newer and an older manner: Штайн and Штейн, Айххорн and
Эйхгорн. To read every ай as ei would make one person of Сейтов and Сайтов, Бейбут and Байбут; so
only beginnings and whole names are read that no name of another origin has. What stands for more
than one German name (Беккер: Becker, Bäcker; Байер: Bayer, Beyer) stays as it is. So does ей where
it may be English ay or ey (Грей: Gray, Grey), or Russian (Сергей).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_WHOLE: Mapping[str, str] = MappingProxyType(
    {
        # ö, ä and äu, for which Russian has no letters
        "беме": "bohme",
        "беттхер": "bottcher",
        "бетхер": "bottcher",
        "гебель": "gobel",
        "геринг": "goring",
        "гете": "goethe",
        "йегер": "jager",
        "келер": "kohler",
        "зедер": "soder",
        "кениг": "konig",
        "клекнер": "klockner",
        "крегер": "kroger",
        "леффлер": "loffler",
        "меллер": "moller",
        "редер": "roder",
        "реслер": "rosler",
        "реттген": "rottgen",
        "ферстер": "forster",
        "хефер": "hofer",
        "шефер": "schafer",
        "шойбле": "schauble",
        "шредер": "schroder",
        "шретер": "schroter",
        "эттингер": "oettinger",
        # others that would be taken for another name if they were read in part
        "вайс": "weiss",
        "вайль": "weil",
        "ганс": "hans",
        "генрих": "heinrich",
        "герберт": "herbert",
        "файт": "veit",
        "фойгт": "voigt",
        "фосс": "voss",
        "хайде": "heide",
        "хайди": "heidi",
        "хайке": "heike",
        "хайко": "heiko",
        "малер": "mahler",
        "хайн": "hein",
        "хайль": "heil",
        "шпан": "spahn",
        "шталь": "stahl",
        "штарк": "stark",
        # English
        "мюррей": "murray",
        "фарадей": "faraday",
        "фаррадей": "farraday",
    }
)
"""Folded name in Cyrillic → as German writes it, folded."""

_PARTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), becomes)
    for pattern, becomes in (
        ("ьо", "йо"),  # Бьорн: Björn
        ("гельм", "хельм"),  # Вильгельм: Wilhelm
        ("ш?т[ае]йн(?=$|[аеёибвгдзклмр]{1,2})", "stein"),
        ("м[ае]йер(?!с|о?в)", "meier"),
        ("(?<=..)(?:х[ае]йм|гейм)(?=$|ер$)", "heim"),
        ("^(?:[ао]й|эй)х(?=[хгмнб]|ин|ел)", "eich"),
        ("(?<=^eich)горн", "horn"),
        ("^[аэ]йзен", "eisen"),
        ("^айснер", "eisner"),
        ("бл[яа]йх", "bleich"),
        ("^вайн(?=[бгхрт]|ма|ер)", "wein"),
        ("^в[ае]йгел", "weigel"),
        ("^в[ае]йс(?=ман|бах|нер)", "weiss"),
        ("^г[ае]йгер", "geiger"),
        ("^з[ае]йдел", "seidel"),
        ("^зайфер", "seifer"),
        ("^кл[яе]йн", "klein"),
        ("^крайс", "kreis"),
        ("^л[ея]йтнер", "leitner"),
        ("^лайтнер", "leitner"),
        ("^ляйен", "leyen"),
        ("^м[ае]йснер", "meissner"),
        ("^пф[ае]йф", "pfeif"),
        ("^райтер", "reiter"),
        ("^райх(?=ел?$|ен|м|арт|ерт)", "reich"),
        ("^р(?:[ае]йнх|ейнг)(?=а|о|и)", "reinh"),
        ("^фрай(?=таг|берг)", "frei"),
        ("^хайн(?=ема|е$)", "hein"),
        ("х[ае]йнц", "heinz"),
        ("х[ае]йнри", "heinri"),
        ("^хайде(?=ма|нр)", "heide"),
        ("^шн[ае]йд", "schneid"),
        ("^шр[ае]йбер", "schreiber"),
        ("^дойч", "deutsch"),
        ("^кройц(?=ер|бер|фел|$)", "kreuz"),
        ("^лойтхойс", "leutheus"),
        ("^ной(?=ман|бау|кир|хау|ройт)", "neu"),
        ("^ройтер", "reuter"),
        ("^фойер(?=бах|штайн|stein)", "feuer"),
        ("^шойер(?=ман|ле)", "scheuer"),
        ("^шт(?=ефф|ефан|олл|ольц|ольтен|раус|урм$|адлер|ауфен|ауд|емпф|умпф|робел|реккер)", "st"),
        ("^шп(?=еер|р[ие]нгер|ит?цер|ит?цвег)", "sp"),
        ("^фо(?=гел|гт$|льк(?:ер|мар|хар)|льмер)", "vo"),
        ("(?<=..)уэй$", "way"),  # Хемингуэй: Hemingway
    )
)


@lru_cache(maxsize=100_000)
def spelled_in_german(word: str) -> str:
    """A folded word of a name with the parts that are German, or English, in Latin letters; all
    others stay.
    """
    if word in _WHOLE:
        return _WHOLE[word]
    for pattern, becomes in _PARTS:
        word = pattern.sub(becomes, word)
    return word


_UMLAUT = re.compile("[äö]|(?<![aeiouq])[ao]e(?=[^aeiou])", re.IGNORECASE)
_E_IN_CYRILLIC = re.compile("(?<=.)[еёэ]", re.IGNORECASE)


def umlauts_in_cyrillic(name: str) -> str:
    """A name with e for ä and ö, as Russian hears them: Bäcker is Беккер, like Becker."""
    return _UMLAUT.sub("e", name)


def umlauts_from_cyrillic(name: str) -> tuple[str, str]:
    """The Cyrillic name as it stands if its first e is an ä or an ö in German."""
    return _E_IN_CYRILLIC.sub("а", name, count=1), _E_IN_CYRILLIC.sub("о", name, count=1)
