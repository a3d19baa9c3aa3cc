"""Search stores behind one port (`base`): embedded (tantivy), and an Elasticsearch cluster.

- what both share: `entry` (what is indexed of a document), `request_checks`, `prepared`,
  `meanings`, `hits`, `facets`, `timeline`, `event_order`, `story_groups`, `cursor`, `remembered`,
  `every_value` (of a facet), `short_texts` (in little memory)
- `embedded`, the store in a folder: `index_folders` (which index is in use), `tantivy_index` (one
  of them), `tantivy_state` and `tantivy_search` (a search over it), `tantivy_query` (queries as the
  engine takes them), `tantivy_facets`, `tantivy_names`, `tantivy_files` (damage), `vector_file`
  (meanings), `mapped_files` (memory that is given back)
- `elastic`, the store in a cluster
"""
