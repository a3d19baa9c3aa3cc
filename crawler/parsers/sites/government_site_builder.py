"""Sites of German federal agencies made with the Government Site Builder.

Press releases there carry their date as a term of a list of document data ("Datum",
"Erscheinungsdatum"), and the person to ask in a box that is marked by its class only.
"""

from __future__ import annotations

import re

from web_poet import field

from crawler.parsers.sites.news_page import NewsPage, handle_urls

_DATE = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.|[^\W\d_]+)\s?\d{4}")
_DOCUMENT_DATA = ".docData .value, .docData dd, .dateOfIssue, .doc-date, span.date"
_CONTACT = ".contactbox, .c-contact, .contact-box, .kontaktbox"


@handle_urls("bgr.bund.de")
@handle_urls("deutsche-rohstoffagentur.de")
@handle_urls("bundeswirtschaftsministerium.de")
@handle_urls("auswaertiges-amt.de")
class GovernmentSiteBuilderPage(NewsPage):
    """Reads date of issue and contact box; all the rest as on any page."""

    @field
    def published(self) -> str | None:
        """First date among the document data outside of teaser lists."""
        for tag in self.soup.select(_DOCUMENT_DATA):
            match = _DATE.search(tag.get_text(" ", strip=True))
            if match and tag.find_parent(["nav", "aside", "footer", "li"]) is None:
                return match.group()
        return None

    @field
    def contact(self) -> str | None:
        """Lines of the contact boxes."""
        boxes = [tag.get_text("\n", strip=True) for tag in self.soup.select(_CONTACT)]
        return "\n\n".join(dict.fromkeys(box for box in boxes if box)) or None
