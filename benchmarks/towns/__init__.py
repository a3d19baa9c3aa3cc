"""What the table of towns is made with, beside GeoNames: `german_transcription` of its names."""
