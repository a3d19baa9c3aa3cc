"""One module for each subcommand of `radar`: options in, output and exit code out."""
