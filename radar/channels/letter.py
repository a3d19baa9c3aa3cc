"""A message or digest as an e-mail of text and HTML, in its language."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from urllib.parse import quote

from indexer.alerts.message import Digest, Message, one_line
from indexer.records.errors import DeliveryError
from indexer.records.reference import Reference
from radar.channels.letter_content import content_of
from radar.channels.letter_html import html_of
from radar.channels.letter_text import text_of
from radar.channels.subject import subject_of
from search_api.language import speaking
from search_api.town_names import TownNames

LONGEST_WITH_HTML = 1_000_000
"""Characters of a text that comes as HTML too: many servers take no more than 10 MB."""


town_names = lru_cache(maxsize=1)(TownNames)
"""All mails of a delivery share them."""


def compose(
    message: Message, sender: str, address: str, reference: Reference | None = None
) -> EmailMessage:
    """The message as a mail; DeliveryError if it can't be written as one. `reference` has the names
    of towns in other languages than English.

    The Message-ID is made from the message's key, so that a second copy can be recognised.
    """
    try:
        with speaking(message.language):
            return _compose(message, sender, address, town_names(reference))
    except ValueError as error:
        # A page or a name that nobody foresaw: it must not keep the other messages from going.
        raise DeliveryError(one_line(f"the message can't be written as mail: {error!r}")) from error


def _compose(message: Message, sender: str, address: str, towns: TownNames) -> EmailMessage:
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
    content = content_of(message, towns)
    text = text_of(content)
    mail.set_content(text)
    if len(text) <= LONGEST_WITH_HTML:
        mail.add_alternative(html_of(content), subtype="html")
        mail.set_boundary(f"={message.key}=")  # a second copy is the same to the last byte
    mail["Content-Language"] = message.language
    return mail
