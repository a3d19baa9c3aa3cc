"""The archive of answers (WARC): written, read, and purged of what may no longer be kept."""
