"""Who holds, hosts or supports an event, and who took part in it.

Both read organisations beside a cue phrase, as a coordinated chain (A, B und C); where no table and
no pattern knew the organisation after a sure cue, the run of capitals stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawler.parsers.events.candidates.candidate import Candidate
from crawler.parsers.events.candidates.coreference import EventMentions
from crawler.parsers.events.grammar.cue_phrases import CueHit
from crawler.parsers.events.grammar.function_words import (
    AND,
    ARTICLES,
    AS_WELL_AS,
    BE,
    BY,
    CAPITAL,
    DEFINITE,
    GENITIVE,
    GERMAN_BY,
    GERMAN_DEFINITE,
    JOINS_AGENTS,
    OF,
    RELATIVE,
    SMALL,
    STATES,
)
from crawler.parsers.events.page.annotated_page import AnnotatedPage, AnnotatedSentence
from crawler.parsers.events.page.found_value import FoundValue
from crawler.parsers.events.people.body_chains import (
    LINK,
    body_found,
    joined_before,
    joined_behind,
    outermost,
)
from crawler.parsers.events.people.minutes import represented
from crawler.parsers.events.people.owners import owner_in_name, owners_by_name, possessor
from indexer.records.document import Mention

_LEAD = re.compile(rf"(?:[\s:,–—]|\b(?:[{SMALL}][\w-]*|Die|Das|Der|The)\b){{0,9}}[„«\"]?\Z")
_RUN = re.compile(
    rf"[\s:]*(?:(?:{DEFINITE}|{BY}|with)\s+)*"
    rf"((?:[{CAPITAL}«„][\w«»„“&’'․-]*)"
    rf"(?:\s+(?:(?:{OF}|{AND}|the|von|&)\s+){{0,2}}[{CAPITAL}(«„][\w«»„“&’'․()-]*)*)"
)
_LONGEST_ROW = 12
_ROW_REACH = 60
_ROW_LINK = re.compile(
    rf"(?:\s*\([^)]*\))?\s*(?:,|{AND}|{AS_WELL_AS}|&)*(?:\s*(?:{AND}))?\s*"
    rf"(?:(?:{ARTICLES}|von|vom|from|of)\s+)*"
)
_PIECES_OF_ROW = re.compile(rf"\s*[,;|/]\s+|\s(?:{AND}|&)\s(?=[{CAPITAL}«„][^\s,;]*\s)")
_OTHER_LABEL = re.compile(r"\w:\s")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NAME_OF_ROW = re.compile(rf"[{CAPITAL}«„“\"]")
_CAPITALS = re.compile(
    r"[A-Z][\w&’'-]*(?:\s(?:of\s|and\s(?=[A-Z]\w+\s(?:Group|Company|Bank)))?[A-Z][\w&’'-]*)*"
)
_CLOSING = frozenset("“”»")
_OPENS = re.compile(r"[«„]|[“\"](?=\w)")
_OF_NOUN = re.compile(rf"(?<!\s)\s(?!(?:{AND})\b)[{SMALL}]{{3,}}\s[{CAPITAL}]")
"""A noun and a name behind a capital: it is an adjective (the Ruritanian smelter A)."""
_LAST_OF_ROW = re.compile(rf",?\s(?:{AND}|&)\s(?:{DEFINITE}\s)?({_CAPITALS.pattern})\s")
_ACRONYM = re.compile(rf"(?!(?:{STATES})\b)[{CAPITAL}][\w-]{{0,2}}[{CAPITAL}]{{1,6}}\b")
_VERB_SIDES = frozenset({"left", "left-gap", "between"})
_ARTICLE = len(" der ")
_COMMA = len(", ")
_FEW_WORDS = 10
_NAME_BY_ITSELF = 3
"""Capitals in a row that are a name whatever the words before them say."""
_WORDS_TO_VERB = 5
"""Words between a body and the verb behind it (A, B and several firms are organising)."""
_PASSIVE = re.compile(rf"\b(?:{BE})\b")
_CLAUSE = re.compile(rf",\s(?:{RELATIVE})\s")
_GENITIVES = frozenset(GENITIVE.split("|"))
_AGENTS = frozenset(GERMAN_BY.split("|"))
_BEFORE_AGENT = re.compile(rf"\s*(?:(?:{GERMAN_DEFINITE}|{GERMAN_BY})\s)*")
_JOINT = re.compile(rf"\s(?:{JOINS_AGENTS})\s|,\s")


def read_organisers(
    page: AnnotatedPage,
    event: EventMentions,
    sentences: Sequence[AnnotatedSentence],
    minuted: FoundValue[str] | None,
) -> list[FoundValue[str]]:
    """Organisers of an event from its own sentences and, for the main one, those near to them and
    the body whose minutes the page has.
    """
    found: list[FoundValue[str]] = []
    for sentence in sentences:
        told = page.labelled(sentence, "organiser")
        row = _row_of_label(page, sentence, told) if told >= 0 else []
        found += row or _of_cues(page, event, sentence)
    for candidate in event.candidates:
        found += _owners(page, candidate)
    if minuted and not event.second:
        found.append(minuted)
    return _drop_repeats(found)


def _of_cues(
    page: AnnotatedPage, event: EventMentions, sentence: AnnotatedSentence
) -> list[FoundValue[str]]:
    """The organisers at the cue phrases of a sentence."""
    found: list[FoundValue[str]] = []
    inside = sentence.index in event.sentences()
    cues = sentence.cue("organiser")
    if cues and inside:
        cues += sentence.cue("co_organiser")
    for cue in cues:
        if cue.side in _VERB_SIDES and not inside:
            continue
        if (not inside and event.second) or _helps_something_else(page, sentence, cue):
            continue
        known = [body_found(m, "organisers.cue") for m in _bodies_at_cue(page, sentence, cue)]
        if not known and cue.side == "right" and page.grammar.capitals_show_bodies:
            known = _enumeration_up_to_known(page, sentence, cue)
        if not known and cue.side == "left" and page.grammar.capitals_show_bodies:
            known = _row_up_to_verb(page, sentence, cue)
        known = [*_capitals_before_known(page, sentence, cue, known), *known]
        found += (
            _agents_of_passive(page, sentence, cue, known)
            or known
            or _capitals_behind(page, sentence, cue)
        )
    return found


def _row_of_label(
    page: AnnotatedPage, sentence: AnnotatedSentence, start: int
) -> list[FoundValue[str]]:
    """What a line of a list of facts tells behind its label (Organiser: A, B and C): it holds
    nothing but names, so that one that nobody knows counts as well, but none behind a person: it is
    a job title. Another label ends it (A | Price: 5 euros; A, Phone on request).
    """
    masked = page.masked[sentence.part]
    bodies = [m for m in outermost(sentence.of("organisations")) if m.start >= start]
    persons = sentence.of("persons")
    row: list[FoundValue[str]] = []
    at = start
    for piece in _PIECES_OF_ROW.split(masked[start : sentence.end]):
        if _OTHER_LABEL.search(piece):
            break
        begin = masked.index(piece, at) if piece else at
        at = begin + len(piece)
        known = [m for m in bodies if m.start < at and begin < m.end]
        if not known and page.vocabulary.fact_labels.any_label.match(piece.lstrip()):
            break
        row += [body_found(m, "organisers.cue") for m in known if begin <= m.start]
        name = piece.strip(" .:|")
        titled = any(start <= person.start < begin for person in persons)
        if known or titled or not _may_be_body(page, sentence, name):
            continue
        first = masked.index(name, begin)
        written = page.cut(sentence.part, first, first + len(name))
        end = first + len(name)
        row.append(FoundValue(written, sentence.part, first, end, "organisers.capitals", 0.5))
    return row


def _may_be_body(page: AnnotatedPage, sentence: AnnotatedSentence, name: str) -> bool:
    """Whether a piece of such a line may be a name: of several words, most of them with capitals,
    or one that is written as none else is (КазНИТУ), without numbers; neither a person nor a land,
    nor what stands for a name that is not known yet (TBA, N.N.).
    """
    words = name.split()
    capitals = sum(word.strip('«„“"(')[:1].isupper() for word in words)
    if len(words) > min(_FEW_WORDS, 2 * capitals) or any(map(str.isdigit, name)):
        return False
    if not _NAME_OF_ROW.match(name) or (len(words) == 1 and name[1:].islower()):
        return False
    if not _LETTERS.search(name) or name in page.vocabulary.abbreviated_things:
        return False
    text = page.masked[sentence.part]
    begin = text.index(name, sentence.start)
    whole = sentence.of("places", "countries", "persons")
    return not any(m.start <= begin and begin + len(name) <= m.end for m in whole) and not any(
        begin <= m.start < begin + len(name) for m in sentence.of("persons")
    )


def _owners(page: AnnotatedPage, c: Candidate) -> list[FoundValue[str]]:
    """Whose event it is by its name. Where somebody receives guests, whose they are took part (a
    delegation of the ministry was received).
    """
    received = c.kind == "trip" and bool(c.sentence.cue("receive"))
    named = owners_by_name(page, c)
    return [*(() if received else named), *possessor(page, c), *owner_in_name(page, c)]


def _helps_something_else(page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit) -> bool:
    """Whether a cue says who helps something that is no event (a centre financed by X)."""
    masked = page.masked[sentence.part]
    behind_place = any(
        0 <= cue.start - named.end <= _COMMA
        for named in sentence.of("places", "countries", "persons")
    )
    if behind_place:  # what is helped stands before (the forum in Oslo, supported by X)
        return False
    before, told = masked[sentence.start : cue.start], masked[cue.start : cue.end]
    return page.grammar.helps_something_else(before, told, page.vocabulary)


def read_participants(
    page: AnnotatedPage, sentences: Iterable[AnnotatedSentence]
) -> list[FoundValue[str]]:
    """Organisations that the text says took part."""
    found: list[FoundValue[str]] = []
    for sentence in sentences:
        for cue in outside_bodies(sentence, "participants", "represented"):
            known = [
                body_found(m, "participants.cue")
                for m in _bodies_at_cue(page, sentence, cue, reach=60)
            ]
            found += _enumeration(page, sentence, cue, known)
        found += represented(page, sentence)
    return _drop_repeats(found)


def outside_bodies(sentence: AnnotatedSentence, *categories: str) -> list[CueHit]:
    """Cue phrases that are no part of a body's name (Cabinet of | Ministers of Ukraine)."""
    bodies = sentence.of("organisations")
    return [
        c for c in sentence.cue(*categories) if not any(b.start < c.start < b.end for b in bodies)
    ]


