"""The spider that crawls any configured source, and its parts."""
