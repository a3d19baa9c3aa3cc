"""Reading the operator's YAML: lines of every value, strict models, all mistakes at once."""
