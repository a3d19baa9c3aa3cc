"""Calendar files (ICS, RFC 5545): from bytes to the events that they state.

Only days count here, as everywhere in event records, so the hours of zones matter at midnight only.
"""

from crawler.parsers.calendars.draft import CalendarDraft, is_calendar, read_calendar

__all__ = ["CalendarDraft", "is_calendar", "read_calendar"]
