"""What on a page may be an event: found, scored, and put together where two are one.

- found by `finder`: nouns by `heads`, `noun_phrases`, `occasions`, `appositions`, `subjects` and
  `ellipses`; names without a noun by `brands`, `headless`, `namings`, `quoted_names`, `announced`,
  `crowds` (with `counted_people`), `tallies` and `verb_events`; lines of calendars by `dated_lines`
  and `entry_titles`. Each is a `candidate`
- its days, which it is told from others by: `clause_dates`, `carried_days`, `near_days`
- rules score it: `scoring`
- mentions of one event are put together: `coreference`
- which are events is decided in `selection`, with the trained gate, which reads `measures`,
  `head_words` and `event_neighbours`; which further events are told: `distinctness`
- how sure they have to be on pages that reporters tell: `telling`
- what no list names: `likely_words` and, put together and judged, `likely_mentions`
- what trained choices of values and people share: `value_choice`, `choice_measures`,
  `event_nearness`, `event_sentences`
"""
