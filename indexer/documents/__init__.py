"""Documents as they stand: what the stages after reading, and people, ask for."""
