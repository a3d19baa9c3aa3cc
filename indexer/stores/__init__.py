"""Search stores behind one port (`base`): embedded (tantivy), and an Elasticsearch cluster."""