def _enumeration_up_to_known(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit
) -> list[FoundValue[str]]:
    """A row that opens with unknown capitals and holds a known body (organisers, A Cluster and the
    B Bank).
    """
    behind = [
        body_found(m, "organisers.row")
        for m in sentence.of("organisations")
        if cue.end <= m.start <= cue.end + _ROW_REACH
    ]
    row = _enumeration(page, sentence, cue, behind)
    reached = [f for f in row if f.rule == "participants.row"]
    return row if behind and reached else []


def _row_up_to_verb(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit
) -> list[FoundValue[str]]:
    """A row of known bodies that ends in unknown capitals right before a verb (the A Cluster and
    the Port of B hosted).
    """
    masked = page.masked[sentence.part]
    before = [m for m in outermost(sentence.of("organisations")) if m.end <= cue.start]
    last = _LAST_OF_ROW.fullmatch(masked, before[-1].end, cue.start) if before else None
    if last is None:
        return []
    start, end = last.span(1)
    if any(p.start < end and start < p.end for p in sentence.of("persons")):
        return []
    if any((p.start, p.end) == (start, end) for p in sentence.of("places", "countries")):
        return []
    text = page.cut(sentence.part, start, end)
    if page.vocabulary.is_person_noun(text):
        return []
    return [
        *(body_found(m, "organisers.cue") for m in joined_before(masked, before, page.vocabulary)),
        FoundValue(text, sentence.part, start, end, "organisers.capitals", 0.5),
    ]


