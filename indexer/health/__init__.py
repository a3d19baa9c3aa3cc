"""How a source is doing: a pure judgement over a small record, the queries that fill it, and where
it is kept.
"""
