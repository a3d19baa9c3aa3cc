"""Events put together from their values, with evidence and confidence of each."""
