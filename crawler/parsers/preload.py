"""Loads on import what every reading process needs beside the tables, for those that are forked
from one.
"""

from crawler.parsers.language import load_classifier

load_classifier()
