"""How fast a search answers, and how well.

`search` measures the embedded store by itself, `web_search` over HTTP (it asks `search_server`),
`relevance` scores judged queries. `documents` makes up what is searched, `own_cluster` is the
Elasticsearch that a benchmark measures.
"""
