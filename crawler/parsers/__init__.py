"""Pure: bytes to `Page`. No network, no clock, no Scrapy.

The door is `page` (`PageReader.read`), or `pool`, which calls it in worker processes. What it goes
through:

- the bytes: `raw_page`, `charset`, `page_forms` (which form a page has), `html`, `start_tags`,
  `elements`;
  forms of their own are `pdf` and `calendars`
- what a page says for programs: `markup`, `alternates`, `embedded_article`, `script_values`,
  `rich_text`
- its article: `article`, with `sites` for sites of their own kind; its language: `language`
- what is in its text: `dates`, `entities`, `events`
- days of its events that only an address or a list tells: `event_paths`, `listed_day`,
  `coming_events`; short notices of one event: `announcement`
- processes: `pool`, `workers`, `preload`; where one part of a record fails: `reading_parts`
- means of all of them: `trees` (trained ones), `alternatives`, `scripts`, `characters`
"""

EXTRACTOR_VERSION: int = 75
"""Raised whenever a page may read differently than before: archived bytes are then read again."""
