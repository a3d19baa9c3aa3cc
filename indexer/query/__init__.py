"""Parses and compiles queries, evaluates them on documents, and explains matches. Pure."""

from indexer.query.compiled import CompiledQuery
from indexer.query.compiler import QueryCompiler
from indexer.query.lexer import as_phrase
from indexer.query.parser import parse_query
from indexer.query.syntax import Query

__all__ = ["CompiledQuery", "Query", "QueryCompiler", "as_phrase", "parse_query"]
