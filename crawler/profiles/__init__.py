"""What a site's own pages teach about reading it: the record, and the names of places in a page.

Pure: no network, no clock, no database. `crawler.profiles.learning` computes a profile from pages
of one site; `crawler.parsers` reads pages with it. This package itself imports neither, so that
`RawPage` can carry a profile.
"""

from crawler.profiles.article_places import ArticlePlaces
from crawler.profiles.profile import PROFILE_VERSION, DatePlace, SiteProfile

__all__ = ["PROFILE_VERSION", "ArticlePlaces", "DatePlace", "SiteProfile"]
