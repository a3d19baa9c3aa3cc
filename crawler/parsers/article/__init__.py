"""The article of a page: text, title, teaser, byline, authors, dates, language, kind.

The door is `draft` (`ArticleReader`). Below it:

- the page as blocks: `blocks`, `data_blocks`, `lists`, `entries`, `swallowed`, `copies`
- what is no article: `boilerplate` (elements), `boilerplate_lines`, `captions`, `advertisements`,
  `next_article`, `other_beginnings`, `comments`,
  `own_content` (beside what recurs on the site), `asides`
- which blocks are its text: `body`, which asks the trained `choice`, and `holder`; `content` puts
  title, teaser and text together
- title and lead: `title`, `title_frame`, `teaser`; who and whom to ask: `byline`, `authorship`,
  `contact`
- when: `page_date`, with `publication` (the trained choice), `printed_dates` and `other_days`
- what kind of page it is: `kind`
- words: `page_words`, `month_names`
"""

from crawler.parsers.article.content import Content
from crawler.parsers.article.draft import ArticleDraft, ArticleReader
from crawler.parsers.article.page_words import PageWords

__all__ = ["ArticleDraft", "ArticleReader", "Content", "PageWords"]
