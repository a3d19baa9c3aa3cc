"""Pure: words, stems, compound parts, passages.

The door is `analysis`: text to words with surface, stem and parts.

- words: `words`, `folding`, `stemming`, `russian_stems`, `word_families`, `function_words`
- compounds: `compounds`, `russian_compounds`, `compound_tables`; said in several words:
  `words_apart`
- names in all scripts: `name_keys`, `name_initials`, `romanisation`, `german_names`,
  `central_asian_names`, `sound`
- pages as pieces: `passages`, `sentences`, `line_beginnings`, `volatile_text`; the same text
  elsewhere: `shingles`, `reprints`
- days: `calendar_names`, `partial_date`, `times_ago`; numbers in full: `number_scales`
"""
