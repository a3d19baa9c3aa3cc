"""The constructions of languages that put endings behind words: Kazakh, Kyrgyz, Uzbek, Mongolian,
in which the head stands last and the verb closes the sentence, and Tajik, whose ezafe links what
follows a head to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.parsers.entities.folding import APOSTROPHES, LETTER_APOSTROPHE, has_cyrillic
from crawler.parsers.entities.grammar.suffixes import (
    ARGUMENTS,
    CASES,
    GOALS,
    NAMES_WITH_COMMAS,
    OBJECTS,
    ORIGINS,
    OWNERS,
    PARTICIPLES,
    PLACES,
    PLURALS,
    is_linked,
    noun_forms,
)
from crawler.parsers.events.grammar.base import Grammar
from crawler.parsers.events.grammar.function_words import CAPITAL
from crawler.parsers.events.grammar.job_titles import JobTitleGrammar
from crawler.parsers.events.grammar.suffixed_houses import (
    houses_by_case,
    houses_by_link,
    is_hall,
    is_house,
    plain_house,
)
from crawler.parsers.events.grammar.tails import YEAR, Step, TailReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.parsers.events.grammar.vocabulary import EventVocabulary

_QUOTED_BEFORE = re.compile(r"[«„“\"][^«»„“”\"\n]{3,90}[»“”\"]\s(?:(?:атты|деген|номли)\s)?\Z")
_NUMBERED = re.compile(r"\d{1,3}(?:[-‑]?[^\W\d_]{1,7})?\Z")
_ORDINALS = (
    "ші|шы|інші|ыншы|нші|ншы|чи|чы|чү|чу|нчи|нчы|нчү|нчу|inchi|nchi|chi|нчи|инчи"
    "|дугаар|дүгээр|р|ум|юм|умин|юмин"
)
"""Behind the figures of an ordinal (5-ші, 5-chi, 5-р, 5-умин)."""
_GLUED_CASES = {
    "kk": "[дтн][ае]н|[дтн][ыі]ң|[гк]е|[ғқ]а",
    "ky": "[дт][аеоө]н|[дт][ыиуү]н|[гк][еоө]|ка",
    "uz": "(?:ta)?dan|ta|(?:та)?дан|та",
}
"""Language → cases and counters right behind figures; not га, which is short for hectares."""
_COUNTERS = ("ta", "та")
"""What stands behind an Uzbek number that counts (ellikta, элликта)."""
_NUMBER_CASE = re.compile(r"(?:[дтн][аеоө]н|[гғкқ][аеоө]|[дт][аеоө]й|dan|ga|qa|ka)?")
"""Endings of numbers beside a hedge: more than, close to, about."""
_APOSTROPHES = {"uz": f"'{APOSTROPHES}"}
_DASHES = "-–—"
_SUBJECT_WORD = re.compile(r"«[^«»\n]{3,120}»(?!\w)|[“\"][^“”\"\n]{3,120}[”\"](?!\w)|\w[\w’'–-]*")
_WITH = {
    "kk": re.compile(r"(?<=\w{3})(?=[мбп]ен\s\Z)|(?<=\w)(?=\s[мбп]ен\s\Z)"),
    "ky": re.compile(r"(?<=\w)(?=\sменен\s\Z)"),
    "uz": re.compile(r"(?<=\w)(?=\s(?:bilan|билан)\s\Z)"),
    "mn": re.compile(r"(?<=\w{3})(?=т[аэо]й\s\Z)"),
}
"""Language → the end of a noun that something is with."""
_COMPANY = 4
"""Words that tell with whom a meeting is."""
_LONGEST_SUBJECT = 10
"""Words of what a gathering is about."""
_OPENED_BEFORE = re.compile(r"[«“„]([^«»“”„\n]*)\Z")
_CLOSED_BEHIND = re.compile(r"([^«»“”„\n]*)[»”]")
_LONGEST_QUOTE, _WORDS_OF_HOUSE = 60, 3
_LONGEST_REMIT = 9
"""Words of a remit before a post."""
_OF_VERB = {
    language: re.compile(rf"[\w'-]{{3,}}(?:{cases}|{OBJECTS[language]})\Z")
    for language, cases in ARGUMENTS.items()
}
"""Language → words in a case of the verb."""
_PARTICIPLE = {
    language: re.compile(rf"\w{{2,}}(?:{endings})\Z") for language, endings in PARTICIPLES.items()
}
"""Language → verbs that qualify a noun or another verb."""
_FINITE_VERBS = {
    "kk": "[ыі]лд[ыі]|[ыі]нд[ыі]|л[ае]д[ыі]|т[ыі]рд[ыі]|[ае]д[ыі]",
    "ky": "[ыиуү]лд[ыиуү]|[ыиуү]нд[ыиуү]|[лт][аеоө]д[ыиуү]|шт[ыиуү]|т[ыиуү]рд[ыиуү]",
    "uz": "di|dilar|moqda|ди|дилар|моқда",
    "mn": "[лж][аэоө]{2}|ч[аэоө]{2}",
}
"""Language → endings of verbs in the past or present, which close a clause; only those that nouns
hardly have.
"""
_LIKE_CASES = ("на", "не")
"""Endings of cases that names of places have, too (Фергана)."""
_EZAFE = "и"
_BEHIND_WITH = re.compile(r"\sбо\s")
_LINKED_BY_AND = ("ию", "иву")
"""Endings that link one adjective to the next in Tajik (илмию амалӣ)."""
_LONG = 4
"""Letters from which an ending is one: shorter words only look like it."""


class HeadLastJobTitles(JobTitleGrammar):
    """A job title closes its phrase, behind the body that somebody works for, right before the
    name.
    """

    has_bodies_before = True
    title_before_wins = True

    def first_of_remit(self, masked: str, words: Sequence[re.Match[str]], first: int) -> int:
        """Of a post that only one kind of body has (Өнеркәсіп және құрылыс | вице-министрі): back
        to a case of the verb or a participle, over commas where "and" closes their row.
        """
        if not self._has_remit(words, first):
            return first
        lists, opens = self._words.lang in NAMES_WITH_COMMAS, first
        for at in range(first - 1, max(-1, first - 1 - _LONGEST_REMIT), -1):
            word, behind = words[at].group(), words[at + 1]
            gap = masked[words[at].end() : behind.start()].strip()
            of_region = word[0].isupper() and behind.group().casefold() in self._words.regions
            if gap not in (("", ",") if lists else ("",)):
                break
            if not (of_region or self._may_qualify(word)):
                break
            if word.casefold() in self._words.joiners:
                lists = True
            else:
                opens = at
        return opens

    def opens_pair(self, words: Sequence[str], first: int) -> bool:
        """Төтенше және | Өкілетті Елші."""
        if first < 2 or words[first - 1].casefold() not in self._words.joiners:
            return False
        return {words[first - 2].casefold(), words[first].casefold()} <= self._words.modifiers

    def _has_remit(self, words: Sequence[re.Match[str]], first: int) -> bool:
        """Whether the form of a post, or an owner before it, says that it has a remit there."""
        lang, title = self._words.lang, (word.group() for word in words[first:])
        post = next((word for word in title if self._words.body_of_post(word)), None)
        if first == 0 or post is None:
            return False
        if self._words.bound_posts:
            return self._words.is_bound_post(post)
        owner = next((w.group() for w in reversed(words[:first]) if not self._modifies(w)), "")
        return re.search(rf"(?:{OWNERS[lang]})\Z", owner.casefold()) is not None

    def _modifies(self, word: re.Match[str]) -> bool:
        return word.group().casefold() in self._words.modifiers

    def _may_qualify(self, word: str) -> bool:
        low = word.casefold()
        belongs = self._words.may_qualify(word) and not self._words.is_role(word)
        of_verb = _OF_VERB[self._words.lang].match(low) or _PARTICIPLE[self._words.lang].match(low)
        return low in self._words.joiners or (belongs and not of_verb)

    def joins_body(self, between: str) -> bool:
        """Nothing, or the word for a firm (X компаниясының | директоры)."""
        return between.strip().casefold() in self._words.kinds_of_firms | {""}


class EzafeJobTitles(JobTitleGrammar):
    """What a job title is of stands between it and the name (вазири саноати … X)."""

    title_before_wins = True

    def first_of_chain(self, words: Sequence[str], title: int) -> int:
        """Муовини якуми | вазир: a chain of links."""
        first = title
        for at in range(title - 1, -1, -1):
            if not is_linked(words[at].casefold(), "tg"):
                break
            if self._words.is_role(words[at]):
                first = at
        return first

    def _belongs_to_remit(self, word: str, *, before_comma: bool) -> bool:
        return True


class _SuffixedGrammar(Grammar):
    """What both kinds of languages share."""

    number_endings = _ORDINALS
    writes_ordinal_dots = False
    tells_past_by_form = False
    has_articles = False
    has_letter_ordinals = True
    towns_open_bodies = True
    drops_copula = True
    has_day_sentences = True
    is_taught = False
    stacks_numbers = True
    joins_bodies_by_case = True
    house_is_no_host = True
    marks_genitives = False

    def __init__(self, language: str) -> None:
        self._language = language

    def number_forms(self, number: str) -> set[str]:
        """The cases of "more than" and "close to", with and without a counter."""
        counted = (number + _COUNTERS[has_cyrillic(number)],) if self._language == "uz" else ()
        stems = (number, *counted)
        return {
            form
            for stem in stems
            for form in noun_forms(stem, self._language)
            if _NUMBER_CASE.fullmatch(form.removeprefix(stem))
        }

    def forms(self, phrase: str) -> set[str]:
        """The forms in number, possession and case, or with the link of ezafe."""
        return set(noun_forms(phrase, self._language))


class HeadLastGrammar(_SuffixedGrammar):
    """A language whose nouns close their phrase: a name stands on the left of its head alone."""

    job_titles = HeadLastJobTitles
    pairs_by_dash = True
    glues_numbers = True
    has_cases_of_quotes = True

    def __init__(self, language: str, arguments: str, apostrophes: str = "") -> None:
        """Take the endings of cases in which a word belongs to the verb, as an expression, and the
        signs that texts write for the letter of an apostrophe, if the language has one.
        """
        super().__init__(language)
        self.glued_cases = _GLUED_CASES.get(language, self.glued_cases)
        cases = CASES.get(language)
        self._case = re.compile(rf"(?:{cases})\Z") if cases else None
        cases = "|".join((arguments, OBJECTS[language], OWNERS[language]))
        self._case_of_head = re.compile(rf"\w{{{_LONG},}}(?:{cases})\Z")
        plurals = "|".join(PLURALS[language])
        self._plural = re.compile(
            rf"\w{{{_LONG - 1},}}(?:{plurals})(?:{arguments}|{OWNERS[language]})?\Z"
        )
        self._case_of_verb = re.compile(rf"(?:{arguments})\Z")
        self._owner = re.compile(rf"\w{{{_LONG},}}(?:{OWNERS[language]})\Z")
        self._owner_in_capitals = re.compile(rf"[{CAPITAL}]{{2,}}-?(?:{OWNERS[language]})\Z")
        self._participle = _PARTICIPLE[language]
        self._finite = re.compile(rf"\w{{3,}}(?:{_FINITE_VERBS[language]})\Z")
        self._goal = re.compile(rf"\w{{3,}}(?:{GOALS[language]})\Z")
        self._place = re.compile(rf"\w{{{_LONG},}}(?:{PLACES[language]})\Z")
        self._origin = re.compile(rf"(?:{ORIGINS[language]})\Z")
        self._argument = re.compile(rf"[\w-]{{{_LONG - 1},}}(?:{arguments})\Z")
        self._apostrophe = re.compile(rf"(?<=\w)[{apostrophes}](?=\w)") if apostrophes else None

    def even_signs(self, text: str) -> str:
        """A text whose apostrophes within words are letters."""
        return self._apostrophe.sub(LETTER_APOSTROPHE, text) if self._apostrophe else text

    def is_plural(self, head: str, kind: str, left: Sequence[str] = ()) -> bool:
        """By the ending of the plural, without possession: of a name it may be a part."""
        return kind != "weak" and self._plural.match(head.casefold()) is not None

    def name_may_follow(self, head: str, behind: Sequence[str], words: EventVocabulary) -> bool:
        """Not behind a case of the verb's (at the fair, «X» showed …), and not before a legal form,
        a house (Форум «X» қонақүйінде өтеді) or the word for a theme.
        """
        next_word = behind[0].strip(",.").casefold() if behind else ""
        if self._case_of_head.match(head.casefold()) or next_word in words.behind_themes:
            return False
        firm = any(word.strip(",.").isupper() for word in behind[:1])
        return not firm and not any(is_house(word, words) for word in behind)

    def quoted_start(self, text: str, floor: int, start: int) -> int:
        """Quoted words before a phrase open it («X» форумы)."""
        found = _QUOTED_BEFORE.search(text, floor, start)
        return found.start() if found else start

    def names_by_quotes(self, text: str, span: tuple[int, int], words: EventVocabulary) -> bool:
        """By the house or the legal form behind the quotes («Grand Samarqand» mehmonxonasida)."""
        start, end = span
        opened = _OPENED_BEFORE.search(text, max(0, start - _LONGEST_QUOTE), start)
        closed = _CLOSED_BEHIND.match(text, end, end + _LONGEST_QUOTE)
        if not opened or not closed or not (opened.group(1) or closed.group(1)):
            return False
        behind = text[closed.end() : closed.end() + _LONGEST_QUOTE].split()[:_WORDS_OF_HOUSE]
        return any(is_house(w, words) for w in behind) or any(w.isupper() for w in behind[:1])

    def quotes_house(self, text: str, end: int, words: EventVocabulary) -> bool:
        """By the house among the next words."""
        behind = re.split(r"[,.;:]", text[end : end + _LONGEST_QUOTE])[0].split()[:_WORDS_OF_HOUSE]
        return any(is_house(word, words) for word in behind)

    def is_house(self, word: str, words: EventVocabulary) -> bool:
        """By the forms of the words for houses."""
        return is_house(word, words)

    def is_owner(self, name: str) -> bool:
        """Whether a name has the case of an owner (… комиссиясының, ЖАКтын, АҚ-ның)."""
        found = self._owner.search(name.casefold()) or self._owner_in_capitals.search(name)
        return found is not None

    def is_origin(self, place: str) -> bool:
        """By its case (Алматыдан), or as a noun for people (toshkentlik)."""
        return self._origin.search(place.casefold()) is not None

    def is_goal(self, place: str) -> bool:
        """By the ending of its last word."""
        return self._goal.search(place.casefold()) is not None

    def is_in_place(self, name: str) -> bool:
        """By the ending of its last word."""
        return self._place.search(name.casefold()) is not None

    def parts_names(self, place: str) -> bool:
        """In the case of a place or direction (Ошто | форум, ХБНГУ-д | айлчлал)."""
        return self._case_of_verb.search(place.casefold()) is not None

    def company_of(
        self, text: str, name: tuple[int, int], bounds: tuple[int, int], words: EventVocabulary
    ) -> tuple[int, int]:
        """With whom a meeting is, right before it (инвесторлармен кездесу): a noun in that case and
        what qualifies it.
        """
        start, found = name[0], _WITH[self._language].search(text, bounds[0], name[0])
        if found is None:
            return name
        for token in list(_SUBJECT_WORD.finditer(text, bounds[0], found.start()))[::-1][:_COMPANY]:
            glued = text[token.end() : found.start() if start == name[0] else start].strip()
            low = token.group().casefold()
            ended = words.name_stops.match(low) or low in words.determiners
            if glued or ended or not low[0].isalpha():
                break
            if start != name[0] and (self._argument.match(low) or self._finite.match(low)):
                break
            start = token.start()
        return start, name[1]

    def subject_before(
        self, text: str, floor: int, end: int, words: EventVocabulary
    ) -> tuple[int, int] | None:
        """The words before a postposition, in whatever case it governs, back to one that belongs to
        the verb.
        """
        tokens = list(_SUBJECT_WORD.finditer(text, floor, end))[-_LONGEST_SUBJECT:]
        first, start, last = end, end, len(text[:end].rstrip())
        for token in reversed(tokens):
            low = token.group().casefold()
            is_link, governed = low in words.name_links, start == end
            stopped = (words.name_stops.match(low) and not is_link) or low[0].isdecimal()
            glued = text[max(floor, token.start() - 1) : token.start()].strip()
            if text[token.end() : start].strip(" ,") or stopped or glued:
                break
            if not governed and not is_link and self._argument.match(low):
                break
            start = token.start()
            first = first if is_link else start
        subject = text[first:last].casefold().split()
        # For whom it is (кеншілерге арналған), and what the sentence before told (ушул маселе).
        if not subject or subject[0] in words.determiners:
            return None
        # Nor a gathering alone (форум бойынша).
        alone = len(subject) == 1
        if alone and (self._plural.match(subject[0]) or words.head_of(subject[0])):
            return None
        return first, last

    def houses(
        self, text: str, start: int, end: int, words: EventVocabulary
    ) -> Iterator[tuple[int, int]]:
        """By the case of place."""
        return houses_by_case(text, start, end, words)

    def qualifies_house(self, behind: str, words: EventVocabulary) -> bool:
        """A house with possession and the case of place (көрме | орталығында); in a language that
        has no possession any house but a hall (экспо | төвд, not хурал | танхимд).
        """
        if not is_house(behind, words):
            return False
        return (
            bool(self._case.search(behind.casefold())) if self._case else not is_hall(behind, words)
        )

    def bare_house(self, name: str, words: EventVocabulary) -> str:
        """Without its case."""
        bare = self._case.sub("", name) if self._case else name
        return plain_house(name, words) if bare == name else bare

    def judge_left(
        self, text: str, words: EventVocabulary, *, inside: bool, joined: bool, foreign: bool
    ) -> Step:
        """What stands in a case of its own belongs to the verb; the rest qualifies the head."""
        if not text[0].isalnum():
            return "stop"
        low = text.casefold()
        if words.name_drop.match(low):  # кезекті | отырыс, комитеттің кезекті отырысы
            return "wait"
        if text[0].islower() and self._finite.match(low):
            return "stop"
        named = text[0].isupper() and low.endswith(_LIKE_CASES)
        of_verb = self._argument.match(low) or (text[0].islower() and self._participle.match(low))
        if words.name_stops.match(low) or (of_verb and not named):
            return "stop"
        if low in words.name_links:
            return "wait" if inside else "stop"
        return "take" if not text[0].isdigit() or _NUMBERED.match(text) else "stop"

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """Nothing but a year."""
        return _YearBehind(words, linked=linked)


class _YearBehind(TailReader):
    """Takes a year right behind the head, or behind a dash."""

    def step(self, text: str) -> Step:
        """The verdict on the next token."""
        self._count += 1
        if self._count > 1 + self.linked or not (YEAR.match(text) or text in _DASHES):
            return "stop"
        self.linked = text in _DASHES
        return "wait" if self.linked else "take"


class EzafeGrammar(_SuffixedGrammar):
    """Tajik: what qualifies a noun follows it, linked by an ending (форуми байналмилалии X)."""

    job_titles = EzafeJobTitles
    numbers_follow_heads = True

    def __init__(self) -> None:
        super().__init__("tg")

    def judge_left(
        self, text: str, words: EventVocabulary, *, inside: bool, joined: bool, foreign: bool
    ) -> Step:
        """Only ordinals stand before a head (панҷумин форуми …)."""
        return "take" if len(text) > _LONG and text.casefold().endswith("мин") else "stop"

    def houses(
        self, text: str, start: int, end: int, words: EventVocabulary
    ) -> Iterator[tuple[int, int]]:
        """By what is linked to their head."""
        return houses_by_link(text, start, end, words)

    def is_plural(self, head: str, kind: str, left: Sequence[str] = ()) -> bool:
        """By the ending of the plural."""
        return kind != "weak" and head.casefold().endswith(PLURALS["tg"])

    def company_of(
        self, text: str, name: tuple[int, int], bounds: tuple[int, int], words: EventVocabulary
    ) -> tuple[int, int]:
        """With whom a meeting is, right behind it (вохӯрӣ бо сокинони деҳа)."""
        found = _BEHIND_WITH.match(text, name[1], bounds[1])
        if found is None:
            return name
        end = found.end()
        for token in list(_SUBJECT_WORD.finditer(text, end, bounds[1]))[:_COMPANY]:
            low = token.group().casefold()
            if text[end : token.start()].strip() or words.name_stops.match(low):
                break
            end = token.end()
            if not is_linked(low, self._language):
                break
        return (name[0], end) if end > found.end() else name

    def links(self, head: str) -> bool:
        """By the ending of ezafe; a word that itself ends so takes another one (вохӯрии)."""
        return head.endswith(_EZAFE)

    def tail_reader(self, words: EventVocabulary, *, linked: bool) -> TailReader:
        """What an ending links to the word before it."""
        return _EzafeTail(words, linked=linked)


class _EzafeTail(TailReader):
    """Takes words as long as the one before has the link, and names with their capitals."""

    def __init__(self, words: EventVocabulary, *, linked: bool) -> None:
        super().__init__(words, linked=linked)
        self._open = linked

    def judge(self, text: str, low: str) -> Step:
        """The verdict on a plain word."""
        if low in self.words.name_links:
            self._open = True
            return "wait"
        if not text[0].isalnum() or not self._open:
            return "stop"
        counts = low in self.words.all_number_words
        linked = is_linked(low, "tg") or low.endswith(_LINKED_BY_AND)
        self._open = linked or counts or text[0].isupper()
        return "wait" if counts else "take"


HEAD_LAST = {
    language: HeadLastGrammar(language, endings, apostrophes=_APOSTROPHES.get(language, ""))
    for language, endings in ARGUMENTS.items()
}
"""Language → its grammar."""
