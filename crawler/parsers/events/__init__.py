"""Events of a page: who came together, when, where and about what. Pure, from a draft page's
mentions.

The door is `reader` (`EventReader`). It goes through `page` (sentences with what stands in them),
`candidates` (which mentions are events, and which are one), `people` and `values` (what is said of
each), and `assembly` (its record). `grammar` has what differs between languages, `part_tagger` and
`trained` have the models.
"""

from crawler.parsers.events.reader import EventReader

__all__ = ["EventReader"]
