"""Records of events in labelled pages, judged and learnt from.

Judged: `events` (made-up pages), `real_events` (real ones), `agreement` (how far two people agree).
What trainers learn from: `labelled_parts` of texts, which are `labelled_titles` of jobs,
`labelled_venues` and `labelled_themes`.
"""
