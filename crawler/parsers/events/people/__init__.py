"""Who held an event and who took part: bodies, persons, their job titles and affiliations.

- bodies by rules: `organisers` and, where words name none, `hosts`, `owners`, `own_bodies`,
  `bodies_of_all`, `minutes`; `visited` (who took part only)
- bodies by the trained roles: `body_roles` judges, `body_choice` combines it with the rules; what
  they read is in `body_measures`, `body_neighbours`, `body_persons`, `body_words`
- how bodies stand in the text: `body_mentions`, `body_chains`, `short_bodies`
- persons: `event_people` and `person_events` (of which event), `person_measures`; their record is
  read by `persons`, with `job_titles` and `affiliations`
- employers: `employer_choice`, which reads `employer_measures`
- numbers and countries of those who took part: `participants`, `participant_choice`
"""
