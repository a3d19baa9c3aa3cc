"""From the bytes of feeds, sitemaps, listing pages, calendars and APIs to links. Pure."""
