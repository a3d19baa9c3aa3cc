"""Models that were trained on labelled pages: plain numbers in a file, and what reads them."""
