"""What `radar serve` and `radar up` run: the web side, and the scheduler beside it."""
