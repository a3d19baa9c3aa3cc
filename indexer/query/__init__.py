"""Parses and compiles queries, evaluates them on documents, and explains matches. Pure.

- as written: `lexer`, `parser`, `syntax`; what can be asked: `fields`, `topics`
- compiled: `compiler` makes what `compiled` describes; words by `word_terms`, `person_words`,
  `material_phrases`, `glossary`, `other_words`, `as_written`; names by `concepts`, `naming`,
  `name_words`, `full_name`; days by `days`, `intervals`, `moments`; only what is sure by `sure`
- what is searched of a document: `record`, `sure_values`; analysed: `view`
- matched: `evaluator` and, of many queries at once, `document_batch`; parts of it are `leaves`,
  `same_passage`, `same_sentence`, `close_words`, `last_word`; `signs` of what may match at all
- why not: `near_miss`
"""

from indexer.query.compiled import CompiledQuery
from indexer.query.compiler import QueryCompiler
from indexer.query.lexer import as_phrase
from indexer.query.parser import parse_query
from indexer.query.syntax import Query

__all__ = ["CompiledQuery", "Query", "QueryCompiler", "as_phrase", "parse_query"]
