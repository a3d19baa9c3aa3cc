"""Page classes for sites whose markup the general reader misses; one module for each site or CMS.

Importing this package registers them all. A class overrides only the fields that differ:

    @handle_urls("example.org")
    class ExamplePage(NewsPage):
        \"\"\"Keeps the byline in a data attribute.\"\"\"

        @field
        def authors(self) -> list[str]:
            return [tag["data-author"] for tag in self.soup.select("[data-author]")]
"""

from crawler.parsers.sites import government_site_builder
from crawler.parsers.sites.news_page import NewsFields, NewsPage, SiteFields, read_site_fields

__all__ = ["NewsFields", "NewsPage", "SiteFields", "government_site_builder", "read_site_fields"]
