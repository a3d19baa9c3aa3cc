"""An installation: its configured parts, the state of its sources, and when they are due.

- its parts: `installation` opens them; `store_kinds`, `own_parameters`, `watches`, `clock`
- what the web side asks of it: `catalogue`, `source_views`, `watch_desk`; searches that find only
  what the database knows: `own_hits`, `slow_failure`
- when something is due: `schedule` (sources), `delivery_terms` (messages)
- `radar check`: `checking`, with `deep_check` (reads all), `disk_check`, `profile_check`,
  `swapped_file`, `ledger_damage`, `misspelt`
- what does not belong together, or is not whole: `belonging`, `interrupted_restore`
"""
