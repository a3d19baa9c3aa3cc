"""The words that the event reader knows of one language, made ready for look-up.

They stand in config/languages/XX.yaml under `cues`. Here they become sets, forms and indexes:
German heads also match as the last part of a compound, Russian words in all their forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

from crawler.parsers.events.grammar.any_case import evened
from crawler.parsers.events.grammar.cue_phrases import WORD, CueIndex
from crawler.parsers.events.grammar.grammars import grammar_for
from crawler.parsers.events.grammar.sentences import SentenceSplitter
from crawler.parsers.scripts import YE, YO

DAY_COUNTS = (
    "same_day",
    "day_before",
    "day_after",
    "first_day",
    "second_day",
    "third_day",
    "fourth_day",
    "last_day",
)
"""Cues of days that are told by another one."""
CUE_CATEGORIES = (
    *DAY_COUNTS,
    "takes_place",
    "will_take_place",
    "travel",
    "receive",
    "cancelled",
    "moved",
    "next_event",
    "follow_up_of",
    "told_earlier",
    "generic",
    "recurring",
    "anniversary",
    "not_events",
    "organiser",
    "participants",
    "theme",
    "venue_labels",
    "same_venue",
    "years_after",
    "first_stop",
    "led_by",
    "there",
    "body_meets",
    "capital",
    "date_labels",
    "online",
    "lasts",
    "returns",
    "returns_to",
    "container",
    "co_organiser",
    "sources",
    "signing",
    "absent",
)
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
HEAD_KINDS = {
    "part_heads": "part",
    "not_event_heads": "none",
    "day_heads": "day",
    "event_heads": "gathering",
    "event_heads_weak": "weak",
    "trip_heads": "trip",
    "body_heads": "body",
    "open_heads": "open",
}
"""Keys of the lists of heads → kind of candidate; where two lists hold a word the first one wins.
"""

_CLOSED_HEADS = (
    "not_event_heads",
    "day_heads",
    "event_heads",
    "event_heads_weak",
    "trip_heads",
    "body_heads",
)
_SHORT_ENDINGS = ("day_heads", "open_heads")
"""Keys whose words of four letters and less end compounds, too."""
_LAST_CAPITAL = re.compile(r"[A-Za-z0-9]([A-Z][a-z]{3,})\Z")
"""What a brand ends in behind a capital of its own (MINExpo)."""
_OF_BRANDS = frozenset({"gathering", "weak"})
_LONG_WORD = re.compile(r"\w{5,}")
_PAIR = 2
"""So few people who are counted are some of those who came, not all."""
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|X{0,3})(?:IX|IV|V?I{0,3})\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def roman(text: str) -> int | None:
    """Value of a Roman numeral below 50 (Cyrillic look-alikes allowed), None for anything else."""
    numeral = text.translate(str.maketrans("ХІ", "XI"))
    if not _ROMAN.match(numeral):
        return None
    values = [_ROMAN_VALUES[c] for c in numeral]
    behind = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, behind, strict=True))


class EventVocabulary:
    """Words of one language; `content` is its file as `Reference.languages` holds it."""

    def __init__(self, lang: str, content: Mapping[str, Any]) -> None:
        cues: Mapping[str, Any] = content.get("cues", {})
        self.lang = lang
        self._cues = cues
        self.grammar = grammar_for(lang)
        self.heads = self._heads()
        self._suffixes = self._compound_suffixes(_CLOSED_HEADS)
        self._open_suffixes = self._compound_suffixes(("open_heads",))
        self.head_lengths: dict[str, tuple[int, ...]] = _lengths_by_first_word(self.heads)
        self.ordinals = self._forms_with_values("ordinals")
        self.number_words = self._compound_numbers() | self._simple_numbers()
        self.index = CueIndex({c: self.phrases(c) for c in CUE_CATEGORIES})
        self.splitter = SentenceSplitter(
            self.phrases("abbreviations"),
            self.phrases("unit_abbreviations"),
            ordinal_dots=self.grammar.writes_ordinal_dots,
        )
        self.determiners = self.word_set("determiners")
        self.name_links = self.word_set("name_links")
        self.name_stops = self._with_stems("name_stops")
        self.theme_stops = self._with_stems("theme_stops")
        self.generic_heads = frozenset(
            form for head in self.phrases("generic_heads") for form in self.forms(head)
        )
        editions = "|".join(map(re.escape, self.phrases("edition_words")))
        self.edition_words = re.compile(rf"\s*(?:{editions})\s+" if editions else r"(?!)")
        self.name_drop = self._with_stems("name_drop")
        self.telling_verbs = (
            known_words(self.phrases("telling_verbs"))
            if self.phrases("telling_verbs")
            else re.compile(r"(?!)")
        )
        self.role_links = self.word_set("role_links")
        self.theme_not_first = self.word_set("theme_not_first")
        self.series_labels = self.phrases("series_labels")
        self.possessives = self.word_set("possessives")
        self.contact_line = self._contact_line()
        marks = "|".join(map(re.escape, self.phrases("credit_marks")))
        self.credit_line = re.compile(marks) if marks else re.compile(r"(?!)")
        self._read_guards()
        self.relatives = self.word_set("relatives")
        self.clause_openers = self.word_set("clause_openers")
        self.coordinators = self.word_set("coordinators")
        self.of_owner = self.word_set("of_owner")
        self.region_nouns = self.word_set("region_nouns")
        self.place_prepositions = self.word_set("place")
        self._ordinal_phrase = self._ordinal_phrases()
        self._in_ordinal_phrases = tuple(
            max(p.replace("X", "").split(), key=len).casefold()
            for p in self.phrases("ordinal_phrases")
        )
        self.venue_behind = frozenset(self.phrases("venue_behind"))
        self.venue_heads = self.phrases("venue_heads")
        self.series_nouns = self.word_set("series_nouns")
        self.moved_to = tuple(f" {words}" for words in sorted(self.word_set("moved_to")))
        self.moved_from = tuple(f" {words}" for words in sorted(self.word_set("moved_from")))
        self.count_nouns = self._with_stems("count_nouns")
        self.firms = self._with_stems("count_firms")
        self.count_suffixes = self.phrases("count_suffixes")
        qualifiers: Mapping[str, list[str]] = cues.get("count_qualifiers", {})
        self.count_qualifiers = [w for words in qualifiers.values() for w in words]
        self.roles = self._forms_with_values("roles")
        self.nationalities: Mapping[str, str] = cues.get("nationality_adjectives", {})
        self.head_of = lru_cache(maxsize=20_000)(self._head_of)

    def _read_guards(self) -> None:
        """Words that keep a value from being taken for what it is not."""
        self.talked_about = self._whole_phrases("talked_about")
        self.organising = tuple(self.phrases("organising"))
        self.helping = self.word_set("helping")
        self.not_helped = self.word_set("phrase_stops") | self.word_set("name_joiners")
        self.pair = frozenset(w for w, n in self.number_words.items() if n <= _PAIR) | {"1", "2"}
        self.passing = self.word_set("passing")
        self.occasion_heads = tuple(
            folded(form) for form in sorted(self._forms_of("occasion_heads"))
        )
        self.without = self.word_set("without")
        self.qualified = frozenset(self.phrases("qualified_by_events"))
        self.travelling_groups = frozenset(map(folded, self._forms_of("travelling_groups")))
        self._months: Mapping[str, str] = {
            evened(stem): phrase for stem, phrase in self._cues.get("named_months", {}).items()
        }
        stems = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        self.named_months = re.compile(rf"\b(?:{stems})" if stems else r"(?!)", re.IGNORECASE)
        self.observances = self.beginnings("observances")
        self.ellipsis_verbs = self._with_stems("ellipsis_verbs")
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
        self.measures = self._with_stems("measures")
        self.left_words = self.word_set("left_words")
        self.foreign_heads = self.word_set("foreign_heads")
        self.origins = self.word_set("origins")
        self.invited_to = self.word_set("invited_to")
        self.town_middles = self.word_set("town_middles")
        self.inns = self.word_set("inns")
        self.scope_words = self._with_stems("scope_words")
        others = self._alternatives("minutes_not_behind")
        self.minutes_titles = self.beginnings("minutes_titles", rf"\b(?!\s+(?:{others})\b)")
        self.present_labels = self.beginnings("present_labels", r"\b[^\n:.,;]{0,40}[:\n]")
        self.present_verbs = self.beginnings("present_verbs", r"\b")
        self.spoken_for = self.word_set("spoken_for")
        self.not_organiser_lead = self.word_set("not_organiser_lead")
        self.dated_papers = self._with_stems("dated_papers")
        self.of_page = self._with_stems("of_page")
        self.count_noun_endings = tuple(self.phrases("count_noun_endings"))
        self.counted_countries = self._with_stems("counted_countries")
        self.counted_links = self.word_set("counted_links")
        self.bodies_of_posts: Mapping[str, list[str]] = self._cues.get("bodies_of_posts", {})

    @cached_property
    def saying_stems(self) -> dict[str, tuple[str, ...]]:
        """Beginnings of the words of cue phrases → categories of the phrases."""
        common = set(str(self._cues.get("common_words", "")).casefold().split())
        kinds: dict[str, tuple[str, ...]] = {}
        for category in SAYINGS:
            words = {w for p in self.phrases(category) for w in _LONG_WORD.findall(p.casefold())}
            for stem in {word[:SAYING_STEM] for word in words - common}:
                kinds[stem] = (*kinds.get(stem, ()), category)
        return kinds

    def _forms_of(self, key: str) -> set[str]:
        return {form for phrase in self.phrases(key) for form in self.forms(phrase)}

    def _alternatives(self, key: str) -> str:
        """The phrases, folded, as an expression that matches nothing where there are none."""
        return "|".join(re.escape(folded(phrase)) for phrase in self.phrases(key)) or r"(?!)"

    def beginnings(self, key: str, behind: str = "") -> re.Pattern[str]:
        """A pattern that text matches where it begins with one of the phrases and what stands
        `behind` it.
        """
        return re.compile(rf"(?:{self._alternatives(key)}){behind}")

    def _contact_line(self) -> re.Pattern[str]:
        """A label such as Tel.: its line says whom to ask, not who took part."""
        labels = self._cues.get("contact_labels", {})
        keys = ("tel", "mobile", "fax", "email") if isinstance(labels, dict) else ()
        words = [str(w) for key in keys for w in labels.get(key, ())]
        made = "|".join(re.escape(w.rstrip(".:")) for w in words)
        return re.compile(rf"(?<!\w)(?:{made})[.․:]*\s?[\d+(:]" if made else r"(?!)", re.IGNORECASE)

    def _ordinal_phrases(self) -> re.Pattern[str] | None:
        """ "zum X Mal", "for the X time": X is an ordinal."""
        phrases = [
            re.escape(p).replace("X", r"(?:\w+[\s\u00a0])?([\w-]+[.․]?)")
            for p in self.phrases("ordinal_phrases")
        ]
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

    def _compound_numbers(self) -> dict[str, int]:
        """twenty-four, vierundzwanzig: by the pattern `number_compound` with TENS and UNITS."""
        pattern = str(self._cues.get("number_compound", ""))
        simple = self._simple_numbers()
        if not pattern:
            return {}
        simple |= {k: int(v) for k, v in self._cues.get("number_units", {}).items()}
        return {
            pattern.replace("TENS", tens).replace("UNITS", units): simple[tens] + simple[units]
            for tens in simple
            for units in simple
            if simple[tens] in range(20, 100, 10) and simple[units] < 10
        }

    def _simple_numbers(self) -> dict[str, int]:
        """Words for numbers as texts have them and folded, which are two where there is an ß."""
        return {
            form: int(number)
            for word, number in self._cues.get("number_words", {}).items()
            for form in (word.lower(), word.casefold())
        }

    def phrases(self, key: str) -> list[str]:
        """The phrases of a key, empty where the language has none."""
        value = self._cues.get(key, [])
        return [str(v) for v in value] if isinstance(value, list) else []

    def word_set(self, key: str) -> frozenset[str]:
        """The words of a key, case folded."""
        return frozenset(v.casefold() for v in self.phrases(key))

    def _with_stems(self, key: str) -> re.Pattern[str]:
        """A pattern that a whole word of the list matches; `~` is any ending."""
        words = (
            re.escape(v.removesuffix("~").casefold()) + (r"\w*" if v.endswith("~") else "")
            for v in self.phrases(key)
        )
        return re.compile("(?:" + "|".join(words) + r")\Z" if words else r"(?!)", re.IGNORECASE)

    def _whole_phrases(self, key: str) -> re.Pattern[str]:
        """A pattern that one of the phrases matches as a whole; `~` is any ending, `…` a gap."""
        made = "|".join(
            re.escape(phrase).replace("\\~", "~").replace("~", r"\w*").replace("…", r"[^.;!?\n]*?")
            for phrase in self.phrases(key)
        )
        return re.compile(rf"(?:{made})\Z" if made else r"(?!)", re.IGNORECASE)

    def forms(self, phrase: str) -> set[str]:
        """The case and number forms of a noun phrase."""
        return self.grammar.forms(phrase)

    def _heads(self) -> dict[str, str]:
        heads: dict[str, str] = {}
        for key, kind in HEAD_KINDS.items():
            for phrase in self.phrases(key):
                for form in self.forms(phrase):
                    heads.setdefault(form.replace(YO, YE), kind)
        return heads

    def _compound_suffixes(self, keys: tuple[str, ...]) -> dict[str, str]:
        """Heads of one word as endings of compounds, where the language joins them."""
        if not self.grammar.joins_compounds:
            return {}
        return {
            form: HEAD_KINDS[key]
            for key in reversed(keys)
            for phrase in self.phrases(key)
            if " " not in phrase and (len(phrase) > 4 or key in _SHORT_ENDINGS)
            for form in self.forms(phrase)
        }

    def _head_of(self, word: str) -> str | None:
        """Kind of head that a word (as written) is, None if it is none."""
        low = folded(word)
        kind = self.heads.get(low) if self._may_be_head(word) else None
        if kind is None and self._suffixes and word[:1].isupper():
            kind = _compound_kind(low, self._suffixes) or _compound_kind(low, self._open_suffixes)
        if kind is None and (brand := _LAST_CAPITAL.search(word)):
            found = self.heads.get(folded(brand.group(1)))
            kind = found if found in _OF_BRANDS else None
        if kind is None and "-" in low and self.grammar.hyphenates_heads:
            last = word.rpartition("-")[2]
            kind = self.heads.get(low.rpartition("-")[2]) if self._may_be_head(last) else None
        return None if kind == "none" else kind

    def _may_be_head(self, word: str) -> bool:
        return word[:1].isupper() or not self.grammar.capitalises_nouns

    def _forms_with_values(self, key: str) -> dict[str, Any]:
        table: Mapping[str, str] = self._cues.get(key, {})
        found: dict[str, Any] = {}
        for phrase, value in table.items():
            for form in self.forms(phrase):
                found[form.replace(YO, YE)] = value
        return found

    def ordinal(self, token: str) -> int | None:
        """Value of an ordinal word (fünften, second, XIX, 25th, 5.), None for other words."""
        low = folded(token).rstrip(".")
        value = self.ordinals.get(self.grammar.ordinal_stem(low))
        if value is not None:
            return int(value)
        digits = re.fullmatch(
            r"(\d{1,2})(?:\.|st|nd|rd|th|-?(?:й|я|е|го|ый|ая|ое|ом|ей|ой))", token.casefold()
        )
        if digits:
            return int(digits.group(1))
        return (
            roman(token.rstrip("."))
            if len(token.rstrip(".")) > 0 and token[:1] in "IVXLХІ"
            else None
        )

    @cached_property
    def _genders(self) -> dict[str, str]:
        genders: Mapping[str, list[str]] = self._cues.get("genders", {})
        return {n.casefold(): gender for gender, nouns in genders.items() for n in nouns}

    def gender_of(self, noun: str) -> str | None:
        """Gender of a noun in the nominative, by its longest ending in the lists of `genders`;
        `plural` for one that stands for several things. None for another word.
        """
        low = noun.casefold()[-_LONGEST_COMPOUND:]
        return next((g for i in range(len(low)) if (g := self._genders.get(low[i:]))), None)

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
        return bool(self.count_nouns.match(word)) or low.endswith(
            tuple(r for r in self.roles if len(r) > 4)
        )

    def words(self, text: str) -> list[re.Match[str]]:
        """The words of a text with their offsets."""
        return list(WORD.finditer(text))


@lru_cache(maxsize=20_000)
def folded(words: str) -> str:
    """Words for look-up: case folded, ё as е."""
    return words.casefold().replace(YO, YE)


_LONGEST_COMPOUND = 100
"""Letters; what is longer is no word, and would be looked at once for each of its letters."""


def _compound_kind(low: str, suffixes: Mapping[str, str]) -> str | None:
    """Kind of the longest ending of a compound, case folded."""
    if len(low) > _LONGEST_COMPOUND:
        return None
    for cut in range(1, len(low) - 2):
        kind = suffixes.get(low[cut:])
        if kind:
            return kind
    return None


def known_words(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of whole words or phrases, longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE)


def _lengths_by_first_word(heads: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """First word of heads of several words → how many words they have, longest first."""
    lengths: dict[str, set[int]] = {}
    for head in heads:
        words = head.split()
        if len(words) > 1:
            lengths.setdefault(words[0], set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}
