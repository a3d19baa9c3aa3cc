"""Pages that a person labels: what the program proposes, what is changed, where it is kept."""
