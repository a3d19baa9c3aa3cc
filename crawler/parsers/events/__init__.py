"""Events of a page: who came together, when, where and about what. Pure, from a draft page's
mentions.
"""

from crawler.parsers.events.reader import EventReader

__all__ = ["EventReader"]
