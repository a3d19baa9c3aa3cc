"""Search API, search page and feeds (FastAPI, Jinja).

May import `indexer`; imports neither `crawler` nor `radar`. What it needs of the rest is in
`ports`.

- the application: `app`, and `label_app` for labelling alone; a package of routes for each kind of
  address (`api`, `pages`, `events`, `names`, `facets`, `exports`, `feeds`, `watches` …), and
  `archive_routes`; `static_files`, which pages load
- before and after the routes: `access` (who may), `middleware` (what every answer passes),
  `unknown_parameters`, `paths`
- answers in JSON: `json_answer`; errors: `problems` (one table), `error_responses`
- a document: `differences` (of two revisions, word by word)
- a search: `parameters`, `list_cursor`, `coverage`, `near_meaning`, `visits` (what is new)
- words of the pages: `language`, `page_words`, `term_words`, `named_months`, `town_names`,
  `name_kinds`, `links`
"""
