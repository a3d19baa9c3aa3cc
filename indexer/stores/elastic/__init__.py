"""The Elasticsearch store: the official client against a cluster of version 9."""