def _capitals_before_known(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, known: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """Unknown capitals that open a sentence, joined to the first of the known bodies before a verb
    (Business Finland and the Embassy hosted).
    """
    if cue.side != "left" or not known or not page.grammar.capitals_show_bodies:
        return []
    masked = page.masked[sentence.part]
    item = _CAPITALS.match(masked, sentence.start, known[0].start)
    joined = item and _ROW_LINK.fullmatch(masked, item.end(), known[0].start)
    if item is None or not joined or _is_other_name(sentence, item):
        return []
    text = page.cut(sentence.part, *item.span())
    if page.vocabulary.is_person_noun(text) or len(text.split()) == 1:
        return []
    if masked[item.end() : known[0].start] == " ":  # the Leeds-based Zinc Board
        return []
    return [FoundValue(text, sentence.part, *item.span(), "organisers.capitals", 0.5)]


def _enumeration(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, known: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """The bodies of an enumeration behind a cue, also those that no table or pattern knows.

    English: runs of capitals, where one of the row is known to be a body; elsewhere every noun may
    have a capital or none, so there acronyms only (die GIZ, ЕБРР).
    """
    if cue.side != "right":
        return list(known)
    masked, text = page.masked[sentence.part], page.texts[sentence.part]
    named = _CAPITALS if page.grammar.capitals_show_bodies and known else _ACRONYM
    row, at = list(known), cue.end
    for _ in range(_LONGEST_ROW):
        lead = _ROW_LINK.match(masked, at, sentence.end)
        start = lead.end() if lead else at
        body = next((k for k in known if start <= k.start <= start + 40), None)
        item = named.match(masked, start, sentence.end)
        item = None if item and _is_other_name(sentence, item) else item
        first = item is not None and body is not None and item.end() < body.start
        if body and not first and not re.search(r"[;:(]", masked[start : body.start]):
            at = body.end
            continue
        if item is None or _OF_NOUN.match(masked, item.end(), sentence.end):
            break
        if masked[item.end() : item.end() + 2] in (" «", " „"):
            at = item.end()  # a legal form before its name (АО «…»)
            continue
        row.append(
            FoundValue(
                text[start : item.end()], sentence.part, start, item.end(), "participants.row", 0.5
            )
        )
        at = item.end()
    return sorted(row, key=lambda f: f.start)


def _is_other_name(sentence: AnnotatedSentence, item: re.Match[str]) -> bool:
    """Whether capitals are a person, or a land; one amid them is a part of the name (Business
    Finland).
    """
    persons = any(t.start < item.end() and item.start() < t.end for t in sentence.of("persons"))
    lands = sentence.of("places", "countries", "nationalities")
    return persons or any(t.start <= item.start() < t.end for t in lands)


def bodies_spoken_of(
    page: AnnotatedPage, sentence: AnnotatedSentence, category: str
) -> list[Mention]:
    """The bodies at cue phrases of a category that says another thing than who organises."""
    return [m for cue in sentence.cue(category) for m in _bodies_at_cue(page, sentence, cue)]


def bodies_helping_else(page: AnnotatedPage, sentence: AnnotatedSentence) -> list[Mention]:
    """The bodies that help something that is no event (a centre financed by X)."""
    cues = [c for c in sentence.cue("organiser") if _helps_something_else(page, sentence, c)]
    return [m for cue in cues for m in _bodies_at_cue(page, sentence, cue)]


def _bodies_at_cue(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, reach: int = 45
) -> list[Mention]:
    """The coordinated organisations at a cue, in the order of the text; what another event is held
    within (im Rahmen der Digitalen Woche) is none.
    """
    masked = page.masked[sentence.part]
    around = [c for c in sentence.cue("container") if c.end <= cue.start or cue.end <= c.start]
    names = [m for m in outermost(sentence.of("organisations")) if not is_held_within(m, around)]
    if cue.side == "between":
        inside = [m for m in names if cue.x_start <= m.start and m.end <= cue.x_end]
        opening = masked[cue.start : cue.x_start].split()[:1]
        agents = page.grammar.is_agent(opening[0] if opening else "")
        several = agents or not inside or cue.category != "organiser"
        return inside if several else joined_behind(masked, inside, page.vocabulary)
    if cue.side == "right":
        behind = [m for m in names if m.start >= cue.end]
        if (
            not behind
            or behind[0].start - cue.end > reach
            or not _LEAD.match(_drop_places(masked, sentence, cue.end, behind[0].start))
            or _is_of_others(page, masked[cue.end : behind[0].start], cue)
        ):
            return []
        return joined_behind(masked, behind, page.vocabulary, page.vocabulary.place_prepositions)
    if cue.side in ("left", "left-gap"):
        before = [m for m in names if m.end <= cue.start]
        holder = before and any(
            before[-1].end <= p.start < cue.start for p in sentence.of("persons")
        )
        gap = masked[before[-1].end : cue.start] if before else ""
        if not before or holder or not _is_near_left(gap) or _names_gathering(page, gap):
            return []
        return joined_before(masked, before, page.vocabulary)
    return []


def is_held_within(body: Mention, containers: Sequence[CueHit]) -> bool:
    """Whether a body stands behind words that say what something is held within."""
    return any(0 <= body.start - cue.end <= _ARTICLE for cue in containers)


def _is_of_others(page: AnnotatedPage, lead: str, cue: CueHit) -> bool:
    """Whether a body stands behind "with" or "for": provided talks with the heads of the firm X."""
    words = {w.casefold() for w in lead.split()}
    return cue.category == "organiser" and bool(words & page.vocabulary.not_organiser_lead)


def _drop_places(masked: str, sentence: AnnotatedSentence, start: int, end: int) -> str:
    """The words before a body without names of towns and countries (by the city of X and the …)."""
    text = masked[start:end]
    spans = [(m.start, m.end) for m in sentence.of("places", "countries")]
    for left, right in [*spans, *((d.start, d.end) for d in sentence.dates)]:
        if start <= left and right <= end:
            text = text.replace(masked[left:right], "", 1)
    return text


def _is_near_left(gap: str) -> bool:
    return (
        not _PASSIVE.search(gap)
        and len(gap) <= 40
        and not re.search(r"[;:–—.]", gap)
        and gap.count(",") <= 1
        and len(gap.split()) <= (_WORDS_TO_VERB if gap.startswith(",") else 3)
    )


def _names_gathering(page: AnnotatedPage, gap: str) -> bool:
    """Whether what stands before a gap is a part of the name of what was held (First Peru Mining |
    and Trade Forum was held).
    """
    return page.vocabulary.names_gathering(gap)


def _capitals_behind(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit
) -> list[FoundValue[str]]:
    """Capitals after a cue where no organisation is known there; persons and places are none."""
    if cue.side != "right" or not page.grammar.capitals_name_bodies:
        return []
    m = _RUN.match(page.masked[sentence.part], cue.end, sentence.end)
    if m is None or not _may_name_organiser(page, sentence, cue, m):
        return []
    start, end = m.span(1)
    masked = page.masked[sentence.part]
    # A cue amid the run ends the name (gemeinsam mit Erzland Innovativ Veranstalter der Messe).
    end = min([end, *(c.start for c in sentence.cue("organiser") if start < c.start < end)])
    first_word = m.group(1).split()[0]
    # The name of an association may end in where it works (Verband Erzbergbau Zentralasien).
    others = () if first_word in page.vocabulary.named_bodies else ("places", "countries")
    taken = [t for t in sentence.of("persons", *others) if masked[t.end : t.end + 1] != "-"]
    if any(t.start < end and start < t.end for t in taken) or page.vocabulary.head_of(first_word):
        return []
    text = page.cut(sentence.part, start, end).rstrip(" .,(„«")
    first = FoundValue(text, sentence.part, start, start + len(text), "organisers.capitals", 0.5)
    behind = [m for m in outermost(sentence.of("organisations")) if m.start >= first.end]
    if not behind or not LINK.fullmatch(masked[first.end : behind[0].start]):
        return [first]
    joined = joined_behind(masked, behind, page.vocabulary, page.vocabulary.place_prepositions)
    return [first, *(body_found(m, "organisers.cue") for m in joined)]


def _may_name_organiser(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, capitals: re.Match[str]
) -> bool:
    """Whether capitals behind a cue are long enough for a name: one or two words are none where the
    cue only says that somebody helps.
    """
    words = page.masked[sentence.part][cue.start : capitals.start(1)].split()
    if len(words) > 1 and words[-1] in _GENITIVES and words[-2][0].isupper():
        return False
    name = capitals.group(1)
    count = len(name.split())
    if name in page.vocabulary.abbreviated_things:
        return False
    if count == 1 and _is_common_noun(page, name):
        return False
    if count > _FEW_WORDS or len(name) < 3:
        return False
    return count >= _NAME_BY_ITSELF or _tells_of_organising(page, sentence, cue)


def _is_common_noun(page: AnnotatedPage, word: str) -> bool:
    """Whether a word is one for people or firms (nach Auskunft der Gastgeber waren Firmen da)."""
    words = page.vocabulary
    return words.is_person_noun(word) or words.firms.match(word) is not None


def _tells_of_organising(page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit) -> bool:
    """Whether a cue says that somebody organises, not only that it helps or is beside."""
    words = page.masked[sentence.part][cue.start : cue.end].casefold().split()
    return any(word.startswith(page.vocabulary.organising) for word in words)


def _agents_of_passive(
    page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit, known: Sequence[FoundValue[str]]
) -> list[FoundValue[str]]:
    """All agents of a passive: some that a table knows (vom Amt für X und der BGR ausgerichtet), or
    one that none does (vom Erzkontor veranstaltet).
    """
    opening = page.masked[sentence.part][cue.start : cue.x_start].strip().casefold()
    region = page.masked[sentence.part][cue.x_start : cue.x_end]
    if cue.side != "between" or opening not in _AGENTS or _CLAUSE.search(region):
        return []
    if not known and not _is_unknown_body(page, sentence, cue):
        return []
    pieces = list(known)
    text = page.texts[sentence.part]
    at = cue.x_start
    for joint in [*_JOINT.finditer(text[cue.x_start : cue.x_end]), None]:
        end = cue.x_start + joint.start() if joint else cue.x_end
        lead = _BEFORE_AGENT.match(text[at:end])
        start = at + (lead.end() if lead else 0)
        covered = any(k.start < end and start < k.end for k in known)
        torn = text[start:end].rstrip()[-1:] in _CLOSING and not _OPENS.search(text[start:end])
        if (
            not covered
            and not torn
            and end - start > 2
            and _RUN.fullmatch(text[start:end].rstrip())
        ):
            piece = text[start:end].rstrip()
            pieces.append(
                FoundValue(piece, sentence.part, start, start + len(piece), "organisers.agent", 0.5)
            )
        at = cue.x_start + joint.end() if joint else end
    return sorted(pieces, key=lambda f: f.start)


def _is_unknown_body(page: AnnotatedPage, sentence: AnnotatedSentence, cue: CueHit) -> bool:
    """Whether a phrase is one run of capitals, no person, no place, no day and no event."""
    phrase = _RUN.fullmatch(page.texts[sentence.part][cue.x_start : cue.x_end].strip())
    others = sentence.of("persons", "places", "countries", "nationalities")
    taken = [(t.start, t.end) for t in others if t.start <= cue.x_start]
    taken += [(d.start, d.end) for d in sentence.dates]
    return (
        phrase is not None
        and not any(start < cue.x_end and cue.x_start < end for start, end in taken)
        and not any(map(page.vocabulary.head_of, phrase.group(1).split()))
    )


def is_same_body(a: str, b: str) -> bool:
    """Two spellings of one body, or one in two cases (Совет недр, Совета недр)."""
    left, right = (re.findall(r"\w+", s.casefold()) for s in (a, b))
    return len(left) == len(right) and all(
        v == w
        or (
            len(v) > 3
            and len(w) > 3
            and v[: max(3, min(len(v), len(w)) - 3)] == w[: max(3, min(len(v), len(w)) - 3)]
        )
        for v, w in zip(left, right, strict=True)
    )


def _drop_repeats(found: Iterable[FoundValue[str]]) -> list[FoundValue[str]]:
    """Each once; an inflected or shorter form of one already there is the same."""
    kept: list[FoundValue[str]] = []
    for f in found:
        low = f.value.casefold()
        if not any(
            k.value.casefold().startswith(low)
            or low.startswith(k.value.casefold())
            or is_same_body(k.value, f.value)
            for k in kept
        ):
            kept.append(f)
    return kept
