"""Language of a text."""

import pytest
from babel import Locale
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.parsers.language import PLAUSIBLE, _classifier, detect_language, language_code

LATIN_KAZAKH = (
    "Óńirdegi zaýyttyń qurylysy aıaqtaldy, onda mys pen qorǵasyn óńdeledi, dep habarlady "
    "ministrlik. Jańa kásiporyn ekinshi jyly iske qosylady."
)
TAJIK = (
    "Дар Саридора озмоишгоҳи нави таҳлили намунаҳо кушода шуд, ки дастгоҳҳои он аз ҳисоби "
    "лоиҳаи байналмилалӣ харида шудаанд"
)
"""One of its own letters among a hundred, and many of one that Uzbek has, too."""

# With words that begin as small words of Uzbek do.
INDONESIAN = (
    "Pemerintah daerah memulai vaksinasi di pelabuhan, dan para dokter membilang variasi vaksin "
    "yang tersedia untuk para pekerja."
)
AZERBAIJANI = (
    "Bu qurum üçün vacib variantlar var, onlar qarşıdaki aylarda müzakire olunacaq, nazirlik bu "
    "barede qerar qebul edib"
)


@pytest.mark.parametrize(
    ("text", "declared", "lang"),
    [
        (
            "Die Sitzung fand am 8. und 9. Juni in Astana statt und befasste sich mit Clustern.",
            "en",
            "de",
        ),
        (
            "The session took place in Astana and dealt with clusters of small companies.",
            "de",
            "en",
        ),
        (
            "La réunion a eu lieu dans la capitale et portait sur les matières premières.",
            None,
            "fr",
        ),
        ("Министр встретился с делегацией и обсудил вопросы сотрудничества в отрасли", "kk", "ru"),
        (
            "Министр кездесу өткізіп, онда өңірдегі өндіріс пен жұмыс орындары талқыланды",
            "ru",
            "kk",
        ),
        ("Министр жолугушуу өткөрүп, анда өндүрүш жана жаңы долбоорлор талкууланды", "ru", "ky"),
        (
            "Бишкекте көргөзмө өтүп, ага ар кайсы өлкөлөрдөн адистер жана ишкерлер катышышты",
            "ru",
            "ky",
        ),
        ("Вазир бо ҳайат мулоқот намуда, масъалаҳои саноати кӯҳиро баррасӣ кард", "ru", "tg"),
        (TAJIK, None, "tg"),
        ("Вазир билан учрашув бўлиб ўтди, унда саноат масалалари кўриб чиқилди", None, "uz"),
        (
            "Vazir bilan uchrashuv bo‘lib o‘tdi, unda kon sanoati masalalari ko‘rib chiqildi",
            "en",
            "uz",
        ),
        (
            "Tumanda yangi shaxta ochildi va u yiliga uch ming tonna rux konsentratini beradi",
            None,
            "uz",
        ),
        (
            "Институттун бөлүмү көмүр кендерин изилдөө үчүн жабдык сатып алды, иш күзгө созулат",
            None,
            "ky",
        ),
        (LATIN_KAZAKH, "en", "kk"),
        (LATIN_KAZAKH.replace("ń", "ñ").replace("ǵ", "ğ"), "tr", "kk"),
        ("Bakıda yeni qanun qəbul edildi və prezident qərar imzaladı", None, "az"),
        (INDONESIAN, None, "id"),
        (AZERBAIJANI, None, "az"),
        ("El año que viene España quiere que quien enseña a la compañía pague", "es", "es"),
        ("Сайд төлөөлөгчидтэй уулзаж, уул уурхайн салбарын хамтын ажиллагааг ярилцав", "en", "mn"),
        ("Міністр зустрівся з делегацією та обговорив розвиток гірничої галузі країни", "ru", "uk"),
        ("Служба видала мапу, на якій показано сімнадцять ділянок у трьох областях", "uk", "uk"),
        ("Кеніш жабылды", None, "kk"),
        ("Кеніш жабылды", "ru", "kk"),
        ("Жаңалықтар", "uk", "kk"),
        ("Новини міста: відкрили завод", "uk", "uk"),
        ("Навіны: адкрылі завод", "be-BY", "be"),
        ("Nachrichten", "de-AT", "de"),
        ("", "ru", "ru"),
        ("12.05.2024", None, None),
    ],
)
def test_text_wins_over_declaration(text: str, declared: str | None, lang: str | None) -> None:
    assert detect_language(text, declared) == lang


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("de-AT", "de"),
        ("EN_us", "en"),
        ("kz", "kk"),
        ("ua", "uk"),
        ("deu", "de"),
        ("xyz", None),
        ("", None),
        (None, None),
    ],
)
def test_language_tags(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code


def names_of_days(code: str) -> str:
    """Words of a language in its own letters."""
    locale = Locale.parse(code)
    names = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    return " ".join(map(str, names))


def test_a_smaller_table_tells_the_same_languages() -> None:
    """Bytes that no text has are among those that lead everywhere to the same state."""
    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(list(PLAUSIBLE))
    small = _classifier()
    assert len(small.tk_nextmove) < 0.8 * len(whole.tk_nextmove)
    by_language = [names_of_days(code) for code in PLAUSIBLE]
    assert len({whole.classify(text)[0] for text in by_language}) > 0.8 * len(PLAUSIBLE)
    for text in (
        *by_language,
        LATIN_KAZAKH,
        TAJIK,
        "Nachrichten vom Tage",
        "",
        "\x00\x7f",
        "ЁЛКА",
        "鉱山の会議",
        "Θ " * 30,
        "1,5 %",
    ):
        assert small.classify(text) == whole.classify(text)
