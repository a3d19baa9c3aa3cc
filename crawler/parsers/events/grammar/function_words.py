"""Function words of German, English and Russian, for patterns that serve pages of any language.

A page quotes names and phrases of other languages ("Institut A and Institute B"). So the patterns
of rows and names know the words of all of them; what only one language does stands in its grammar.
Each constant is an alternation for a regular expression.
"""

from __future__ import annotations

from crawler.parsers.scripts import (
    CYRILLIC_CAPITALS,
    CYRILLIC_SMALL,
    GERMAN_CAPITALS,
    RUSSIAN_SMALL,
)

CAPITAL = f"{GERMAN_CAPITALS}{CYRILLIC_CAPITALS}"
"""Capital letters, for a character class."""
SMALL = f"a-zäöüß{CYRILLIC_SMALL}"
"""Small letters, for a character class."""

AND = "und|and|и"
JOINS_AGENTS = "und|sowie"
AS_WELL_AS = "sowie|as well as|а также"
ALSO = "auch|oder|also|or|также|или"
"""Before a second way in which something is held (… or online)."""
WITH = "together with|gemeinsam mit|with"
ARTICLES = "the|der|die|das|des|dem|den"
GERMAN_DEFINITE = "der|dem|die|das|den"
DEFINITE = f"{GERMAN_DEFINITE}|the"
"""Articles before a name in the nominative, dative or accusative."""
GERMAN_BY = "vom|von"
BY = f"{GERMAN_BY}|by"
"""Before the agent of a passive."""
CASE_ARTICLES = "der|the|die|den|dem"
"""Before a noun in a row of participants."""
SUBJECT_ARTICLES = "die|der|das|the"
"""Before a quoted theme."""
RELATIVE = "der|die|das|den|dem|dessen|deren"
"""Behind a comma these open a relative clause."""
GENITIVE = "der|des"
"""Behind a noun these tell whose it is (Ausrichter der Runde)."""
OF = "of|der|des|für|for|по"
"""Inside the name of a house or body."""
LINKS_IN_HOUSES = (
    "of|the|de|der|des|dem|den|am|an|im|in|zu|zum|zur|für|for|unter|bei|und|and|и|имени|им[.․]"
)
"""Between the words of the name of a house, one or two (Haus in der Au)."""
INSIDE_BODIES = "of|and|für|und"
"""Between two words in capitals of the name of a body."""
BEFORE_DATES = "on|in|at|am|im|vom|в|во|на"
"""Between a name and the date behind it."""
HOURS = "Uhr|h|am|pm|a[.․]m|p[.․]m|ч|час|часа|часов"
"""Behind the number of an hour."""
HOUR = rf"\d\s?(?:{HOURS})\b"
"""The end of a time that says so, in any case of letters (15 Uhr, 05:15 PM)."""
FROM = "из|from|aus"
"""Before the country or body that somebody comes from."""

BE = r"was|were|been|be|is|are|wurde|wurden|worden|был\w*"
"""Auxiliaries of the passive."""
THEME_IS = "war|waren|lautete|lautet|heißt|hieß|is|was|стала|является"
"""Between the word for a theme and the theme itself."""

STATES = "EU|USA|UK|UN|GUS|СНГ|ЕС|США|РК|РФ|КР|РТ|КНР|ФРГ|ОАЭ"
"""Acronyms of states and unions of states: no bodies that hold an event."""
ORDINAL_ENDINGS = "й|я|е|го|му|м|ю"
"""Behind a hyphen these make a number an ordinal (5-й)."""
TOWN_WORDS = "city of|г[․.]|городе|город|столице"
"""Between a preposition and the name of a town."""
TOWN_KINDS = "город|село|пос[её]лок"
"""Before the name of a place that stands by itself, as on a label."""
TOWN_ATTRIBUTES = (
    r"[\w-]+ischen\s+|(?:[\w-]+(?:en|er|n)?\s+)?\w*stadt\s+"
    r"|(?:[\w-]+\s+){0,2}(?:town|city|village|municipality)\s+of\s+"
)
"""As these, behind an article (im sächsischen Freiberg, in the small town of Aracena)."""
BEFORE_SERIES = "der|des|dem|den|die|von|vom|the|of|for"
"""Between the word for a session and its series."""
SESSIONS = (
    r"\w*sitzung(?:en)?|treffen\w*|\w*tagung|meetings?|sessions?"
    r"|заседани\w*|сесси\w*|встреч\w*|совещани\w*"
)
"""Heads of what a standing body holds."""
HOUSE_ADJECTIVE = f"[{RUSSIAN_SMALL}]+(?:ом|ой|ном|ого|его)"
"""Before the word for a house (в актовом зале)."""
HOUSE_GENITIVE = rf"[{RUSSIAN_SMALL}]+(?:ых|ого|ой|ов|ства|ии|ий|ки)\b"
"""Behind the word for a house (дом культуры)."""
COPULA = (
    r"(?<!there )\b(?:is|are|was|were)\s(?:one of\s)?(?:(?:an?|the|our|[\w-]+['’]s)\s)?(?:\w+\s)?\Z"
)
"""What stands before what something is, in English."""
