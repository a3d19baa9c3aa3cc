"""`python -m benchmarks.sites --worst`: what is read wrongly on open sites."""

from benchmarks.sites.sites import main

main()
