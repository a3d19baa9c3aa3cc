"""Who employs a person: the body named with a post, behind a name, or in front of a compound post."""

from __future__ import annotations

import re

from crawler.parsers.events.grammar.job_title_words import PostWords
from crawler.parsers.events.page.annotated_page import Scene, SceneSentence
from crawler.parsers.events.page.evidence import Found
from crawler.parsers.events.people.job_titles import PostPhrase
from indexer.records.document import Mention

_COMPOUND = re.compile(r"([A-ZÄÖÜ]\w*(?:-[A-ZÄÖÜ]\w*)*)-\w+\Z")
_STATES = r"(?!(?:USA?|UK|EU|UN)\b)"
_CAPITALS = r"([A-ZÄÖÜ][\w&’'-]*(?:\s(?:of\s|and\s|für\s|und\s|&\s)?[A-ZÄÖÜ][\w&’'-]*)*)"
_BETWEEN_COMMAS = re.compile(
    r",\s([A-ZÄÖÜ][\w&’'-]*(?:\s[A-ZÄÖÜ][\w&’'-]*){0,3}),\s(?=[a-zäöüß]{3})"
)
"""A body between commas behind a name: A B, Nordmetall, sprach über …"""
_RUSSIAN_ACRONYM = re.compile(r"\s([A-ZА-ЯЁ]{2,7})(?=(?:\s[A-ZА-ЯЁ]{2,4})?\s*\Z)")
_NEXT_ACRONYM = re.compile(r"\s([A-ZА-ЯЁ]{2,4})\s*\Z")
_OPENS = re.compile(r"\s*[(,]\s*")


