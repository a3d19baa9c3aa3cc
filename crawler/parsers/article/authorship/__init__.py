"""Who wrote a page: of all names that stand where authors do, the likeliest, or none.

Names are looked for in JSON-LD, meta tags, data of scripts, behind byline words, in elements and
links for authors, and around headline and text. Trees, learnt from labelled pages, judge each by
measures of structure: what names it, where it stands, what is beside it, how it is made.
"""

from crawler.parsers.article.authorship.author_choice import Choose, choose_authors
from crawler.parsers.article.authorship.reader import AuthorReader, AuthorSource

__all__ = ["AuthorReader", "AuthorSource", "Choose", "choose_authors"]
