"""Listing pages: links to news pages, and the way to the next page. Pure.

The door is `reader` (`ListingReader`).

- the page: `soup`, without `boilerplate` and `unmarked_menus`; links that only scripts make:
  `clickable`; where its content is elsewhere: `stand_ins`
- its entries: `entries` among `candidates`, `own_entries`, `data_entries` (in data), with their
  days: `entry_days`, `day_rows`; told by addresses: `page_addresses`
- the next page: `pagination`, by links and numbers (`number_runs`, `numbered_pager`,
  `lone_numbers`), buttons (`more_buttons`), data of scripts (`scripted_pages`), forms
  (`form_pages`, `posted_pages`), and the addresses before (`page_patterns`)
- parts by time: `archive_parts`, `month_choices`, `calendar_months`; by letter: `letter_parts`
- lists that a home page leads to: `sections`, `menu_links`, `entry_sections`
"""
