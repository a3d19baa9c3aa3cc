"""The system of record: tables, how it is opened, and how rows are written."""
