"""Events over several documents and nights: which are one event, and what became of it."""
