"""The records that travel through all packages, and the errors. Imports nothing above it.

- of pages: `document` with `event_fields`, `labels`, `marked_passage`, `outcome`, `stated`,
  `origin` (of an index)
- of the configuration: `source`, `page_choice` (with `address_patterns`), `unasked` (what it does
  not name), `window`, `values` (how values are checked)
- tables and words of languages: `reference`, `town_table`, `language_files`, `second_script`,
  `interface_languages`
- addresses and times: `urls`, `site`, `instants`, `publication_days`, `wall_clock`
- files: `config_files`, `packed`, `regular_files`, `durable_files`, `read_only_disks`;
  text that no file takes: `half_characters`
- what can fail: `errors`
"""
