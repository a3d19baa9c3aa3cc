"""The names of the archive's files."""

from __future__ import annotations

PATTERN = "rohstoffradar-*.warc.gz"
"""Names of archive files: a number, and after a purge a generation."""
