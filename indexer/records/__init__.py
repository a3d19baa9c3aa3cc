"""The records that travel through all packages, and the errors. Imports nothing above it."""
