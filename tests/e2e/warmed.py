"""Makes the warm reader on import, for workers that are forked from a process that has it, and what
queries of the shipped topics are compiled to.
"""

from crawler.parsers.page import PageReader, RawPage
from indexer.records.reference import load_reference
from radar.configuration.settings import load_settings
from tests import quick_compilers, quick_tables
from tests.e2e.warm_reader import Warm
from tests.old_databases.site import HOME, PAST, site_of

_reference = load_reference()
_reader = PageReader(_reference)
for _path, _answer in site_of(PAST).items():  # German and Russian, news and an event
    if _path.startswith("/n/") and b"<html" in _answer.body:
        _reader.read(RawPage(body=_answer.body, url=HOME + _path, content_type=_answer.kind))
Warm.reader = (_reference, _reader)
quick_compilers.begin()
quick_compilers.compile_topics(_reference, load_settings(environ={}).topics)
quick_tables.listing_words(_reference.languages)
quick_tables.event_names(_reference)
