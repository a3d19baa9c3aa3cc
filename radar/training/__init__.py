"""Trained parameters made anew from labelled pages, and compared with those in use.

- from one end to the other: `training` (what `radar train` does), `comparison`; called by hand:
  `arguments`
- labelled pages: `labelled_pages` as models see them, `shipped_pages` (those of the program),
  `marked_pages` and `real_pages` (two forms of them), `event_parts` (train, chosen-on, blind)
- trainers: `event_training` (the gate) with `head_training`; `role_training`, which calls
  `body_training`, `employer_training`, `person_training`, `choice_training`, `review_training` and
  `person_review_training`; `likely_training`; `telling_training`; `confidence_training`, for which
  `value_answers` says what is right
- models: `logistic`, `boosting`, and both together: `joint_fit`
"""
