"""Pure: bytes to `Page`. No network, no clock, no Scrapy."""

EXTRACTOR_VERSION: int = 60
"""Raised whenever a page may read differently than before: archived bytes are then read again."""
