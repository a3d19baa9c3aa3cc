"""Sentences of the made-up articles, in three languages, with gaps for names, numbers and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What the articles of one language are made of."""

    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    event: tuple[str, ...]
    """Sentences of a page that reports an event."""
    commodities: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    persons: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    """How a day is written."""
    menu: tuple[str, ...]
    boxes: Mapping[str, str]
    """Labels of the furniture."""


GERMAN = Wording(
    titles=(
        "{body} will Versorgung mit {commodity} sichern",
        "Mehr {commodity} aus {place}: {body} legt Zahlen vor",
        "{place} setzt bei {commodity} auf eigene Verarbeitung",
        "Rohstoffdialog in {place}: Was {body} erwartet",
    ),
    sentences=(
        (
            "Die Nachfrage nach {commodity} ist nach Angaben von {body} seit {day} um {number} "
            "Prozent gestiegen."
        ),
        "{person} verwies darauf, dass die Gruben bei {place} nur einen Teil des Bedarfs decken.",
        (
            "Eine zweite Aufbereitungsanlage soll jährlich {number} Tonnen verarbeiten, sagte "
            "{person} am {day}."
        ),
        (
            "Aus Sicht der Betriebe fehlt es weniger an Lagerstätten als an Straßen, Strom und "
            "Fachkräften."
        ),
        (
            "Für die Erkundung rund um {place} stehen {number} Millionen Euro bereit, von denen "
            "ein Drittel aus dem Haushalt kommt."
        ),
        (
            "Wie viel davon am Ende in den Büchern bleibt, hängt an Preisen, die sich in einem "
            "Jahr halbieren oder verdoppeln können."
        ),
        (
            "{body} hat deshalb vorgeschlagen, langfristige Lieferverträge mit Abnehmern in "
            "{place} zu schließen."
        ),
        (
            "Umweltverbände fordern, dass die Rückstände der Verarbeitung von {commodity} sicher "
            "gelagert werden."
        ),
        "Bis zum {day} können Unternehmen Stellung nehmen; danach entscheidet das Ministerium.",
        (
            "Im vergangenen Jahr wurden über den Hafen {number} Ladungen verschifft, so viele "
            "wie nie zuvor."
        ),
        "{person} sprach von einem Anfang, dem nun Taten folgen müssten.",
        (
            "Nach Einschätzung von Fachleuten bleibt {commodity} auf Jahre hinaus knapp, auch "
            "wenn neue Vorkommen erschlossen werden."
        ),
    ),
    event=(
        (
            "Am {day} fand in {place} die {number}. Sitzung der Arbeitsgruppe Rohstoffe von "
            "{body} statt."
        ),
        (
            "An dem Treffen nahmen rund {number} Vertreter aus Politik und Wirtschaft teil, "
            "unter ihnen {person}."
        ),
    ),
    commodities=("Lithium", "Kupfer", "Kobalt", "Graphit", "Wolfram", "Seltene Erden", "Antimon"),
    places=("Astana", "Bischkek", "Freiberg", "Taschkent", "Ulan Bator", "Hannover", "Duschanbe"),
    bodies=("der Wirtschaftsverband", "das Ministerium", "die Rohstoffagentur", "der Ausschuss"),
    persons=(
        "Geschäftsführerin Karla Brandt",
        "Vizeminister Daniyar Aliyev",
        "Dr. Jens Ohlrogge",
        "Referatsleiterin Marta Sieverding",
    ),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
    day="{day}. {month} {year}",
    menu=("Politik", "Wirtschaft", "Bergbau", "Energie", "Länder", "Verband", "Presse", "Termine"),
    boxes={
        "cookies": "Wir verwenden Cookies, um unser Angebot zu verbessern.",
        "related": "Das könnte Sie auch interessieren",
        "read": "Meistgelesen",
        "share": "Teilen",
        "comments": "Kommentare",
        "by": "Von",
        "newsletter": "Newsletter bestellen",
    },
)

