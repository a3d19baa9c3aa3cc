"""Pure: user syntax to query tree; reference evaluator; explanation."""
