"""What differs between languages: their words for events and the constructions around them.

The doors are `vocabulary` (the words of a language, as look-ups) and `grammars` (which grammar a
language has). Grammars: `base` says what is asked of one, and what holds by default; `german`,
`english`, `russian` and, for languages of endings, `suffixed`.

Words: `word_lists` (how lists become sets and patterns), `cue_phrases` and `cue_categories` (what
is found in every sentence), `head_index` (heads of names), `fact_labels` (labels in lists of
facts), `numerals`, `function_words`, `any_case` (letters, whatever their case).

Titles of people: `job_title_words`, `job_titles`. Constructions: `tails` (how far a name reaches),
`suffixed_houses`. Text: `sentences`, `masked_dots` (dots that end none).
"""
