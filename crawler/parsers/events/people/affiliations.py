"""Which body a person is of: named with a job title, behind the name, or as part of a compound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parsers.events.grammar.function_words import CAPITAL, DEFINITE, INSIDE_BODIES, OF
from crawler.parsers.events.grammar.job_title_words import JobTitleWords
from crawler.parsers.events.grammar.job_titles import JobTitleGrammar
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import body_found
from crawler.parsers.events.people.job_titles import WORD, JobTitle
from indexer.records.document import Mention

_COMPOUND = re.compile(r"([A-ZÄÖÜ]\w*(?:-[A-ZÄÖÜ]\w*)*)-\w+\Z")
_STATES = r"(?!(?:USA?|UK|EU|UN)\b)"
_CAPITALS = rf"([A-ZÄÖÜ][\w&’'-]*(?:\s(?:(?:{INSIDE_BODIES}|&)\s)?[A-ZÄÖÜ][\w&’'-]*)*)"
_BETWEEN_COMMAS = re.compile(
    r",\s([A-ZÄÖÜ][\w&’'-]*(?:\s[A-ZÄÖÜ][\w&’'-]*){0,3}),\s(?=[a-zäöüß]{3})"
)
"""A body between commas behind a name: A B, Nordmetall, sprach über …"""
_SEVERAL = (
    rf"[{CAPITAL}][\w&’'-]*"
    rf"(?:\s(?:(?:{INSIDE_BODIES}|{OF}|&)\s(?:{DEFINITE}\s)?)?[{CAPITAL}][\w&’'-]*){{1,4}}"
)
"""Several words in capitals, as the name of a body that no table knows."""
_IN_BRACKETS = re.compile(
    rf"\s\(([{CAPITAL}][\w-]{{0,3}}[{CAPITAL}]{{1,4}}|{_SEVERAL})(?:,\s[{CAPITAL}][\w-]*)?\)"
)
"""An acronym or several capitals, perhaps with a town, in brackets behind a name: A B (KIT)."""
_ENDS_ENTRY = re.compile(rf",\s({_SEVERAL})(?=\s*(?:[;.(]|\Z))")
"""Several capitals that end an entry of a list: A B, chief engineer, | Northern Water Works."""
_OPENS = re.compile(r"\s*[(,]\s*")
_LAST_WORD = re.compile(r"\S+\Z")
_BEHIND_TITLE = 6
"""Characters between the end of a job title and the body behind its comma."""
_BEFORE_LEADER = 12
_BEHIND_LEADER = 60
_BEFORE_CUE = 4
_BEHIND_CUE = 80


class AffiliationReader:
    """Reads the bodies that persons are of, in sentences of one language."""

    def __init__(self, words: JobTitleWords, grammar: JobTitleGrammar) -> None:
        self._words = words
        self._grammar = grammar
        article = rf"(?:(?:{DEFINITE})\s+)?"
        self._represents = words.pattern("employer_links", rf"\s*[(,]?\s*(?:WORDS)\w*\s+{article}")
        self._sent_by = words.pattern("employer_prepositions", rf"\s(?:WORDS)\s{_CAPITALS}")
        self._leads = words.pattern("who_leads", rf"\s*,\s*(?:WORDS)\s+{article}")
        self._who = words.pattern("relatives", rf"\s*,\s*(?:WORDS)\s+{article}")
        self._led = words.pattern("leads_behind", r"\s+(?:WORDS)\b")
        self._of = words.pattern("belongs_to", rf"\s+(?:WORDS)\s+{article}\Z")
        self._acronym = words.pattern(
            "belongs_to",
            rf"\s(?:WORDS)\s(?:the\s)?({_STATES}[A-ZÄÖÜ]{{2,6}}(?:-[A-ZÄÖÜ]{{2,4}})?)\b",
        )
        self._behind_of = words.pattern("belongs_to", rf"\s+(?:WORDS)\s+(?:the\s+)?{_CAPITALS}")

    def with_job_title(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        """The body named with a job title: in its phrase, or the first part of its compound."""
        return (
            self._known_body(page, sentence, title)
            or self._capitals_before_head(page, sentence, title)
            or self._unknown_body(page, sentence, title)
            or (title.side == "right" and self._ending_entry(page, sentence, title.end))
            or self._part_of_compound(page, sentence, title)
        )

    def _known_body(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        masked = page.masked[sentence.part]
        # What a person directs stands behind the title rather than in it (Learning Director at B).
        bodies = sorted(sentence.of("organisations"), key=lambda m: m.start < title.head_end)
        for m in bodies:
            apart = m.start >= title.head_end or m.end < title.head_end
            if title.start <= m.start < title.end and apart:
                return body_found(m, "people.employer", 0.8)
            behind = title.side == "right" and 0 <= m.start - title.end <= _BEHIND_TITLE
            if behind and "," in masked[title.end : m.start]:
                return body_found(m, "people.employer-after-comma", 0.65)
            if (
                self._grammar.has_bodies_before
                and m.end <= title.start
                and self._grammar.joins_body(masked[m.end : title.start])
            ):
                return body_found(m, "people.employer-before", 0.75)
        return None

    def _capitals_before_head(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        """Capitals before the post of who leads a firm (Northern Fields CEO A B): the firm."""
        if title.side != "left" or not self._grammar.has_bodies_before:
            return None
        words = list(WORD.finditer(page.masked[sentence.part], title.start, title.head_end))
        posts = list[str]()
        while words and self._belongs_to_post(words[-1].group()):
            posts.append(words.pop().group())
        leads = bool(posts) and posts[0].casefold() in self._words.firm_posts
        # One word before a president may be an adjective (Zambian President).
        if not words or not leads:
            return None
        if len(words) == 1 and not posts[0].isupper() and not words[0].group().isupper():
            return None
        span = (words[0].start(), words[-1].end())
        if not all(word.group()[0].isupper() for word in words) or _overlap(
            sentence.of("countries", "nationalities", "persons"), (words[-1].start(), span[1])
        ):
            return None
        return _read(page, sentence, span, "people.employer-capitals", 0.55)

    def _belongs_to_post(self, word: str) -> bool:
        low = word.casefold()
        return (
            self._words.is_role(word) or low in self._words.modifiers or low in self._words.joiners
        )

    def _part_of_compound(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        """ "BGR-Präsident": the first part of the word that names a job title."""
        head = _LAST_WORD.search(page.masked[sentence.part][title.start : title.head_end])
        compound = _COMPOUND.match(head.group()) if head else None
        if not head or not compound or compound.group(1).casefold() in self._words.no_employers:
            return None
        start = title.start + head.start()
        span = (start, start + len(compound.group(1)))
        return _read(page, sentence, span, "people.compound", 0.7)

    def _unknown_body(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        """Capitals behind "of" or "at" after a job title in a firm (chief executive of X)."""
        masked = page.masked[sentence.part]
        acronym = self._acronym.match(masked, title.head_end, title.end + 1)
        if acronym:
            return _read(page, sentence, acronym.span(1), "people.employer-acronym", 0.7)
        if not self._grammar.capitals_name_bodies:
            return self._acronym_before_name(page, sentence, title)
        words = masked[title.start : title.head_end].casefold().split()
        if title.side == "left" or any(self._words.is_public(w) for w in words):
            return None
        found = self._behind_of.match(masked, title.head_end, title.end)
        if found is None or self._words.is_role(found.group(1).split()[0]):
            return None
        if self._is_bare(found) or _overlap(sentence.of("countries", "places"), found.span(1)):
            return None
        return _read(page, sentence, found.span(1), "people.employer-capitals", 0.55)

    def bare_body(self, masked: str, title: JobTitle) -> int | None:
        """Where behind a job title the word for a kind of body stands alone (Leiterin des
        Verbands): it names nobody, and is no part of the title.
        """
        found = self._behind_of.match(masked, title.head_end, title.end)
        return found.start(1) if found and self._is_bare(found) else None

    def _is_bare(self, body: re.Match[str]) -> bool:
        return body.group(1).casefold() in self._words.bare_bodies

    def _acronym_before_name(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, title: JobTitle
    ) -> FoundValue[str] | None:
        if title.side != "left":
            return None
        masked = page.masked[sentence.part]
        span = self._grammar.acronym_before_name(masked, title.head_end, title.end)
        return _read(page, sentence, span, "people.employer-acronym", 0.7) if span else None

    def without_job_title(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, person: Mention, ceiling: int
    ) -> FoundValue[str] | None:
        """ "B of the Bank", "B (Bank)", "für die Bank B": a body without a job title.

        `ceiling` is the start of the next name.
        """
        return (
            self._behind_name(page, sentence, person, ceiling)
            or self._capitals_behind_name(page, sentence, person, ceiling)
            or _led_by(sentence, person)
            or _represented_by(page, sentence, person)
        )

    def _behind_name(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, person: Mention, ceiling: int
    ) -> FoundValue[str] | None:
        masked = page.masked[sentence.part]
        for m in sentence.of("organisations"):
            gap = masked[person.end : m.start]
            if not person.end < m.start < ceiling:
                continue
            # Where bodies and posts stand before a name, one behind it is the next one's.
            before_wins = self._grammar.has_bodies_before and self._grammar.title_before_wins
            if before_wins and "(" not in gap:
                continue
            leads = self._who.fullmatch(gap) and self._led.match(masked, m.end, sentence.end)
            if leads or any(
                p.fullmatch(gap) for p in (self._of, _OPENS, self._represents, self._leads)
            ):
                return body_found(m, "people.employer-behind", 0.7)
        return None

    def _capitals_behind_name(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, person: Mention, ceiling: int
    ) -> FoundValue[str] | None:
        """ "A B of Northern Metals", "A B vom Werk C": a body that no table knows."""
        masked = page.masked[sentence.part]
        found = (
            self._sent_by.match(masked, person.end, ceiling)
            or _IN_BRACKETS.match(masked, person.end, ceiling)
            or _BETWEEN_COMMAS.match(masked, person.end, sentence.end)
        )
        if found is None:
            return self._ending_entry(page, sentence, person.end)
        return self._unknown_name(page, sentence, found)

    def _ending_entry(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, at: int
    ) -> FoundValue[str] | None:
        """Capitals behind a comma that end an entry of a list: who speaks in a programme stands
        there with name, post and body.
        """
        if page.line_zone(sentence) != "list":
            return None
        found = _ENDS_ENTRY.match(page.masked[sentence.part], at, sentence.end)
        return self._unknown_name(page, sentence, found) if found else None

    def _unknown_name(
        self, page: AnnotatedPage, sentence: AnnotatedSentence, found: re.Match[str]
    ) -> FoundValue[str] | None:
        """Capitals as a body, unless they are a post or end in a name of something else."""
        names = sentence.of("countries", "places", "persons", "nationalities", "strategies")
        words = found.group(1).split()
        posts = self._words.is_role(words[0]) or self._words.is_role(words[-1])
        last = (found.end(1) - len(words[-1]), found.end(1))
        if posts or _overlap(names, last):
            return None
        return _read(page, sentence, found.span(1), "people.employer-unknown", 0.5)


def _led_by(sentence: AnnotatedSentence, person: Mention) -> FoundValue[str] | None:
    """ "eine Abordnung der Bank unter Leitung von B": who leads a body is of it."""
    for cue in sentence.cue("led_by"):
        before = [
            m for m in sentence.of("organisations") if 0 <= cue.start - m.end <= _BEFORE_LEADER
        ]
        if before and 0 <= person.start - cue.end <= _BEHIND_LEADER:
            return body_found(before[-1], "people.leads", 0.65)
    return None


def _represented_by(
    page: AnnotatedPage, sentence: AnnotatedSentence, person: Mention
) -> FoundValue[str] | None:
    """ "die Bank war vertreten durch B": who represents a body is of it."""
    masked = page.masked[sentence.part]
    for cue in sentence.cue("participants"):
        near = cue.end <= person.start <= cue.end + _BEHIND_CUE
        if cue.side != "left" or not near or "," in masked[cue.end : person.start]:
            continue
        before = [
            m
            for m in sentence.of("organisations")
            if m.end <= cue.start and cue.start - m.end < _BEFORE_CUE
        ]
        if before:
            return body_found(before[-1], "people.represents", 0.7)
    return None


def _overlap(names: Sequence[Mention], span: tuple[int, int]) -> bool:
    return any(name.start < span[1] and span[0] < name.end for name in names)


def _read(
    page: AnnotatedPage,
    sentence: AnnotatedSentence,
    span: tuple[int, int],
    rule: str,
    confidence: float,
) -> FoundValue[str]:
    return FoundValue(page.cut(sentence.part, *span), sentence.part, *span, rule, confidence)
