"""Search stores behind one port: embedded (tantivy), later Elasticsearch."""