class EmployerReader:
    """Reads employers in sentences of one language."""

    def __init__(self, words: PostWords) -> None:
        self._words = words
        self._lang = words.lang
        article = r"(?:(?:the|der|die|das|dem|den)\s+)?"
        self._represents = words.pattern("employer_links", rf"\s*[(,]?\s*(?:WORDS)\w*\s+{article}")
        self._sent_by = words.pattern("employer_prepositions", rf"\s(?:WORDS)\s{_CAPITALS}")
        self._of = words.pattern("belongs_to", rf"\s+(?:WORDS)\s+{article}\Z")
        self._acronym = words.pattern(
            "belongs_to",
            rf"\s(?:WORDS)\s(?:the\s)?({_STATES}[A-ZÄÖÜ]{{2,6}}(?:-[A-ZÄÖÜ]{{2,4}})?)\b",
        )
        self._behind_of = words.pattern("belongs_to", rf"\s+(?:WORDS)\s+(?:the\s+)?{_CAPITALS}")

    def with_post(
        self, scene: Scene, sentence: SceneSentence, phrase: PostPhrase
    ) -> Found[str] | None:
        """The organisation named with a post: in its phrase, or the first part of its compound."""
        for m in sentence.of("organisations"):
            if phrase.start <= m.start < phrase.end and (
                m.start >= phrase.head_end or m.end < phrase.head_end
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer", 0.8)
            if (
                phrase.side == "right"
                and 0 <= m.start - phrase.end <= 6
                and "," in scene.masked[m.part][phrase.end : m.start]
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer-after-comma", 0.65)
            if 0 <= phrase.start - m.end <= 1 and self._lang == "en":
                return Found(m.surface, m.part, m.start, m.end, "people.employer-before", 0.75)
        head = re.search(r"\S+\Z", scene.masked[sentence.part][phrase.start : phrase.head_end])
        behind = self._unknown_employer(scene, sentence, phrase)
        if behind:
            return behind
        compound = _COMPOUND.match(head.group()) if head else None
        if head and compound and compound.group(1).casefold() not in self._words.no_employers:
            at = phrase.start + head.start()
            end = at + len(compound.group(1))
            return Found(
                scene.cut(sentence.part, at, end), sentence.part, at, end, "people.compound", 0.7
            )
        return None

    def _unknown_employer(
        self, scene: Scene, sentence: SceneSentence, phrase: PostPhrase
    ) -> Found[str] | None:
        """Capitals behind "of" or "at" after a post that no state gives (chief executive of X)."""
        if self._lang == "ru":
            return self._russian_acronym(scene, sentence, phrase)
        masked = scene.masked[sentence.part]
        acronym = self._acronym.match(masked, phrase.head_end, phrase.end + 1)
        if acronym:
            return _by_acronym(scene, sentence, *acronym.span(1))
        words = masked[phrase.start : phrase.head_end].casefold().split()
        if phrase.side == "left" or any(self._words.is_public(w) for w in words):
            return None
        m = self._behind_of.match(masked, phrase.head_end, phrase.end)
        if m is None or self._words.is_role(m.group(1).split()[0]):
            return None
        start, end = m.span(1)
        if any(c.start < end and start < c.end for c in sentence.of("countries", "places")):
            return None
        return Found(
            scene.cut(sentence.part, start, end),
            sentence.part,
            start,
            end,
            "people.employer-capitals",
            0.55,
        )

    def _russian_acronym(
        self, scene: Scene, sentence: SceneSentence, phrase: PostPhrase
    ) -> Found[str] | None:
        """Capitals right before the name behind a post: эксперт по рудам НЦРМ РК Иван Петров; no
        state.
        """
        if phrase.side != "left":
            return None
        masked = scene.masked[sentence.part]
        found = _RUSSIAN_ACRONYM.search(masked, phrase.head_end, phrase.end)
        if found is None or found.group(1) in self._words.states:
            return None
        start, end = found.span(1)
        state = _NEXT_ACRONYM.match(masked, end, phrase.end)
        if state:
            if state.group(1) not in self._words.states:
                return None
            end = state.end(1)
        return _by_acronym(scene, sentence, start, end)

    def without_post(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, ceiling: int
    ) -> Found[str] | None:
        """ "B of the Bank", "B (Bank)", "представлял Bank B": an employer without a post."""
        masked = scene.masked[sentence.part]
        for m in sentence.of("organisations"):
            gap = masked[mention.end : m.start]
            if mention.end < m.start < ceiling and (
                self._of.fullmatch(gap) or _OPENS.fullmatch(gap) or self._represents.fullmatch(gap)
            ):
                return Found(m.surface, m.part, m.start, m.end, "people.employer-behind", 0.7)
        unknown = self._capitals_behind(scene, sentence, mention, ceiling)
        if unknown:
            return unknown
        for cue in sentence.cue("led_by"):
            owner = [m for m in sentence.of("organisations") if 0 <= cue.start - m.end <= 12]
            if owner and 0 <= mention.start - cue.end <= 60:
                m = owner[-1]
                return Found(m.surface, m.part, m.start, m.end, "people.leads", 0.65)
        for cue in sentence.cue("participants"):
            gap = masked[cue.end : mention.start]
            if cue.side == "left" and cue.end <= mention.start <= cue.end + 80 and "," not in gap:
                owner = [
                    m
                    for m in sentence.of("organisations")
                    if m.end <= cue.start and cue.start - m.end < 4
                ]
                if owner:
                    m = owner[-1]
                    return Found(m.surface, m.part, m.start, m.end, "people.represents", 0.7)
        return None

    def _capitals_behind(
        self, scene: Scene, sentence: SceneSentence, mention: Mention, ceiling: int
    ) -> Found[str] | None:
        """ "A B of Northern Metals", "A B vom Werk C": a body that no table knows, no place or
        person.
        """
        masked = scene.masked[sentence.part]
        found = self._sent_by.match(masked, mention.end, ceiling) or _BETWEEN_COMMAS.match(
            masked, mention.end, sentence.end
        )
        if found is None:
            return None
        start, end = found.span(1)
        names = sentence.of("countries", "places", "persons", "nationalities", "strategies")
        if any(n.start < end and start < n.end for n in names) or self._words.is_role(
            found.group(1).split()[0]
        ):
            return None
        text = scene.cut(sentence.part, start, end)
        return Found(text, sentence.part, start, end, "people.employer-unknown", 0.5)


def _by_acronym(scene: Scene, sentence: SceneSentence, start: int, end: int) -> Found[str]:
    text = scene.cut(sentence.part, start, end)
    return Found(text, sentence.part, start, end, "people.employer-acronym", 0.7)
