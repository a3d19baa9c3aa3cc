"""What makes a piece of capitals a person: a title, a role, a first name, a verb of speaking, its
shape.
"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.parsers.entities.entity_words import EntityWords
from crawler.parsers.entities.folding import fold, word_before
from crawler.parsers.entities.persons.roles import BEFORE, TITLES_REACH
from crawler.parsers.entities.persons.rules import PersonRules
from crawler.parsers.entities.persons.tokens import NameToken, up_to_words

_MOST_WORDS = 4
_MOST_SPEAKER = 3
_BY_TITLE, _BY_ROLE, _BY_FIRST_NAME, _BY_APPOSITION, _BY_INITIAL, _BY_SHAPE = (
    0.95,
    0.9,
    0.85,
    0.85,
    0.75,
    0.55,
)

PersonEvidence = tuple[str, float, list[NameToken]]
"""The rule, how sure it is, and the tokens that are the name; an empty rule: no person."""


class EvidenceReader:
    """Weighs what one script says of a piece."""

    def __init__(self, words: EntityWords, rules: PersonRules) -> None:
        self._words = words
        self._rules = rules
        self._roles = rules.roles

    def read(self, text: str, before: str, piece: list[NameToken]) -> PersonEvidence:
        """The strongest evidence; `before` is the text that leads up to the piece."""
        words = [t for t in piece if t.kind == "word"]
        full = len(words) >= 2 or (len(words) == 1 and any(t.kind == "initial" for t in piece))
        if self._roles.title(before):
            return "person:title", _BY_TITLE, up_to_words(piece, _MOST_WORDS)
        if not full:
            return self._surname(before, piece)
        known = self._known_first_name(piece)
        if known and fold(piece[known - 1].text) in self._words.place_openers:
            return "", 0.0, piece
        if known and self._is_patronymic(piece[known + 1 : known + 2]):
            known -= 1
        rest = piece[known:] if known else piece
        if self._rules.role_up_to(before):
            if sum(t.kind == "word" for t in rest) < 2:
                rest = piece
            return "person:role-before", _BY_ROLE, up_to_words(rest, _MOST_WORDS)
        return self._weaker_evidence(text, piece, rest, known=known is not None)

    def _known_first_name(self, piece: Sequence[NameToken]) -> int | None:
        """Where a first name stands: one that is listed, or what a patronymic follows."""
        for i, token in enumerate(piece):
            if self._first_name(token) or self._is_patronymic(piece[i + 1 : i + 2]):
                full = piece[i + 1 : i + 2] and self._first_name(piece[i + 1]) and piece[i + 2 :]
                if not (token.is_place and full):  # Minister of Georgia | Maya Surname
                    return i
        return None

    def _names_a_body(self, before: str, piece: Sequence[NameToken]) -> bool:
        """Two unknown capitals right behind a head of bodies (директор компании Нордик Метал)."""
        surname = piece[-1].text.endswith(self._words.surname_endings or "\n")
        return not surname and fold(word_before(before, len(before))) in self._words.bodies

    def _surname(self, before: str, piece: list[NameToken]) -> PersonEvidence:
        """`Minister A`: one capital behind a public office; no common noun of the dictionary."""
        word = piece[0].text
        if len(piece) != 1 or piece[0].is_place:
            return "", 0.0, piece
        if not self._roles.is_office(word_before(before, len(before))):
            return "", 0.0, piece
        if self._rules.is_ordinary(word):
            return "", 0.0, piece
        return "person:surname", _BY_APPOSITION, piece

    def _speaks(self, text: str, before: str, piece: Sequence[NameToken]) -> bool:
        """`sagte A B`, `A B said`: two or three words, none of them a place."""
        if not 2 <= len(piece) <= _MOST_SPEAKER or any(t.is_place for t in piece):
            return False
        if self._rules.speaks_behind(text, piece[-1].end):
            return True
        return word_before(before, len(before)).lower() in self._words.speaking

    def _weaker_evidence(
        self, text: str, piece: list[NameToken], rest: list[NameToken], *, known: bool
    ) -> PersonEvidence:
        rest_full = sum(t.kind == "word" for t in rest) >= 2
        rule = self._beside(text, piece)
        if rule:
            return rule, _BY_APPOSITION, rest if known and rest_full else piece
        if known and rest_full and self._more_than_a_place(rest):
            return "person:first-name", _BY_FIRST_NAME, up_to_words(rest, _MOST_WORDS)
        if piece[0].kind == "initial" and not self._rules.is_numbering(text, piece):
            return "person:initial", _BY_INITIAL, up_to_words(piece, _MOST_WORDS)
        before = text[max(0, piece[0].start - TITLES_REACH) : piece[0].start]
        if self._rules.has_shape_of_name(text, piece) and not self._names_a_body(before, piece):
            return "person:shape", _BY_SHAPE, piece
        return "", 0.0, piece

    def _beside(self, text: str, piece: Sequence[NameToken]) -> str:
        """The rule by which a post or a verb of speaking beside it makes it a person; empty without
        one.
        """
        before = text[max(0, piece[0].start - BEFORE) : piece[0].start]
        if self._roles.is_of_role(before):
            return ""
        if len(piece) <= _MOST_WORDS and self._roles.between_commas(
            text, piece[0].start, piece[-1].end
        ):
            return "person:role-comma"
        if len(piece) <= _MOST_WORDS and self._roles.after(text, piece[-1].end):
            return "person:role-after"
        if self._speaks(text, before, piece):
            return "person:speaks"
        names = 2 <= len(piece) <= _MOST_SPEAKER and not any(t.is_place for t in piece)
        return "person:role-chain" if names and self._roles.follows_state_office(before) else ""

    def _more_than_a_place(self, piece: Sequence[NameToken]) -> bool:
        """Of a first name that is a country too, only with a surname that looks like one: Georgia
        Rossini.
        """
        return not piece[0].is_place or piece[-1].text.endswith(self._words.surname_endings)

    def _first_name(self, token: NameToken) -> bool:
        return token.kind == "word" and self._rules.is_first_name(token.text)

    def _is_patronymic(self, tokens: Sequence[NameToken]) -> bool:
        return bool(tokens) and self._rules.is_patronymic(tokens[0].text)
