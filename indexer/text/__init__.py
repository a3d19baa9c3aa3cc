"""Pure: words, stems, compound parts, passages."""
