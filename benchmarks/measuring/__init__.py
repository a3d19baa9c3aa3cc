"""How a benchmark is measured and told, whatever it is about.

`children` runs a program and says what it took, `peers` installs the programs that ours is compared
with, `counted` counts values found rightly, `table` holds results, `printed` runs benchmarks that
print a table of their own.
"""
