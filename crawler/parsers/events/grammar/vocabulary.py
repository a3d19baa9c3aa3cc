"""The words that the event reader knows of one language, made ready for look-up.

They stand in config/languages/XX.yaml under `cues`. Here they become sets, forms and indexes:
German heads also match as the last part of a compound, Russian words in all their forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crawler.parsers.alternatives import either
from crawler.parsers.entities.expressions import CAPITALISED
from crawler.parsers.entities.grammar.noun_genders import NounGenders
from crawler.parsers.events.grammar.any_case import evened
from crawler.parsers.events.grammar.cue_categories import CUE_CATEGORIES
from crawler.parsers.events.grammar.cue_phrases import WORD, CueIndex
from crawler.parsers.events.grammar.fact_labels import FactLabels
from crawler.parsers.events.grammar.function_words import AND, SMALL
from crawler.parsers.events.grammar.head_index import HeadIndex
from crawler.parsers.events.grammar.numerals import Numerals
from crawler.parsers.events.grammar.sentences import SentenceSplitter
from crawler.parsers.events.grammar.word_lists import WordLists, folded, known_words

SAYINGS = (
    "organiser",
    "co_organiser",
    "participants",
    "led_by",
    "theme",
    "takes_place",
    "body_meets",
    "receive",
    "travel",
)
"""Categories of cue phrases whose words say something of a body in other constructions, too."""
SAYING_STEM = 5
"""Letters by which such words are told: the rest is mostly inflection."""
_LONG_WORD = re.compile(r"\w{5,}")
_LEAST_OF_COMPOUND = 5
"""Letters of a word by which compounds that end in it are told."""
_PAIR = 2
"""So few people who are counted are some of those who came, not all."""


class EventVocabulary(WordLists):
    """Words of one language; `content` is its file as `Reference.languages` holds it."""

    def __init__(self, lang: str, content: Mapping[str, Any]) -> None:
        super().__init__(lang, content)
        heads = HeadIndex(self)
        self.heads, self.head_lengths, self.head_of = heads.kinds, heads.lengths, heads.kind_of
        numerals = Numerals(self)
        self.number_words, self.ordinal = numerals.words, numerals.ordinal
        self.index = CueIndex({c: self.phrases(c) for c in CUE_CATEGORIES})
        self.splitter = SentenceSplitter(
            self.phrases("abbreviations"),
            self.phrases("unit_abbreviations"),
            ordinal_dots=self.grammar.writes_ordinal_dots,
        )
        self.determiners = self.word_set("determiners")
        self.name_links = self.word_set("name_links")
        self.name_stops = self.with_stems("name_stops")
        self.theme_stops = self.with_stems("theme_stops")
        self.generic_heads = frozenset(
            form for head in self.phrases("generic_heads") for form in self.forms(head)
        )
        editions = "|".join(map(re.escape, self.phrases("edition_words")))
        self.edition_words = re.compile(rf"\s*(?:{editions})\s+" if editions else r"(?!)")
        self.name_drop = self.with_stems("name_drop")
        self.people_in_names = self.word_set("people_in_names")
        self.telling_verbs = (
            known_words(self.phrases("telling_verbs"))
            if self.phrases("telling_verbs")
            else re.compile(r"(?!)")
        )
        self.role_links = self.word_set("role_links")
        self.theme_not_first = self.word_set("theme_not_first")
        links, stops = map(self._alternatives, ("subject_links", "subject_stops"))
        self.subject_links, self.subject_words = (
            re.compile(rf"{before}(?:{links})\s+", re.IGNORECASE) for before in (r"\s*", r"(?<!\w)")
        )
        self.subject_stops = re.compile(rf"\s+(?:{stops})(?!\w)")
        self.remit_heads = tuple(self.forms_of("remit_heads"))
        self.series_labels = self.phrases("series_labels")
        self.possessives = self.word_set("possessives")
        self.contact_line = self._contact_line()
        marks = "|".join(map(re.escape, self.phrases("credit_marks")))
        self.credit_line = re.compile(marks) if marks else re.compile(r"(?!)")
        self._read_guards()
        self._read_days()
        self.relatives = self.word_set("relatives")
        self.clause_openers = self.word_set("clause_openers")
        self.coordinators = self.word_set("coordinators")
        self.of_owner = self.word_set("of_owner")
        self.region_nouns = self.word_set("region_nouns")
        self.place_prepositions = self.word_set("place")
        self.before_unlisted_town = self._before_unlisted_town()
        self.never_unlisted_towns = self.word_set("unlisted_towns_never")
        self.not_behind_town = self.word_set("not_behind_towns")
        self._ordinal_phrase = self._ordinal_phrases()
        self._in_ordinal_phrases = tuple(
            max(p.replace("X", "").split(), key=len).casefold()
            for p in self.phrases("ordinal_phrases")
        )
        self.venue_behind = frozenset(self.phrases("venue_behind"))
        self.venue_heads = self.phrases("venue_heads")
        self.series_nouns = frozenset(
            form for noun in self.phrases("series_nouns") for form in self.forms(noun)
        )
        self.moved_to = tuple(f" {words}" for words in sorted(self.word_set("moved_to")))
        self.instead_of = tuple(f" {words}" for words in sorted(self.word_set("instead_of")))
        self.planned_for = tuple(f" {words}" for words in sorted(self.word_set("planned_for")))
        self.moved_from = tuple(f" {words}" for words in sorted(self.word_set("moved_from")))
        self._read_counts()
        self.roles = self.forms_with_values("roles")

    def _before_unlisted_town(self) -> re.Pattern[str]:
        """A preposition of place, and in a group the name behind it, of up to three words; or in
        the other group a name right before a word for a town in a case of place.
        """
        keys = ("unlisted_towns_after", "town_links", "unlisted_towns_before")
        before, links, towns = map(self._alternatives, keys)
        name = rf"{CAPITALISED}(?:[ ](?:(?:{links})[ ])?{CAPITALISED}){{0,2}}"
        behind = rf"(?<![\w-])({CAPITALISED})[ \u00a0](?:{towns})(?!\w)"
        return re.compile(rf"(?<!\w)(?i:{before})[ \u00a0]({name})(?!\w)|{behind}")

    def _read_counts(self) -> None:
        """Words for numbers of people and for what is counted."""
        self.count_nouns = self.with_stems("count_nouns")
        self.firms = self.with_stems("count_firms")
        self.crowds = self.with_stems("crowds")
        self.of_us = self.word_set("of_us")
        self.talks = self.with_stems("talks")
        self.how_many = self.word_set("how_many")
        self.number_nouns = self.word_set("number_nouns")
        self.count_suffixes = self.phrases("count_suffixes")
        qualifiers: Mapping[str, list[str]] = self.cues.get("count_qualifiers", {})
        self.count_qualifiers = [w for words in qualifiers.values() for w in words]

    @cached_property
    def subject_postpositions(self) -> re.Pattern[str]:
        """What stands between a subject and the gathering that is on it, up to the latter."""
        behind = self._alternatives("subject_postpositions")
        return re.compile(rf"(?<!\w)(?:{behind})\s\Z", re.IGNORECASE)

    @cached_property
    def talk_heads(self) -> tuple[str, ...]:
        """Ends of heads of what is held on one subject (Seminar, Fachgespräch)."""
        return tuple(self.forms_of("talk_heads"))

    @cached_property
    def regular_meetings(self) -> frozenset[str]:
        """Meetings that rules make a body hold, so that they recur (Mitgliederversammlung)."""
        return frozenset(f for head in self.phrases("regular_meetings") for f in self.forms(head))

    @cached_property
    def all_number_words(self) -> frozenset[str]:
        """Words for numbers with those that only stand in compounds (einund…)."""
        return frozenset(self.number_words) | frozenset(self.cues.get("number_units", {}))

    @cached_property
    def our(self) -> frozenset[str]:
        """Possessives of the body whose page it is."""
        return self.word_set("our")

    @cached_property
    def as_of(self) -> tuple[str, ...]:
        """Words before a day up to which something holds, each behind a blank."""
        return tuple(f" {words}" for words in sorted(self.word_set("as_of")))

    @cached_property
    def planned_of_moved(self) -> tuple[str, ...]:
        """Words before a day that is given up, in a sentence that moves its event."""
        return tuple(f" {words}" for words in sorted(self.word_set("planned_of_moved")))

    @cached_property
    def present_before_days(self) -> tuple[str, ...]:
        """What makes a day behind it one to come (is on), each behind a blank."""
        return tuple(f" {words}" for words in sorted(self.word_set("present_before_days")))

    @cached_property
    def present_before_spans(self) -> tuple[str, ...]:
        """The same before the first of two days (is from), each behind a blank."""
        return tuple(f" {words}" for words in sorted(self.word_set("present_before_spans")))

    @cached_property
    def newsletters(self) -> re.Pattern[str]:
        """Words that say at the top of a page that a body speaks there."""
        return self.with_stems("newsletters")

    @cached_property
    def of_members(self) -> frozenset[str]:
        """Who meets in a body, between its gathering and its name (собрание | акционеров | АО)."""
        return self.word_set("of_members")

    @cached_property
    def lessons(self) -> frozenset[str]:
        """Heads behind whose colon their title stands (Webinar: …), folded."""
        return frozenset(map(folded, self.forms_of("lessons")))

    @cached_property
    def done_to(self) -> Mapping[str, frozenset[str]]:
        """Heads that are verbs before some nouns (meeting), and those nouns."""
        return {head: frozenset(nouns) for head, nouns in self.cues.get("done_to", {}).items()}

    @cached_property
    def likened(self) -> frozenset[str]:
        """Before what something is like, and not when it is (wie im vergangenen Jahr)."""
        return self.word_set("likened")

    @cached_property
    def shows(self) -> re.Pattern[str]:
        """Words for what is on show for months (Sonderausstellung)."""
        return self.with_stems("shows")

    @cached_property
    def applying(self) -> re.Pattern[str]:
        """Words for what one does to take part, which may be open for months (Anmeldung)."""
        return self.with_stems("applying")

    def _read_guards(self) -> None:
        """Words that keep a value from being taken for what it is not."""
        self.edition_nouns = frozenset(
            p.split()[0].casefold() for p in self.phrases("edition_words")
        )
        """What an edition is called whose event isn't named (die nächste Auflage)."""
        self.talked_about = self.whole_phrases("talked_about")
        self.organising = tuple(self.phrases("organising"))
        self.helping = self.word_set("helping")
        self.not_helped = self.word_set("phrase_stops") | self.word_set("name_joiners")
        self.pair = frozenset(w for w, n in self.number_words.items() if n <= _PAIR) | {"1", "2"}
        self.passing = self.word_set("passing")
        self.occasion_heads = tuple(
            folded(form) for form in sorted(self.forms_of("occasion_heads"))
        )
        self.indefinite = self.word_set("indefinite")
        self.without = self.word_set("without")
        self.unreal = self.word_set("unreal")
        self._read_guards_of_heads()
        self.travelling_groups = frozenset(map(folded, self.forms_of("travelling_groups")))
        self._months: Mapping[str, str] = {
            evened(stem): phrase for stem, phrase in self.cues.get("named_months", {}).items()
        }
        stems = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        self.named_months = re.compile(rf"\b(?:{stems})" if stems else r"(?!)", re.IGNORECASE)

    def _read_guards_of_heads(self) -> None:
        """Words beside a head that make it a verb, a house, or a word for something else."""
        self.qualified = self.word_set("qualified_by_events")
        self.requests = self.word_set("requests")
        self.named_requests = self.word_set("named_requests")
        self.house_compounds = tuple(map(folded, self.phrases("house_compounds")))
        self.inside_houses = self.word_set("inside_houses")
        self.verb_heads = self.word_set("verb_heads")
        self.before_verbs = self.word_set("before_verbs")
        self.observances = self.beginnings("observances")
        self.ellipsis_verbs = self.with_stems("ellipsis_verbs")
        self.ellipsis_nouns = self.word_set("ellipsis_nouns")
        self.ellipsis_articles = self.word_set("ellipsis_articles")
        self.days_of = self.word_set("days_of")
        self.visiting = self.word_set("visiting")
        self.in_company = self.word_set("in_company")
        self.negations = self.word_set("negations")
        self.past_verbs = self.word_set("past_verbs")
        self.venue_before = self.phrases("venue_before")
        self.here = self.word_set("here")
        self.vague = self.word_set("vague_amounts")
        self.counted_elsewhere = self.with_stems("counted_elsewhere")
        self.measures = self.with_stems("measures")
        self.left_words = self.word_set("left_words")
        self.foreign_heads = self.word_set("foreign_heads")
        self.event_brands = tuple(self.phrases("event_brands"))
        self.before_event_brands = tuple(self.phrases("before_event_brands"))
        self.origins = self.word_set("origins")
        self.invited_to = self.word_set("invited_to")
        self.town_middles = self.word_set("town_middles")
        self.inns = self.word_set("inns")
        others = self._alternatives("minutes_not_behind")
        self.minutes_titles = self.beginnings("minutes_titles", rf"\b(?!\s+(?:{others})\b)")
        self.present_labels = self.beginnings("present_labels", r"\b[^\n:.,;]{0,40}[:\n]")
        self.present_verbs = self.beginnings("present_verbs", r"\b")
        self.absent_labels = self.beginnings("absent_labels", r"[^\n:.,;]{0,20}:")
        self.spoken_for = self.word_set("spoken_for")
        self.not_organiser_lead = self.word_set("not_organiser_lead")
        self.dated_papers = self.with_stems("dated_papers")
        self.of_page = self.with_stems("of_page")
        self.count_noun_endings = tuple(self.phrases("count_noun_endings"))
        self.counted_countries = self.with_stems("counted_countries")
        self._counted_things = self.with_stems("counted_things")
        things = self.word_set("counted_things") if self.grammar.joins_compounds else ()
        self._thing_endings = tuple(sorted(w for w in things if len(w) >= _LEAST_OF_COMPOUND))
        self.cardinal_endings = self.word_set("cardinal_endings")
        self.people_endings = tuple(self.phrases("people_endings"))
        self.counted_links = self.word_set("counted_links")

    @cached_property
    def heading_for(self) -> frozenset[str]:
        """Prepositions before where a journey goes."""
        return self.word_set("heading_for")

    @cached_property
    def no_bodies(self) -> frozenset[str]:
        """Heads of gatherings that no body is called by."""
        return frozenset(map(folded, self.forms_of("no_body_heads")))

    @cached_property
    def named_bodies(self) -> frozenset[str]:
        """Words for bodies that stand before a name (Verband Erzbergbau Nord)."""
        return frozenset(self.phrases("org_named_heads"))

    @cached_property
    def abbreviated_things(self) -> frozenset[str]:
        """Abbreviations that are never the name of a body (TBA, FAQ)."""
        return frozenset(self.phrases("no_bodies"))

    @cached_property
    def title_labels(self) -> frozenset[str]:
        """What stands before a colon in a title and is no part of the name behind it."""
        return self.word_set("title_labels")

    @cached_property
    def named_things(self) -> re.Pattern[str]:
        """What is named by the words right behind it, and is no gathering."""
        return self.with_stems("named_things")

    @cached_property
    def publications(self) -> re.Pattern[str]:
        """What has editions, and is no event (a report in its third edition)."""
        return self.with_stems("publications")

    @cached_property
    def we(self) -> re.Pattern[str]:
        """Words of those who tell of themselves."""
        return self.with_stems("we")

    @cached_property
    def counted_days(self) -> re.Pattern[str] | None:
        """Days that a diary counts at the beginning of its lines (Tag 3)."""
        days = self._numbered("counted_days")
        made = (
            rf"^[ \t]*(?:[-–•*·][ \t]*)?(?:{days})(?=[.:,]?[ \t]*(?:\n|[–—:.,]|[^\W\d]))(?![.,]\d)"
        )
        return re.compile(made, re.MULTILINE) if days else None

    def _read_days(self) -> None:
        """Days by their number alone, and months that a chronicle opens its lines with."""
        days = self._numbered("bare_days", "weak_bare_days")
        bare = rf"(?<![\w.,:-])(?:{days})(?!\d|\s?[-–]\s?\d)"
        self.bare_days = re.compile(bare) if days else None
        self._weak_bare_days = re.compile(self._numbered("weak_bare_days"))
        self.behind_numbered = self.word_set("behind_numbered")
        self.behind_bare_days = self.word_set("behind_bare_days")
        self.month_labels: Mapping[str, str] = self.cues.get("month_labels", {})

    def _numbered(self, *keys: str) -> str:
        """A pattern of the phrases of lists in which X is a number of one or two digits."""
        phrases = (phrase for key in keys for phrase in self.phrases(key))
        return "|".join(re.escape(p).replace("X", r"\d{1,2}") for p in phrases)

    def is_weak_bare_day(self, told: str) -> bool:
        """Whether what `bare_days` matches may number anything (is the 3rd, der 3.)."""
        return bool(self._weak_bare_days.fullmatch(told))

    @cached_property
    def saying_stems(self) -> dict[str, tuple[str, ...]]:
        """Beginnings of the words of cue phrases → categories of the phrases."""
        common = set(str(self.cues.get("common_words", "")).casefold().split())
        kinds: dict[str, tuple[str, ...]] = {}
        for category in SAYINGS:
            words = {w for p in self.phrases(category) for w in _LONG_WORD.findall(p.casefold())}
            for stem in {word[:SAYING_STEM] for word in words - common}:
                kinds[stem] = (*kinds.get(stem, ()), category)
        return kinds

    def _contact_line(self) -> re.Pattern[str]:
        """A label such as Tel.: its line says whom to ask, not who took part."""
        labels = self.cues.get("contact_labels", {})
        keys = ("tel", "mobile", "fax", "email") if isinstance(labels, dict) else ()
        words = [str(w) for key in keys for w in labels.get(key, ())]
        made = "|".join(re.escape(w.rstrip(".:")) for w in words)
        return re.compile(rf"(?<!\w)(?:{made})[.․:]*\s?[\d+(:]" if made else r"(?!)", re.IGNORECASE)

    @cached_property
    def fact_labels(self) -> FactLabels:
        """Labels in lists of facts."""
        return FactLabels(self)

    @cached_property
    def row_joiners(self) -> str:
        """An expression of what joins the last of a row, "with" among it in some languages."""
        return either(self.phrases("row_joiners") or self.phrases("name_joiners"))

    @cached_property
    def deeds(self) -> frozenset[str]:
        """Heads that tell a deed where a verb of `verbs_of_deeds` stands behind them."""
        return self.word_set("deeds")

    @cached_property
    def verbs_of_deeds(self) -> frozenset[str]:
        """Verbs that make a deed of a noun (муаррифӣ кард: presented)."""
        return self.word_set("verbs_of_deeds")

    @cached_property
    def meetings_with(self) -> frozenset[str]:
        """Heads whose name says with whom they are (инвесторлармен кездесу), folded."""
        return frozenset(map(folded, self.forms_of("meetings_with")))

    @cached_property
    def joins_bodies(self) -> re.Pattern[str]:
        """What stands between two bodies of a row in a language with cases: an ending, a comma or a
        joiner, and words for what the second is; nothing else matches.
        """
        if not self.grammar.joins_bodies_by_case:
            return re.compile(r"(?!)")
        words = rf"(?:\s[{SMALL}][\w-]+){{0,2}}"
        joiner = rf"(?:,\s(?:{self.row_joiners}),?|,|\s(?:{self.row_joiners})){words}"
        return re.compile(rf"(?:-\w{{1,5}})?(?:{joiner})?\s")

    @cached_property
    def behind_themes(self) -> frozenset[str]:
        """Words right behind a theme (… тақырыбында)."""
        phrases = (phrase.split() for phrase in self.phrases("theme"))
        return frozenset(folded(words[1]) for words in phrases if words[0] == "X")

    @cached_property
    def row_goes_on(self) -> re.Pattern[str]:
        """What stands behind the comma of a row that goes on: its last "and", or another comma."""
        joiners = "|".join([AND, *map(re.escape, self.phrases("name_joiners"))])
        return re.compile(rf"[^.,;]{{3,60}}\s(?:{joiners})\s|[^.,;]{{3,40}},")

    @cached_property
    def ends_of_ordinals(self) -> frozenset[str]:
        """Last words of ordinals of several words (зургаа | дахь)."""
        return frozenset(folded(word.rpartition(" ")[2]) for word in self._long_ordinals)

    @cached_property
    def _long_ordinals(self) -> tuple[str, ...]:
        """Ordinals of several words (арван тав дахь)."""
        return tuple(word for word in self.cues.get("ordinals", {}) if " " in word)

    def _ordinal_phrases(self) -> re.Pattern[str] | None:
        """ "zum X Mal", "for the X time": X is an ordinal, maybe of several words."""
        one = r"(?:\w+[\s\u00a0])?([\w-]+[.․]?)"
        long = either(self._long_ordinals)
        number = rf"(?:({long})|{one})" if self._long_ordinals else one
        phrases = [re.escape(p).replace("X", number) for p in self.phrases("ordinal_phrases")]
        return (
            re.compile(r"(?<!\w)(?:" + "|".join(phrases) + r")(?!\w)", re.IGNORECASE)
            if phrases
            else None
        )

    def ordinal_phrases(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """Where a span says which time it is; the ordinal is the one group that matched."""
        low = text[start:end].casefold()
        if self._ordinal_phrase is None or not any(w in low for w in self._in_ordinal_phrases):
            return []
        return list(self._ordinal_phrase.finditer(text, start, end))

    @cached_property
    def recurring(self) -> frozenset[str]:
        """What says of an event that it is held again and again."""
        return self.word_set("recurring")

    @cached_property
    def event_pronouns(self) -> frozenset[str]:
        """What may mean an event of the sentence before."""
        return self.word_set("event_pronouns")

    @cached_property
    def such(self) -> frozenset[str]:
        """Between a number and a noun these say that it is of the kind of what was named before."""
        return self.word_set("of_this_kind")

    @cached_property
    def _genders(self) -> NounGenders:
        return NounGenders(self.cues.get("genders", {}))

    def gender_of(self, noun: str) -> str | None:
        """Gender of a noun in the nominative, by its longest ending in the lists of `genders`;
        `plural` for one that stands for several things. None for another word.
        """
        return self._genders.gender_of(noun)

    @cached_property
    def _houses(self) -> tuple[str, ...]:
        return tuple(head.casefold() for head in self.venue_heads)

    @cached_property
    def _no_houses(self) -> tuple[str, ...]:
        return tuple(self.word_set("venue_not_heads"))

    def is_house(self, word: str) -> bool:
        """A word for a house, or a compound that ends in one (Kulturhaus, but not Netzwerk)."""
        low = word.casefold()
        if low in self._houses:
            return True
        joined = self.grammar.joins_compounds and low.endswith(self._houses)
        return joined and not low.endswith(self._no_houses)

    def phrase_of_month(self, stem: str) -> str:
        """The month of a stem that `named_months` matches, as a reader of dates knows it."""
        return self._months[evened(stem)]

    def is_person_noun(self, word: str) -> bool:
        """A word for people (Vertreter, Minister), which no town lends its name to."""
        low = word.casefold()
        return bool(self.count_nouns.match(word)) or low.endswith(self._role_endings)

    @cached_property
    def _role_endings(self) -> tuple[str, ...]:
        return tuple(role for role in self.roles if len(role) > 4)

    def is_counted_thing(self, word: str) -> bool:
        """A word for things that are counted where people are, too (12 Forschungsprojekte)."""
        low = word.casefold()
        joined = low.endswith(self._thing_endings) and not low.endswith(self.count_noun_endings)
        return joined or bool(self._counted_things.match(word))

    def names_gathering(self, text: str) -> bool:
        """Whether a text has a word such as forum or conference."""
        return any(self.head_of(word.group()) == "gathering" for word in self.words(text))

    def words(self, text: str) -> list[re.Match[str]]:
        """The words of a text with their offsets."""
        return list(WORD.finditer(text))