ENGLISH = Wording(
    titles=(
        "{body} moves to secure {commodity} supply",
        "More {commodity} from {place}, says {body}",
        "{place} bets on refining {commodity} at home",
        "Raw materials dialogue in {place}: what {body} expects",
    ),
    sentences=(
        "Demand for {commodity} has risen by {number} per cent since {day}, according to {body}.",
        "{person} pointed out that the mines near {place} cover only part of what is needed.",
        "A second plant is to process {number} tonnes a year, {person} said on {day}.",
        "Operators say that roads, power and skilled people are scarcer than deposits.",
        (
            "Some {number} million dollars have been set aside for exploration around {place}, a "
            "third of it public money."
        ),
        (
            "How much of that stays in the books depends on prices that may halve or double "
            "within a year."
        ),
        "{body} has therefore proposed long supply contracts with buyers in {place}.",
        "Campaigners want the residues of {commodity} processing to be stored safely.",
        "Companies may comment until {day}; the ministry will then decide.",
        "Last year {number} cargoes left the port, more than ever before.",
        "{person} called it a beginning that needed to be followed by deeds.",
        "Analysts expect {commodity} to stay tight for years, even where new deposits are opened.",
    ),
    event=(
        (
            "The {number}th meeting of the raw materials working group of {body} was held in "
            "{place} on {day}."
        ),
        "About {number} delegates from government and industry took part, among them {person}.",
    ),
    commodities=("lithium", "copper", "cobalt", "graphite", "tungsten", "rare earths", "antimony"),
    places=("Astana", "Bishkek", "London", "Tashkent", "Ulaanbaatar", "Toronto", "Dushanbe"),
    bodies=("the trade association", "the ministry", "the minerals agency", "the committee"),
    persons=(
        "managing director Clara Brandt",
        "deputy minister Daniyar Aliyev",
        "Dr Owen Prestwick",
        "head of unit Martha Silverdale",
    ),
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    day="{day} {month} {year}",
    menu=("Politics", "Business", "Mining", "Energy", "Countries", "About", "Press", "Events"),
    boxes={
        "cookies": "We use cookies to improve our service.",
        "related": "You may also like",
        "read": "Most read",
        "share": "Share",
        "comments": "Comments",
        "by": "By",
        "newsletter": "Get our newsletter",
    },
)

RUSSIAN = Wording(
    titles=(
        "{body} намерено обеспечить поставки: {commodity}",
        "{place}: {body} сообщило новые данные о добыче",
        "{place} делает ставку на переработку сырья",
        "Сырьевой диалог, {place}: чего ждёт {body}",
    ),
    sentences=(
        "По данным, которые приводит {body}, с {day} спрос вырос на {number} процентов.",
        "{person} напомнил, что рудники дают лишь часть необходимого сырья: {commodity}.",
        "Вторая фабрика будет перерабатывать {number} тонн в год, сообщил {person} {day}.",
        (
            "По словам предприятий, дорог, энергии и специалистов не хватает сильнее, чем "
            "месторождений."
        ),
        "На разведку выделено {number} миллионов долларов, треть из них из бюджета.",
        (
            "Сколько из этого останется на счетах, зависит от цен, которые за год могут упасть "
            "или вырасти вдвое."
        ),
        (
            "Поэтому {body} предложило заключать долгосрочные договоры с покупателями из города "
            "{place}."
        ),
        "Экологи требуют надёжно хранить отходы переработки ({commodity}).",
        "Компании могут представить замечания до {day}, затем решение примет министерство.",
        "В прошлом году через порт отправлено {number} партий, больше, чем когда-либо.",
        "{person} назвал это началом, за которым должны последовать дела.",
        "По оценке специалистов, дефицит ({commodity}) сохранится ещё несколько лет.",
    ),
    event=(
        (
            "{day} в городе {place} состоялось {number}-е заседание рабочей группы по сырью, "
            "которое провело {body}."
        ),
        (
            "Во встрече приняли участие около {number} представителей власти и бизнеса, среди "
            "них {person}."
        ),
    ),
    commodities=("литий", "медь", "кобальт", "графит", "вольфрам", "сурьма", "никель"),
    places=("Астана", "Бишкек", "Ташкент", "Душанбе", "Улан-Батор", "Караганда", "Ош"),
    bodies=("министерство промышленности", "агентство по недрам", "министерство энергетики"),
    persons=(
        "директор Асель Токтогулова",
        "вице-министр Данияр Алиев",
        "министр Руслан Юнусов",
        "начальник управления Марат Сейтказы",
    ),
    months=(
        *("января", "февраля", "марта", "апреля", "мая", "июня", "июля"),
        *("августа", "сентября", "октября", "ноября", "декабря"),
    ),
    day="{day} {month} {year} года",
    menu=("Политика", "Экономика", "Недра", "Энергетика", "Страны", "О нас", "Пресса", "События"),
    boxes={
        "cookies": "Мы используем файлы cookie для улучшения работы сайта.",
        "related": "Читайте также",
        "read": "Самое читаемое",
        "share": "Поделиться",
        "comments": "Комментарии",
        "by": "Автор:",
        "newsletter": "Подписаться на рассылку",
    },
)

WORDINGS: Mapping[str, Wording] = {"de": GERMAN, "en": ENGLISH, "ru": RUSSIAN}
