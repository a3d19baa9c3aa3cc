"""The values of an event itself: name, series, theme, dates, place, status.

Rules give candidates, and of several a trained model chooses (`…_choice`, by `…_measures`).

- name: `event_names`, `series`, `editions`; theme: `themes`, `theme_choice`
- days: `event_dates`, `finer_dates`, `event_lengths`, `dated_lines`, `day_choice`;
  of events in a row: `event_rows`
- place: `event_places`, `place_mentions`, `town_adjectives`, `listed_towns`, `unlisted_towns`,
  `town_measures`, `country_choice`;
  house: `venues`, `open_houses`, `venue_choice`
- role and status: `roles`
- what the choices of themes and houses share: `span_choice`, `span_measures`
"""
