"""Where the post of a person stands: before the name, behind it, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parsers.events.grammar.job_title_words import PostWords
from crawler.parsers.events.page.annotated_page import SceneSentence

WORD = re.compile(r"[\w’'․]+(?:[-‑]\w+)*")
PLURAL = re.compile(r"(?:innen|enden|er|s|ы|и|ов|ей|ам|ами|ями)\Z")
_APPOSITION = re.compile(r"\s*(?P<mark>,|\(|–|—|-(?=\s))\s*")
_BRACKETED_ACRONYM = re.compile(r"\([A-ZÄÖÜА-ЯЁ][\w․.-]{1,11}\)")
_ENUMERATED = re.compile(r",(?=(?:\s[а-яё-]+){1,4}(?:,(?:\s[а-яё-]+){1,4}){0,4}\sи\s[а-яё])")
"""Commas in the remit of a post: министр экологии, геологии и природных ресурсов."""
_COMMA_AT_END = re.compile(r",\s*\Z")
_LAST_WORD = re.compile(r"(?<=\s)([а-яё]+)\s*\Z")
_CLOSING = frozenset(",.;)")
_MAX_BETWEEN = 180
_MAX_APPOSITION = 160
_TITLE_REACH = 40
_MOST_REMIT = {"ru": 16}
_MOST_REMIT_ELSEWHERE = 14
_SHORTEST_ADJECTIVE = 5


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """Where a post is read: from its first word to the end of what belongs to it."""

    start: int
    end: int
    head_end: int
    """End of the word that names the post."""
    side: str
    """left, right or bracket."""


class PostFinder:
    """Finds the post of a name in the sentences of one language."""

    def __init__(self, words: PostWords) -> None:
        self._words = words
        self._lang = words.lang

    def post(
        self, masked: str, sentence: SceneSentence, span: tuple[int, int], floor: int, ceiling: int
    ) -> PostPhrase | None:
        """The post of the name at `span`; `floor`, `ceiling`: ends of the names before and behind."""
        at, end = span
        left = self.left(masked, at, floor)
        if left and any(c.start < left.head_end <= c.end for c in sentence.cue("led_by")):
            left = None  # "unter Leitung von A" tells what A does, no post
        verbs = [c.start for c in sentence.cue("travel", "receive") if c.start > end]
        titles = self._words.titles.search(masked, end, ceiling)
        right = self._right(masked, end, min([titles.start() if titles else ceiling, *verbs]))
        adjacent = left is not None and (
            left.end < at - 1 or not WORD.search(masked[left.head_end : at])
        )
        if left and self._of_previous(masked, sentence, left, at, floor):
            left, adjacent = None, False
        if left is None:
            left = self._before_comma(masked, sentence, span, floor)
            adjacent = left is not None
        of_next = right is not None and self._of_next(masked, sentence, ceiling, right)
        ours = left is not None and self._lang == "ru"
        if right and right.side != "bracket" and (ours or of_next):
            right = None
        return left if adjacent or right is None else right

    def _of_previous(
        self, masked: str, sentence: SceneSentence, left: PostPhrase, at: int, floor: int
    ) -> bool:
        """Whether a post is an apposition to the name before: A, Botschafter von X, und B."""
        follows = floor > sentence.start and masked[floor : floor + 1] in ",("
        if not follows or not self._words.only_article.match(masked[floor : left.start]):
            return False
        titles = self._words.titles.search(masked, left.head_end, at)
        between = masked[left.head_end : titles.start() if titles else at]
        return bool(self._words.conjoined.search(between))

    def _before_comma(
        self, masked: str, sentence: SceneSentence, span: tuple[int, int], floor: int
    ) -> PostPhrase | None:
        """The post of `der Minister für Energie, A, …`, unless it is told of the person before."""
        closed = masked[span[1] : span[1] + 1] in _CLOSING
        titled = self._words.comma_title.search(masked, max(floor, span[0] - _TITLE_REACH), span[0])
        if not closed and not titled:
            return None
        left = self.left(masked, span[0], floor, before_comma=True)
        if left is None:
            return None
        follows_another = floor > sentence.start and masked[floor : floor + 1] in ",("
        if follows_another and self._words.only_article.match(masked[floor : left.start]):
            return None
        return left

    def _of_next(
        self, masked: str, sentence: SceneSentence, ceiling: int, right: PostPhrase
    ) -> bool:
        """Whether what stands behind a name is the post of the next one (президент A Б, глава В Г)."""
        if right.side == "bracket" or ceiling >= sentence.end or right.end < ceiling - 2:
            return False
        own = self.left(masked, ceiling, right.start)
        return own is not None

    def left(
        self,
        masked: str,
        at: int,
        floor: int,
        *,
        before_comma: bool = False,
    ) -> PostPhrase | None:
        """The post before a name, with the words that belong to it; `before_comma`: post, name, …"""
        floor = max(floor, at - _MAX_BETWEEN)
        end = self._end_of_post(masked, floor, at, before_comma=before_comma)
        words = list(WORD.finditer(masked, floor, end)) if end is not None else []
        nearest = next(
            (i for i in range(len(words) - 1, -1, -1) if self._words.is_role(words[i].group())),
            None,
        )
        if nearest is None or end is None:
            return None
        behind = words[nearest + 1 :]
        told = len(behind) == 1 and behind[0].group().casefold() in self._words.copulas
        if not told and not self._belongs(
            masked, behind, words[nearest].end(), end, loose=before_comma
        ):
            return None
        first = self._leftmost(masked, words, self._outer(words, nearest))
        if self._joins_posts(words, first):
            first = self._leftmost(masked, words, first - 2)
        if self._joins_remits(words, first, nearest):
            first = self._leftmost(masked, words, first - 2)
        reach = words[nearest].end() if told else end
        return PostPhrase(words[first].start(), reach, words[nearest].end(), "left")

    def _end_of_post(self, masked: str, floor: int, at: int, *, before_comma: bool) -> int | None:
        """Where a post before a name ends: before titles, and before the comma where one is asked
        for.
        """
        titles = self._words.titles.search(masked, floor, at)
        end = titles.start() if titles else at
        if before_comma:
            comma = _COMMA_AT_END.search(masked, floor, end)
            return comma.start() if comma else None
        dashed = len(masked[floor:end].rstrip()) - 1
        if dashed > 0 and masked[floor + dashed] in "—–" and masked[floor + dashed - 1] == " ":
            end = floor + dashed
        end = floor + len(masked[floor:end].rstrip(" ,")) if titles and self._lang == "ru" else end
        last = _LAST_WORD.search(masked, floor, end)
        return last.start() if last and last.group(1) in self._words.copulas else end

    def _leftmost(self, masked: str, words: Sequence[re.Match[str]], first: int) -> int:
        """The first word of a post from one of its words on."""
        while first and self._goes_with(masked, words[first - 1], words[first]):
            first -= 1
            if self._lang == "ru" and self._two_adjectives(words, first):
                first -= 2
        return first

    def _two_adjectives(self, words: Sequence[re.Match[str]], first: int) -> bool:
        """Чрезвычайный и | Полномочный Посол."""
        if first < 2 or words[first - 1].group() not in self._words.joiners:
            return False
        pair = (words[first - 2].group(), words[first].group())
        return all(self._words.adjective.match(w) and not self._words.is_role(w) for w in pair)

    def _joins_posts(self, words: Sequence[re.Match[str]], first: int) -> bool:
        """ "President and CEO": one person of two posts in the singular."""
        if first < 2 or words[first - 1].group().casefold() not in self._words.joiners:
            return False
        before = words[first - 2].group()
        return self._words.is_role(before) and not PLURAL.search(before.removesuffix("er"))

    def _joins_remits(self, words: Sequence[re.Match[str]], first: int, nearest: int) -> bool:
        """ "Mines and Energy minister": an English office of two remits."""
        if self._lang != "en" or first < 2 or first == nearest:
            return False
        joint, before = words[first - 1].group(), words[first - 2].group()
        office = words[nearest].group().casefold() in self._words.joint_offices
        return (
            office
            and joint in self._words.joiners
            and before[0].isupper()
            and not self._words.is_role(before)
        )

    def _outer(self, words: Sequence[re.Match[str]], nearest: int) -> int:
        """ "Chairman of the Cabinet of Ministers": the first post of an English chain of "of"."""
        if self._lang != "en" or nearest == 0 or words[nearest - 1].group() != "of":
            return nearest
        outer = nearest
        for i in range(nearest - 1, -1, -1):
            text = words[i].group()
            if self._words.is_role(text):
                outer = i
            elif text not in ("of", "the", "and", "for") and not text[0].isupper():
                break
        return outer

    def _belongs(
        self, masked: str, words: Sequence[re.Match[str]], start: int, end: int, *, loose: bool
    ) -> bool:
        """Whether all between a post and a name is the remit of the post (für Industrie und …).

        `loose`: before a comma English nouns in small letters are part of it, too.
        """
        between = _BRACKETED_ACRONYM.sub("", masked[start:end])
        if self._lang == "ru":
            between = _ENUMERATED.sub("", between)
        if re.search(r"[,;:()–—]", between):
            return False
        if self._lang == "en" and words and words[0].group() not in self._words.links:
            return False
        return all(
            w.group() in self._words.links
            or w.group()[0].isupper()
            or w.group() in self._words.regions
            or (
                self._words.adjective.match(w.group())
                and not self._words.verb_endings.match(w.group())
            )
            or self._lang == "ru"
            or (loose and self._lang == "en" and w.group() not in self._words.stops)
            for w in words
        ) and len(words) <= _MOST_REMIT.get(self._lang, _MOST_REMIT_ELSEWHERE)

    def _goes_with(self, masked: str, word: re.Match[str], next_word: re.Match[str]) -> bool:
        """Whether the word before a post belongs to it (stellvertretender, Regional, первый)."""
        if masked[word.end() : next_word.start()].strip():
            return False
        text = word.group()
        low = text.casefold()
        if self._words.is_role(text) or low in self._words.modifiers:
            return True
        if self._lang == "en":
            named = text[0].isupper() and low not in self._words.links
            return named and (next_word.group()[0].isupper() or low not in self._words.stops)
        short = self._lang == "de" and (
            len(text) <= _SHORTEST_ADJECTIVE or low in self._words.links
        )
        return bool(self._words.adjective.match(text)) and not short and self._words.belongs(text)

    def _right(self, masked: str, at: int, ceiling: int) -> PostPhrase | None:
        """The post behind a name: after a comma or dash, or in brackets."""
        mark = _APPOSITION.match(masked, at, ceiling)
        if mark is None:
            return None
        bracket = mark.group("mark") == "("
        stop = re.compile(
            r"\)"
            if bracket
            else r"[;.)(]|,(?=\s(?:and|und|sowie|и)\s(?:by|from|with|vom|von|der|die|den|dem|the)\b)|,(?=\s(?!and\s|и\s|und\s[A-Z]|[A-Z][\w ]{2,40}\sand\s[A-Z]))|\s(?:–|—)\s|$"
        )
        limit = min(ceiling, mark.end() + _MAX_APPOSITION)
        found = stop.search(masked, mark.end(), limit)
        end = found.start() if found else limit
        words = list(WORD.finditer(masked, mark.end(), end))
        head = next((i for i, w in enumerate(words[:6]) if self._words.is_role(w.group())), None)
        if head is None or not all(self._before_post(w.group()) for w in words[:head]):
            return None
        if self._of_several(words[head].group()) and not bracket:
            return None
        last = head
        while last + 1 < len(words) and self._words.is_role(words[last + 1].group()):
            last += 1
        reaches_next = end == ceiling and not WORD.search(masked[words[last].end() : ceiling])
        if reaches_next and ceiling < len(masked) and masked[ceiling].isupper() and not bracket:
            return None
        end = self._end_of_apposition(masked, words[last + 1 :], words[last].end(), end)
        return PostPhrase(mark.end(), end, words[last].end(), "bracket" if bracket else "right")

    def _of_several(self, word: str) -> bool:
        """A post in the plural behind one name tells of others (A, руководители предприятий)."""
        if self._lang == "ru":
            return word.endswith(("и", "ы"))
        return self._lang == "en" and word.endswith("s") and self._words.is_role(word[:-1])

    def _before_post(self, text: str) -> bool:
        """What may stand in an apposition before the post: article, adjective, name, no verb."""
        low = text.casefold()
        if low in self._words.modifiers or not text[0].islower() or self._words.is_role(text):
            return True
        if self._lang == "en":
            return not self._words.verb_endings.match(low) or low in self._words.not_verbs
        return low in self._words.articles or bool(
            self._words.adjective.match(text) and not self._words.verb_endings.match(text)
        )

    def _end_of_apposition(
        self, masked: str, words: Sequence[re.Match[str]], at: int, end: int
    ) -> int:
        """An apposition ends before the first word that is neither capital, link nor adjective."""
        if self._lang == "ru":
            return end
        quoted = False
        for word in words:
            gap = masked[at : word.start()]
            quoted ^= sum(gap.count(q) for q in '„“”"') % 2 == 1
            text = word.group()
            fits = (
                text in self._words.links
                or not text[0].islower()
                or (self._lang == "de" and self._words.adjective.match(text))
            )
            if not fits and not quoted and self._lang == "de":
                return at
            if (
                not fits
                and not quoted
                and len(text) > 3
                and text.endswith(("ed", "s")) is True
                and self._lang == "en"
            ):
                return at
            at = word.end()
        return end
