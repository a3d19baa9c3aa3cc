"""What happens over many runs, and when things go wrong.

`nights` simulates weeks of recrawling, `state` crawls with a million known addresses, `soak` is a
long life of `radar up`. `kills` ends runs at random moments, `hostile` crawls servers that set
traps, `faults` adds up what the injected faults of the tests cost.
"""
