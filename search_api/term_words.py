"""What a term of a query that occurred is called in mails and feeds, in the spoken language."""

from __future__ import annotations

from search_api.language import t
from search_api.page_words import FILTERS, facet_label


def term_words(term: str, source: str) -> str:
    """A term as a reader says it: `country:kz` is “Country: Kazakhstan”. Ids that we have no name
    for stay as they are written. `source`: name of the source of the page in which it occurred.
    """
    if term == "has:event":
        return t("event")
    field, _, written = term.partition(":")
    if not written or field not in FILTERS:
        return term
    value = written.strip('"')
    code = value.upper() if field == "country" else value
    label = facet_label(field, code, code, {value: source})
    if label == code and (code != value or value.islower()):
        return term
    return f"{t(FILTERS[field])}: {value if label == code else label}"
