"""The Elasticsearch store: the official client against a cluster of version 9."""

from indexer.stores.elastic.connection import Connection
from indexer.stores.elastic.rebuild import ElasticRebuild
from indexer.stores.elastic.store import ElasticStore

__all__ = ["Connection", "ElasticRebuild", "ElasticStore"]
