"""Contacts in a contact block or a text: person, role, telephone, fax and e-mail, with their
places.

Lines are the unit. Lines with a number or an address form a group; the person is named on the same
line or on the few lines above, the role beside or below the name. A number needs a label (Tel.,
Fax) or a plus, and dates are masked before numbers are looked for: `06.2015 09.06.2015` is a valid
German telephone number to a parser.
"""

from crawler.parsers.entities.contacts.finder import ContactFinder

__all__ = ["ContactFinder"]
