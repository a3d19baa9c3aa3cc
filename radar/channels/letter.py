"""A message or digest as a plain-text e-mail, in its language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import quote

from indexer.alerts.message import Digest, Links, Message, MessageEntry, one_line
from indexer.records.errors import DeliveryError
from indexer.records.marked_passage import MarkedPassage
from radar.channels.bounds import MOST_ENTRIES, shown
from radar.channels.subject import subject_of
from search_api.language import speaking, t, tn
from search_api.page_words import change_line, country_name, event_line, partial_date

WHY = {
    "new-document": "new page",
    "added-passage": "added to a known page",
    "event-moved": "an event was moved",
    "event-cancelled": "an event was cancelled",
}
"""Change of a match → what a mail says of it."""


def compose(message: Message, sender: str, address: str) -> EmailMessage:
    """The message as a mail; DeliveryError if it can't be written as one.

    The Message-ID is made from the message's key, so that a second copy can be recognised.
    """
    try:
        with speaking(message.language):
            return _compose(message, sender, address)
    except ValueError as error:
        # A page or a name that nobody foresaw: it must not keep the other messages from going.
        raise DeliveryError(one_line(f"the message can't be written as mail: {error!r}")) from error


def _compose(message: Message, sender: str, address: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    name, plain = parseaddr(sender)
    mail["From"] = formataddr((name or "Rohstoffradar", plain))
    mail["To"] = address
    mail["Subject"] = one_line(subject_of(message))
    mail["Date"] = format_datetime(message.created)
    domain = plain.rpartition("@")[2] or "rohstoffradar.invalid"
    mail["Message-ID"] = f"<{message.key}@{domain}>"
    if message.event is not None and not isinstance(message, Digest):
        # No mail has this id: those that refer to it are one thread.
        thread = f"<event.{message.event}.{message.watch}@{domain}>"
        mail["In-Reply-To"] = mail["References"] = thread
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Rohstoffradar-Watch"] = message.watch
    mail["List-Id"] = f"<{message.watch}.{domain}>"
    # By mail to a person, where the web interface can't be reached.
    by_mail = f"<mailto:{plain}?subject=unsubscribe%20{quote(message.watch)}>"
    if message.links.unsubscribe is not None:
        mail["List-Unsubscribe"] = f"<{message.links.unsubscribe}>, {by_mail}"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        mail["List-Unsubscribe"] = by_mail
    lines = [*_body(message), *_foot(message)]
    mail.set_content("\n".join(map(one_line, lines)) + "\n")
    mail["Content-Language"] = message.language
    return mail


def _body(message: Message) -> list[str]:
    if isinstance(message, Digest):
        return list(_digest(message))
    lines = [subject_of(message), *_first_look(message)]
    listed = replace(message, entries=message.entries[:MOST_ENTRIES])
    for source, entries in listed.by_source():
        lines += ["", f"== {source} =="]
        for entry in entries:
            lines += ["", *_entry(entry, message.links)]
    return lines + _rest(len(message.entries) - MOST_ENTRIES)


def _foot(message: Message) -> list[str]:
    link = message.links.unsubscribe
    return ["", "-- ", t("Unsubscribe: {link}", link=link)] if link else []


def _first_look(message: Message) -> list[str]:
    seen = message.first_look
    return [t("First look: these sources were crawled for the first time.")] if seen else []


def _digest(digest: Digest) -> Iterator[str]:
    """By watch, which is the topic, and within it by country."""
    yield subject_of(digest)
    if digest.coverage is not None:
        yield digest.coverage
    room = MOST_ENTRIES
    for part in digest.parts:
        yield from ("", f"=== {subject_of(part)} ===", *_first_look(part))
        listed = replace(part, entries=part.entries[:room])
        room -= len(listed.entries)
        for country, entries in listed.by_country():
            heading = country_name(country) if country else t("No country named")
            yield from ("", f"== {heading} ==")
            for entry in entries:
                yield from ("", *_entry(entry, digest.links, source=True))
    yield from _rest(len(digest.entries) - MOST_ENTRIES)


def _rest(number: int) -> list[str]:
    return ["", tn("and {n} more, see the feed or the search", number)] if number > 0 else []


def _entry(whole: MessageEntry, links: Links, *, source: bool = False) -> list[str]:
    entry, more_passages, more_places, more_events = shown(whole)
    published = partial_date(entry.published[:10]) if entry.published else ""
    facts = [fact for fact in (entry.source if source else "", published) if fact]
    lines = [entry.title + (f" ({', '.join(facts)})" if facts else ""), entry.url]
    page = links.page_of(entry)
    lines += [f"  {t('in the radar')}: {page}"] if page else []
    lines += [f"  {t('event')}: {line}" for line in _events(entry)]
    lines += _others(more_events)
    lines += [f"  … {mark_words(p).removeprefix('…')}" for p in entry.passages]
    lines += _others(more_passages)
    lines += [f"  {t('also at')}: {place.line}" for place in entry.places]
    lines += _others(more_places)
    matched = t("matched {terms}", terms=", ".join(entry.terms))
    lines.append(f"  {t('why')}: {t(WHY[entry.change])}; {matched}")
    return lines


def _others(more: int) -> list[str]:
    return [f"  … {tn('and {n} others', more)}"] if more > 0 else []


def _events(entry: MessageEntry) -> Iterator[str]:
    """What became of events; else name, days and place of the one that the page is about."""
    event = entry.main_event
    if entry.events:
        yield from map(change_line, entry.events)
    elif event is not None:
        yield " · ".join(filter(None, (event.name, event_line(event))))


def mark_words(passage: MarkedPassage) -> str:
    """The passage as one line, the words that matched in »«."""
    out, last = [], 0
    for start, end in passage.marks:
        out += [passage.text[last:start], "»", passage.text[start:end], "«"]
        last = end
    out.append(passage.text[last:])
    return " ".join("".join(out).split())
