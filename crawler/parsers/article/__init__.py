"""The article of a page: text, title, teaser, byline, authors, dates, language, kind."""

from crawler.parsers.article.content import Content
from crawler.parsers.article.draft import ArticleDraft, ArticleReader
from crawler.parsers.article.page_words import PageWords

__all__ = ["ArticleDraft", "ArticleReader", "Content", "PageWords"]
