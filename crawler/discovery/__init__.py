"""Pure: bytes of feeds, sitemaps and listing pages to links."""
